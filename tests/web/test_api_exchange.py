"""/api/v1 takes workbooks that came back: several at once, each whole, once, never over others."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quotaloom.web.exchange.models import Handout, Return, State
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.plans.store import figures
from tests.web.test_exchange import Desk, first_cells, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
FEN = 100


@pytest.fixture
def sent(as_user, plan):
    """The exchange with a workbook handed out for each branch."""
    desk = Desk(as_user("zhang"), plan)
    desk.send()
    return desk


def filled(sent, scope, amount):
    """A branch's workbook with its first figure typed over, in 元."""
    row, book = sent.workbook(scope)
    (cell,) = first_cells(row)
    return SimpleUploadedFile(f"{scope}.xlsx", typed(book, {cell: amount}))


def bring(client, plan, files, headers=None, **told):
    for file in files:
        file.seek(0)
    address = f"/api/v1/plans/{plan.pk}/exchange"
    return client.post(address, {"file": files, **told}, headers=headers or {})


def test_several_files_are_taken_at_once_each_as_one_edit(sent, plan, program):
    files = [filled(sent, "华东", 50_000), filled(sent, "华北", 30_000)]
    client = program("zhang")
    looked = bring(client, plan, files, take="false")
    assert [one["state"] for one in looked.json()["files"]] == ["ready", "ready"]
    assert JournalRecord.objects.count() == 0
    answer = bring(client, plan, files, seen=0)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert [(one["state"], one["edit"]) for one in told["files"]] == [("taken", 1), ("taken", 2)]
    assert (told["position"], answer["ETag"]) == (2, '"2"')
    values = figures(plan).living.column(("booked", "issued")).values
    assert {50_000, 30_000} <= set(values.ravel().tolist())
    again = bring(client, plan, files, seen=2).json()
    assert {one["state"] for one in again["files"]} == {"again"}
    assert JournalRecord.objects.count() == 2


def test_a_key_takes_them_once(sent, plan, program):
    client, files = program("zhang"), [filled(sent, "华东", 50_000)]
    key = {"Idempotency-Key": "k1", "If-Match": '"0"'}
    first = bring(client, plan, files, key)
    assert bring(client, plan, files, key).json() == first.json()
    assert Return.objects.filter(state=State.TAKEN).count() == Return.objects.count() == 1
    other = bring(client, plan, [filled(sent, "华北", 1)], key)
    assert (other.status_code, other.json()["code"]) == (422, "request.key_reused")


def test_who_does_not_say_what_it_saw_is_asked(sent, plan, program):
    answer = bring(program("zhang"), plan, [filled(sent, "华东", 50_000)])
    assert (answer.status_code, answer.json()["code"]) == (428, "request.position_missing")
    assert not Return.objects.exists()


def test_what_others_changed_since_is_a_conflict_and_nothing_is_taken(sent, plan, program):
    files = [filled(sent, "华东", 50_000), filled(sent, "华北", 30_000)]
    sent.type("+10%", ["华东"])
    answer = bring(program("zhang"), plan, files, seen=1)
    told = answer.json()
    assert answer.status_code == 409, told
    assert [(one["edit"], one["cells"]) for one in told["met"]] == [(1, 1)]
    assert [one["state"] for one in told["files"]] == ["undecided", "ready"]
    assert JournalRecord.objects.count() == 1


def test_a_file_that_is_none_of_ours_refuses_them_all(sent, plan, program):
    files = [filled(sent, "华东", 50_000), SimpleUploadedFile("别的.xlsx", b"PK nothing")]
    answer = bring(program("zhang"), plan, files, seen=0)
    told = answer.json()
    assert answer.status_code == 422, told
    assert [one["state"] for one in told["files"]] == ["ready", "refused"]
    assert told["findings"][0]["code"] == told["code"]
    assert JournalRecord.objects.count() == 0


def test_who_may_bring_what(sent, plan, program, cast):
    """A manager her own branch and no other; a reader, a stranger and no token nothing."""
    files = {scope: [filled(sent, scope, 50_000)] for scope in ("华东", "华北")}
    assert bring(program("li"), plan, files["华北"], seen=0).json()["code"] == "handout.unknown"
    assert bring(program("li"), plan, files["华东"], seen=0).json()["position"] == 1
    for name, status in (("wang", 403), ("system", 403)):
        assert bring(program(name), plan, files["华东"], seen=0).status_code == status
    assert bring(Client(), plan, files["华东"], seen=0).status_code == 401
    assert cast.users["wang"].grants.exists()
    assert Handout.objects.count() == 2


@pytest.mark.parametrize("told", [{}, {"seen": 0}, {"seen": "x"}, {"take": "perhaps"}])
def test_a_request_without_a_file_is_refused(plan, program, told):
    answer = program("zhang").post(f"/api/v1/plans/{plan.pk}/exchange", told)
    assert answer.status_code == 422, answer.content
    broken = program("zhang").post(
        f"/api/v1/plans/{plan.pk}/exchange", b"--x\r\n", "multipart/form-data; boundary=x"
    )
    assert broken.status_code in {400, 422}
    assert broken.json()["code"].startswith("request.")
