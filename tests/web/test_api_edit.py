"""/api/v1 writes plans: who may, what is refused, what is done once, and what 409 tells."""

from __future__ import annotations

import json

import pytest

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.journals.models import JournalRecord
from tests.support.doors import steady

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100
EAST = {"members": {"大区": "华东"}, "period": "2027Q2"}


def address(plan, verb="edits"):
    return f"/api/v1/plans/{plan.pk}/{verb}"


def post(client, plan, body, verb="edits", **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(address(plan, verb), text, "application/json", headers=headers)


def wish(amount=600_000 * FEN, at=EAST, **more):
    return {"edits": [{"verb": "set", "wishes": [{"at": at, "amount": amount}]}], "seen": 0} | more


def node(client, plan, name="华东"):
    told = client.get(address(plan, "nodes")).json()["items"]
    return next(one["values"] for one in told if one["name"] == name)


def test_it_writes_what_is_asked_and_tells_the_position(programs, plan):
    client = programs("zhang")
    before = client.get(address(plan, "")[:-1])
    assert (before.json()["position"], before["ETag"]) == (0, '"0"')
    answer = post(client, plan, wish(reason="王总要求"))
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "position": 1,
        "edits": [{"edit": 1, "cells": 12, "method": "proportional@1"}],
    }
    assert answer["ETag"] == '"1"'
    column = before.json()["columns"].index("2027Q2")
    assert node(client, plan)[column] == 600_000 * FEN
    (past,) = client.get(address(plan), {"at": "大区=华东 & 2027Q2"}).json()["items"]
    assert (past["edit"], past["after"], past["reason"]) == (1, 600_000 * FEN, "王总要求")
    assert AuditRow.objects.filter(action="plan.edit").count() == 1


@pytest.mark.parametrize("amount", ["600000.00", 60_000_000])
def test_amounts_are_minor_units_or_decimals(programs, plan, amount):
    client = programs("zhang")
    assert post(client, plan, wish(amount)).status_code == 200
    assert 600_000 * FEN in node(client, plan)


def test_text_in_the_grammar_of_plan_files_does_the_same(programs, plan):
    client = programs("zhang")
    body = {"text": "set 大区=华东 & 2027Q2: 60万\nscale 大区=华北: +10%\n", "seen": 0}
    answer = post(client, plan, body)
    assert [one["edit"] for one in answer.json()["edits"]] == [1, 2]
    assert 600_000 * FEN in node(client, plan)


@pytest.mark.parametrize("amount", [0.1 + 0.2, 1e400, "100", None, True, "1e9", 2**63, [1], "NaN"])
def test_an_amount_that_is_none_is_refused_with_its_place(programs, plan, amount):
    answer = post(programs("zhang"), plan, wish(amount))
    assert answer.status_code == 422, answer.content
    told = answer.json()
    assert told["subject"] in {"/edits/0/wishes/0/amount", ""}
    assert JournalRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"text": "x", "text": "y", "seen": 0}', "request.field_twice"),
        ("[" * 10_000, "request.unreadable"),
        ('{"seen": NaN}', "request.unreadable"),
        ('{"edits": [], "seen": 0}', "request.edits_or_text"),
        ('{"text": "# nothing", "seen": 0}', "request.edits_or_text"),
        ('{"edits": [], "seen": 0, "approved": true}', "request.extra_forbidden"),
        ('{"text": "set 大区=西北: 5", "seen": 0}', "edit.unknown_member"),
        ('{"text": "frob 大区=华东", "seen": 0}', "planfile.verb_unknown"),
        ('{"text": "set 大区=华东: 0.5", "seen": 0}', "amount.no_multiple"),
        ('{"text": "set 大区=华东: 5", "seen": 9}', "edit.seen_unknown"),
        ('{"text": "revert 7", "seen": 0}', "edit.no_such_edit"),
    ],
)
def test_what_cannot_be_read_is_refused(programs, plan, body, code):
    answer = post(programs("zhang"), plan, body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.content
    assert JournalRecord.objects.count() == 0


def test_without_the_position_that_it_saw_nothing_is_written(programs, plan):
    body = wish()
    del body["seen"]
    answer = post(programs("zhang"), plan, body)
    assert (answer.status_code, answer.json()["code"]) == (428, "request.position_missing")
    assert post(programs("zhang"), plan, body, **{"If-Match": '"0"'}).status_code == 200
    assert post(programs("zhang"), plan, body, **{"If-Match": "x"}).status_code == 422


def test_one_refusal_of_many_edits_leaves_the_plan_as_it_was(programs, plan):
    client = programs("zhang")
    before = node(client, plan)
    body = {"text": "scale 大区=华东: +10%\nset 大区=西北: 5\n", "seen": 0}
    assert post(client, plan, body).status_code == 422
    body = {"text": "scale 大区=华东: +10%\nhold 大区=华东\nscale 大区=华东: +10%\n", "seen": 0}
    assert post(client, plan, body).status_code == 422
    assert node(client, plan) == before
    assert JournalRecord.objects.count() == 0
    assert post(client, plan, wish()).status_code == 200


def test_who_was_overtaken_on_the_same_cells_is_told_by_whom(programs, plan, cast):
    assert post(programs("li"), plan, wish()).status_code == 200
    answer = post(programs("zhang"), plan, wish(700_000 * FEN))
    assert answer.status_code == 409
    (met,) = answer.json()["met"]
    assert (met["edit"], met["author"], met["cells"]) == (1, str(cast.li.pk), 12)
    assert "华东" in met["what"]
    assert post(programs("zhang"), plan, wish(700_000 * FEN, seen=1)).status_code == 200


def test_disjoint_edits_never_meet(programs, plan):
    assert post(programs("li"), plan, wish()).status_code == 200
    north = EAST | {"members": {"大区": "华北"}}
    assert post(programs("zhao"), plan, wish(at=north)).status_code == 200


def test_who_sees_nothing_new_is_never_told_of_a_conflict(programs, plan):
    li = programs("li")
    assert post(li, plan, {"text": "hold 大区=华东", "seen": 0}).status_code == 200
    told = post(programs("zhang"), plan, {"text": "scale *: +5%", "seen": 1})
    assert told.status_code == 200, told.content
    position = li.get(address(plan, "")[:-1]).json()["position"]
    text = "release 1\nscale 大区=华东: +3%\n"
    assert (position, post(li, plan, {"text": text, "seen": 1}).status_code) == (1, 200)


def test_a_key_makes_a_request_happen_once(programs, plan):
    client, key = programs("zhang"), {"Idempotency-Key": "k-1"}
    body = {"text": "scale 大区=华东: +10%", "seen": 0}
    answers = [post(client, plan, body, **key) for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert len({one.content for one in answers}) == 1
    assert JournalRecord.objects.count() == 1
    other = post(client, plan, body | {"text": "scale 大区=华东: +11%"}, **key)
    assert (other.status_code, other.json()["code"]) == (422, "request.key_reused")
    assert post(programs("li"), plan, body | {"seen": 1}, **key).status_code == 200


def test_undo_and_redo(programs, plan):
    client = programs("zhang")
    before = node(client, plan)
    post(client, plan, wish())
    after = node(client, plan)
    for _ in range(2):
        assert post(client, plan, "", "undo").status_code == 200
        assert node(client, plan) == before
        assert post(client, plan, "", "redo").status_code == 200
        assert node(client, plan) == after
    assert post(client, plan, "", "redo").json()["code"] == "edit.nothing_to_redo"
    assert post(programs("li"), plan, "", "undo").json()["code"] == "edit.nothing_to_undo"


@pytest.mark.parametrize(
    "text",
    [
        "set 大区=华北: 5",
        "set 大区=华北北: 5",
        "set 岗位=N1: 5",
        "set 岗位=N7: 5",
        "set 2027Q2: 5",
        "hold 大区=华北",
        "set 大区=华东: 5\n  exclude: 岗位=N1",
        "spread 大区=华东\n  method: by_reference\n  reference: 大区=华北",
        "rename 大区: N1\n  name: x\n  from: 2027-01-01",
        "revert 1",
        "release 1",
        "release 7",
    ],
)
def test_hidden_and_missing_are_refused_alike(programs, plan, text):
    post(programs("zhang"), plan, {"text": "hold 大区=华北", "seen": 0})
    answer = post(programs("li"), plan, {"text": text, "seen": 0})
    assert answer.status_code == 422, answer.content
    told = answer.content.decode()
    assert answer.json()["code"] == "edit.outside_scope" or "planfile." in told, told
    assert not any(name in told for name in ("北京", "华北", "N1")) or "planfile." in told


def test_the_answers_to_a_part_do_not_change_with_what_is_hidden(programs, plan, as_user):
    li, reader = programs("li"), as_user("li")
    post(li, plan, wish())
    pages = [address(plan, "")[:-1], address(plan, "nodes"), address(plan)]
    html = [f"/plans/{plan.pk}/", f"/plans/{plan.pk}/rows", f"/plans/{plan.pk}/explain"]
    html += [f"/plans/{plan.pk}/desk/rows", f"/plans/{plan.pk}/desk/past"]
    html += ["/plans/", f"/plans/{plan.pk}/desk/"]
    asked = {"path": '["华东"]'}

    def all_that_is_told():
        told = [li.get(one).content.decode() for one in pages]
        return told + [steady(reader.get(one, asked)) for one in html]

    before = all_that_is_told()
    for text in ("scale 大区=华北: +50%", "set 岗位=N1 & 2027-03: 12345", "hold 大区=华北"):
        head = programs("zhang").get(address(plan, "")[:-1]).json()["position"]
        assert post(programs("zhang"), plan, {"text": text, "seen": head}).status_code == 200
    assert all_that_is_told() == before
    assert post(li, plan, wish(650_000 * FEN, seen=1)).status_code == 200
    assert all_that_is_told() != before
