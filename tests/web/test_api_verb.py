"""/api/v1 writes every verb as JSON: members, notes, months that are over; and who may not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.opened import reading
from tests.web.test_api_edit import FEN, address, node, post

pytestmark = [pytest.mark.django_db, pytest.mark.store]
JULY = "2027-07-01"
SEAT = {"axis": "岗位", "member": "E1", "from": JULY}
OPEN = {"verb": "open", "axis": "岗位", "member": "E9", "parent": "江苏", "like": "E1"}
MERGE = {"verb": "merge", "axis": "岗位", "members": ["E1", "E2"], "into": "E8", "from": JULY}
READY = [  # what an example may build on: figures that were submitted, a first edit
    {"verb": "scale", "at": {"members": {"大区": "华北"}}, "rate": "+1%"},
    {"verb": "set", "wishes": [{"at": {"layer": "submitted"}, "amount": 1_300_000 * FEN}]},
]


@pytest.fixture
def programs(cast, program, plan):  # noqa: ARG001 - the plan is there
    for role in cast.roles.values():
        if "plans.read" in role.permissions:
            role.permissions = [*role.permissions, "plans.write", "plans.release"]
            role.save()
    return program


def send(client, plan, *edits, seen=0, **more):
    return post(client, plan, {"edits": list(edits), "seen": seen} | more)


def examples():
    """The example of each verb that the description of the interface gives."""
    told = Client().get(reverse("api:openapi-json")).json()["components"]["schemas"]
    bodies = [one for one in told.values() if "verb" in one.get("properties", {})]
    return {one["examples"][0]["verb"]: one["examples"][0] for one in bodies}


def faults(answer):
    assert answer.status_code == 422, answer.content
    return [(one["code"], one["field"]) for one in answer.json()["findings"]]


def position(plan):
    return kept(plan)[0].position


def seats(client, plan):
    return client.get(address(plan, "nodes"), {"levels": "岗位"}).json()["items"]


def kept(plan):
    with reading(plan.pk) as journal:
        return journal.plan, [journal.record(seq + 1).edit for seq in range(journal.plan.position)]


def test_the_example_of_every_verb_is_written_and_taken_back(programs, plan):
    client, told = programs("zhang"), examples()
    assert set(told) == {
        *("set", "spread", "scale", "fix", "calibrate", "reconcile", "bound", "hold", "revert"),
        *("submit", "note", "elapse", "open", "close", "move", "rename", "split", "merge"),
    }
    assert send(client, plan, *READY).status_code == 200
    rows = seats(client, plan)
    for verb, example in told.items():
        answer = send(client, plan, example, seen=position(plan))
        assert answer.status_code == 200, (verb, answer.content)
        (written,) = answer.json()["edits"]
        back = {"verb": "revert", "edit": written["edit"]}
        answer = send(client, plan, back, seen=written["edit"])
        assert answer.status_code == 200, (verb, answer.content)
        assert seats(client, plan) == rows, verb


def test_members_open_and_are_written_to_in_one_batch(programs, plan):
    client = programs("zhang")
    total = node(client, plan)
    seat = {"members": {"岗位": "E9"}, "period": "2027Q3"}
    wish = {"verb": "set", "wishes": [{"at": seat, "amount": "5000.00"}]}
    more = {"method": {"name": "equal"}, "keep": "roll_up"}
    assert send(client, plan, OPEN | {"name": "苏北组"}, wish | more).status_code == 200
    assert sum(node(client, plan)[-1:]) == sum(total[-1:]) + 5_000 * FEN
    assert post(client, plan, "", "undo").status_code == 200
    assert node(client, plan) == total


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (SEAT | {"verb": "rename", "name": "新名"}, {"name": "新名"}),
        (SEAT | {"verb": "move", "parent": "浙江"}, {"parent": "浙江"}),
        (SEAT | {"verb": "move", "member": "江苏", "parent": None}, {"parent": ""}),
        (SEAT | {"verb": "close", "to": "E2"}, {"to": "E2"}),
    ],
)
def test_names_become_ids(programs, plan, edit, told):
    assert send(programs("zhang"), plan, edit).status_code == 200
    living, (written,) = kept(plan)
    named = {
        key: living.axis(written.axis).find(value) if value and key != "name" else value
        for key, value in told.items()
    }
    assert {key: getattr(written, key) for key in told} == named


def test_a_note_is_kept_beside_the_journal(programs, plan):
    note = {"verb": "note", "at": {"members": {"大区": "华东"}}, "text": "续约待定"}
    assert send(programs("li"), plan, note).status_code == 200
    with reading(plan.pk) as journal:
        assert journal.store.text(journal.record(1).edit.digest) == "续约待定"


def test_who_does_not_release_closes_no_month(programs, plan):
    over = {"verb": "elapse", "period": "2027-02"}
    assert faults(send(programs("li"), plan, over)) == [("edit.outside_scope", "/edits/0")]
    assert send(programs("zhang"), plan, over).status_code == 200
    late = {"verb": "scale", "at": {"period": "2027-01"}, "rate": "+5%"}
    told = faults(send(programs("zhang"), plan, late, seen=1))
    assert ("edit.period_closed", "/edits/0") in told


OUTSIDE = ("edit.outside_scope", "/edits/0")
UNKNOWN = {  # to a part of the plan, whether they are there or not: asked about, and refused
    "open": (lambda _at, place: OPEN | {"parent": place}, OUTSIDE),
    "move": (lambda _at, place: SEAT | {"verb": "move", "parent": place}, OUTSIDE),
    "merge": (lambda _at, place: MERGE | {"members": ["E1", place]}, OUTSIDE),
    "note": (lambda at, _place: {"verb": "note", "at": at, "text": "x"}, OUTSIDE),
    "scale": (lambda at, _place: {"verb": "scale", "at": at, "rate": "+5%"}, OUTSIDE),
    "set": (
        lambda at, _place: {"verb": "set", "wishes": [{"at": at, "amount": "0.50"}]},
        ("amount.no_multiple", "/edits/0/wishes/0/amount"),
    ),
    "hold": (
        lambda at, _place: {"verb": "hold", "at": at | {"period": "2099"}},
        ("edit.unknown_period", "/edits/0/at/period"),
    ),
}


@pytest.mark.parametrize("verb", UNKNOWN)
def test_a_part_opens_nothing_elsewhere_and_is_told_nothing_of_it(programs, plan, verb):
    client, (asked, told) = programs("li"), UNKNOWN[verb]
    for header, place in (("大区", "华北"), ("大区", "华南"), ("岗位", "N1"), ("岗位", "N7")):
        answer = send(client, plan, asked({"members": {header: place}}, place))
        assert faults(answer) == [told], place
    assert JournalRecord.objects.count() == 0


RENAME = SEAT | {"verb": "rename", "name": "x"}
UNREADABLE = [
    (OPEN | {"colour": "red"}, "extra_forbidden", "/colour"),
    ({"verb": "rename", "axis": "岗位", "member": "E1"}, "missing", "/name"),
    (RENAME | {"name": ""}, "string_too_short", "/name"),
    (RENAME | {"name": "a\nb"}, "value_error", "/name"),
    (RENAME | {"from": "2027-02-30"}, "value_error", "/from"),
    ({"verb": "hold", "until": "2027-02-30"}, "value_error", "/until"),
    ({"verb": "hold", "until": None}, "value_error", "/until"),
    (RENAME | {"from": 20270701}, "value_error", "/from"),
    (RENAME | {"start": JULY}, "extra_forbidden", "/start"),
    (SEAT | {"verb": "move"}, "missing", "/parent"),
    (SEAT | {"verb": "split", "into": []}, "too_short", "/into"),
    (
        SEAT | {"verb": "split", "into": [{"member": "a", "weight": 3}] * 2},
        "string_type",
        "/into/0/weight",
    ),
    ({"verb": "note", "text": "x" * 501}, "string_too_long", "/text"),
    ({"verb": "elapse"}, "missing", "/period"),
    ({"verb": "edition", "period": "2027"}, "union_tag_invalid", "/verb"),
    ({"axis": "岗位"}, "union_tag_not_found", "/verb"),
    ({"verb": "scale", "rate": "+1%", "amount": 5}, "extra_forbidden", "/amount"),
]
AGREE = {"verb": "calibrate", "reference": {"layer": "submitted"}, "along": ["*"]}
HELD = {"verb": "set", "wishes": [{"at": {}, "amount": "5.00"}], "keep": "hold_parent"}


def test_what_a_verb_does_not_read_is_refused_with_its_field(programs, plan):
    client = programs("zhang")
    for edit, code, field in UNREADABLE:
        answer = send(client, plan, RENAME, edit)
        assert answer.status_code == 422, answer.content
        told = answer.json()
        assert (told["code"], told["subject"]) == (f"request.{code}", f"/edits/1{field}")
    assert JournalRecord.objects.count() == 0


def test_what_the_plan_does_not_know_is_told_with_its_field(programs, plan):
    client = programs("zhang")
    for edit, code, field in (
        (OPEN | {"axis": "仓库"}, "unknown_axis", "/axis"),
        (OPEN | {"parent": "江西"}, "unknown_member", "/parent"),
        (OPEN | {"member": "E2"}, "member_twice", ""),
        (SEAT | {"verb": "close"}, "close_not_empty", ""),
        (
            MERGE | {"members": ["E1", "E0"]},
            "unknown_member",
            "/members/1",
        ),
        ({"verb": "elapse", "period": "2028-01"}, "unknown_period", ""),
        ({"verb": "hold", "at": {"layer": "x"}}, "unknown_layer", "/at/layer"),
        (AGREE | {"reference": {"layer": "x"}}, "unknown_layer", "/reference/layer"),
        (AGREE | {"along": ["*", "仓库"]}, "unknown_axis", "/along"),
        (HELD | {"along": "仓库"}, "unknown_axis", "/along"),
    ):
        told = faults(send(client, plan, RENAME, edit))
        assert told == [(f"edit.{code}", f"/edits/1{field}")], edit
    assert JournalRecord.objects.count() == 0


def test_members_are_changed_from_a_position(programs, plan):
    client = programs("zhang")
    body = {"edits": [SEAT | {"verb": "rename", "name": "新名"}]}
    assert post(client, plan, body).status_code == 428
    scale = {"verb": "scale", "at": {"members": {"岗位": "E1"}}, "rate": "+5%"}
    assert send(programs("li"), plan, scale).status_code == 200
    parts = [{"member": name, "weight": "1"} for name in ("E11", "E12")]
    answer = send(client, plan, SEAT | {"verb": "split", "into": parts})
    assert (answer.status_code, answer.json()["met"][0]["edit"]) == (409, 1)
    assert send(client, plan, SEAT | {"verb": "split", "into": parts}, seen=1).status_code == 200


def test_layers_with_gaps_are_not_brought_together(programs, plan):
    client = programs("zhang")
    east = {"members": {"大区": "华东"}, "layer": "submitted"}
    first = {"verb": "set", "wishes": [{"at": east, "amount": "500000.00"}]}
    assert send(client, plan, first).status_code == 200
    for verb in ("reconcile", "calibrate"):
        asked = examples()[verb]
        (told,) = send(client, plan, asked, seen=1).json()["findings"]
        assert (told["code"], told["field"]) == ("layers.uneven", "/edits/0")
        assert (told["params"]["layer"], told["params"]["nodes"]) == ("submitted", "华北")
    whole = {"members": {"大区": "华北"}, "layer": "submitted"}
    rest = {"verb": "set", "wishes": [{"at": whole, "amount": "500000.00"}]}
    assert send(client, plan, rest, examples()["reconcile"], seen=1).status_code == 200
