"""Starting and stopping jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from quotaloom.web.audit.services import audit_record
from quotaloom.web.jobs.models import FINAL, Job, State
from quotaloom.web.jobs.tasks import work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor


def job_start(*, owner: User, kind: str, params: Mapping[str, object], actor: Actor) -> Job:
    """Queue a job; the worker takes it once the transaction is committed."""
    with transaction.atomic():
        job = Job.objects.create(owner=owner, kind=kind, params=dict(params))
        audit_record(
            actor=actor, action="job.start", subject=f"job:{job.pk}", params={"kind": kind}
        )
        transaction.on_commit(lambda: work.enqueue(str(job.pk)))
    return job


def job_cancel(*, job: Job, actor: Actor) -> bool:
    """Stop a job that waits; ask one that runs to stop at its next step.

    Answers whether it will: not where it is over, or writes already what it made.
    """
    with transaction.atomic():
        row = Job.objects.filter(pk=job.pk, is_writing=False).exclude(state__in=FINAL)
        asked = row.filter(cancel_asked=False)
        ended = {"state": State.CANCELLED, "ended_at": timezone.now()}
        stopped = asked.filter(state=State.QUEUED).update(cancel_asked=True, **ended)
        if stopped or asked.update(cancel_asked=True):
            audit_record(actor=actor, action="job.cancel", subject=f"job:{job.pk}")
            return True
        return row.exists()
