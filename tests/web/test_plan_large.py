"""A large file is looked at by a job, once for all; every change of a draft is audited."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.plans import draft, kept, scene
from quotaloom.web.plans.looking import LOOK
from quotaloom.web.plans.models import Draft, DraftFile
from tests.support.plan_form import PART, Desk
from tests.support.small_plan import orders_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
REGIONS = "省份,战区\n江苏,一\n浙江,一\n北京,二\n"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    settings.CACHES = settings.CACHES | {
        "seen": settings.CACHES["seen"] | {"LOCATION": tmp_path / "seen"}
    }


@pytest.fixture
def large(monkeypatch):
    """Every file counts as large."""
    monkeypatch.setattr(draft, "LARGE", 0)


@pytest.fixture
def client(as_user):
    return as_user("ops")


def begun(client):
    """Drop a file; answers where the page goes on."""
    desk = Desk(client)
    file = SimpleUploadedFile("订单.csv", orders_text().encode())
    answer = client.post(reverse("plan_new"), {"file": file})
    desk.draft = Draft.objects.first()
    return desk, answer


def audited(action):
    rows = AuditRow.objects.filter(action=action).order_by("number")
    return [json.loads(row.params) for row in rows]


@pytest.mark.usefixtures("large")
def test_a_large_file_goes_to_a_job_and_comes_back_recognised(client):
    desk, answer = begun(client)
    job = Job.objects.get(kind=LOOK)
    assert answer.url == reverse("job", args=[job.pk])
    assert (job.state, job.findings) == ("done", [])
    assert client.get(answer.url).url == desk.address("plan_form")
    seen = desk.page().context["scene"].seen
    assert seen.chosen == {"date": "订单日期", "amount": "金额"}
    assert DraftFile.objects.get().role == "facts"
    assert Job.objects.count() == 1


@pytest.mark.usefixtures("large")
def test_what_a_job_saw_no_page_reads_again(client, monkeypatch):
    desk, _ = begun(client)
    kept._ANSWERS.clear()  # as in a process that has just begun

    def read(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(scene, "look_at", read)
    monkeypatch.setattr(scene, "inspect_request", read)
    assert desk.page().context["scene"].seen.rows == 144


def waits(answer):
    """The job that a part of the form waits for, "" where it shows what was asked for."""
    found = re.search(r'hx-vals=.{"waits": "([0-9a-f-]{36})"}', answer.content.decode())
    return found[1] if found else ""


@pytest.mark.usefixtures("large")
def test_a_part_of_the_form_waits_for_what_is_read_anew_and_the_form_stays(client):
    desk, _ = begun(client)
    answer = desk.look(header_row="2")
    assert answer.status_code == 200
    assert waits(answer) == str(Job.objects.filter(kind=LOOK).first().pk)
    assert desk.draft.typed != Draft.objects.get().typed
    typed = Draft.objects.get().typed | {"waits": waits(answer)}
    again = client.post(desk.address("plan_look"), typed, headers=PART)
    assert waits(again) == ""
    assert again.context["scene"].files[0].look.header_row == 2


@pytest.mark.usefixtures("large")
def test_a_look_that_fails_is_told_and_not_begun_again(client):
    desk, _ = begun(client)
    waited = waits(desk.look(header_row="2"))
    Job.objects.filter(pk=waited).update(state=State.FAILED)
    kept._ANSWERS.clear()
    caches["seen"].clear()
    typed = Draft.objects.get().typed | {"waits": waited}
    told = client.post(desk.address("plan_look"), typed, headers=PART)
    assert reverse("job", args=[waited]) in told.content.decode()
    assert waits(told) == ""
    assert Job.objects.count() == 2


@pytest.mark.usefixtures("large")
def test_a_table_that_is_added_gets_its_role_by_the_job_and_the_orders_keep_theirs(client):
    desk, _ = begun(client)
    waited = waits(desk.add({"区.csv": REGIONS}))
    assert dict(DraftFile.objects.values_list("alias", "role")) == {"订单": "facts", "区": "join"}
    assert DraftFile.objects.get(alias="区").left == "facts.省份"
    shown = client.post(desk.address("plan_files"), {"waits": waited}, headers=PART)
    assert "区.csv" in shown.content.decode()
    assert DraftFile.objects.count() == 2


def test_a_small_file_is_looked_at_at_once(client):
    desk, answer = begun(client)
    assert answer.url == desk.address("plan_form")
    assert not Job.objects.exists()


def test_each_change_of_a_draft_is_audited_and_nothing_else(client):
    desk, _ = begun(client)
    assert audited("draft.begin") == [{}]
    desk.look(total="120万")
    desk.look(total="120万")
    desk.look(total="130万")
    assert audited("draft.answer")[-1] == {"total": "130万"}
    told = [one["total"] for one in audited("draft.answer") if "total" in one]
    assert told == ["120万", "130万"]
    desk.add({"区.csv": REGIONS})
    desk.change("区.csv", role="roster")
    assert audited("draft.file")[0]["role"] == "roster"
    desk.remove("区.csv")
    assert audited("draft.file_remove") == [{"name": "区.csv"}]
