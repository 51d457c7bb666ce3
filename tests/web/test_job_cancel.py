"""A cancel is answered truthfully: it stops the job, or says that it came too late."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.jobs.services import job_cancel
from quotaloom.web.jobs.tasks import Cancelled, Notes, TakenAway

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def job(cast):
    told = {"kind": "plan.create", "state": State.RUNNING, "worker": "w"}
    return Job.objects.create(owner=cast.ops, **told)


def audited():
    return AuditRow.objects.filter(action="job.cancel").count()


def test_a_cancel_before_the_writing_stops_it(job):
    note = Notes(job.pk, "w")
    note("spread", 0, 0)
    assert job_cancel(job=job, actor=Actor())
    with pytest.raises(Cancelled):
        note("keep", 0, 0)
    job.refresh_from_db()
    assert (job.is_writing, audited()) == (False, 1)


@pytest.mark.parametrize("stage", ["keep", "settle", "clear"])
def test_a_cancel_in_the_writing_is_refused_and_the_work_goes_on(job, stage):
    note = Notes(job.pk, "w")
    note(stage, 0, 0)
    assert not job_cancel(job=job, actor=Actor())
    note("spread", 1, 2)
    assert not job_cancel(job=job, actor=Actor())
    job.refresh_from_db()
    assert (job.cancel_asked, job.stage, audited()) == (False, "spread", 0)


def test_a_job_that_wrote_and_waits_again_cannot_be_called_cancelled(job):
    Notes(job.pk, "w")("keep", 0, 0)
    Job.objects.update(state=State.QUEUED)
    assert not job_cancel(job=job, actor=Actor())
    assert Job.objects.get().state == State.QUEUED


def test_what_was_asked_to_stop_is_still_said_to_stop(job):
    assert job_cancel(job=job, actor=Actor())
    assert job_cancel(job=job, actor=Actor())
    assert audited() == 1


def test_a_job_that_another_took_tells_so(job):
    with pytest.raises(TakenAway):
        Notes(job.pk, "somebody else")("keep", 0, 0)


def test_the_page_offers_no_stop_while_it_is_written_and_says_so(as_user, job):
    address = reverse("job", args=[job.pk])
    client = as_user("ops")
    stop = reverse("job_cancel", args=[job.pk])
    assert stop in client.get(address).content.decode()
    Notes(job.pk, "w")("keep", 0, 0)
    page = client.get(address).content.decode()
    assert stop not in page
    assert "结果正在写入" in page
    answered = client.post(stop, follow=True).content.decode()
    assert "来不及" in answered
    Job.objects.update(state=State.DONE)
    assert "来不及" in client.post(stop, follow=True).content.decode()
