"""/api/v1 tells layers, versions and differences, copies and promotes scenarios, releases."""

from __future__ import annotations

import json

import pytest

from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.plans.models import Plan
from quotaloom.web.versions.models import Edition
from tests.support.versions import EAST, NORTH, edition, scenario, typed

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


@pytest.fixture
def family(as_user, cast, plan):
    """The plan, and a scenario with an edit of its own."""
    made = scenario(cast.zhang, plan)
    typed(as_user("zhang"), made, "+10%", EAST)
    return plan, made


def address(plan, verb):
    return f"/api/v1/plans/{plan.pk}/{verb}"


def get(client, plan, verb, **asked):
    answer = client.get(address(plan, verb), asked)
    return answer.json() if answer.status_code == 200 else answer.status_code


def post(client, plan, verb, body, **headers):
    return client.post(address(plan, verb), json.dumps(body), "application/json", headers=headers)


def test_layers_tell_the_sums_that_are_seen(program, as_user, plan):
    whole = {"measure": "booked", "layer": "issued", "total": 1_200_000 * FEN, "cells": 72}
    assert get(program("zhang"), plan, "layers") == {"items": [whole], "position": 0}
    typed(as_user("zhang"), plan, "600000", EAST, "2027Q2")
    (one,) = get(program("li"), plan, "layers")["items"]
    (other,) = get(program("zhao"), plan, "layers")["items"]
    (both,) = get(program("zhang"), plan, "layers")["items"]
    assert one["total"] + other["total"] == both["total"]


def test_versions_are_listed_with_what_is_seen_of_them(program, cast, family):
    plan, made = family
    edition(cast.sun, plan)
    told = get(program("zhang"), plan, "versions")
    assert [one["kind"] for one in told["items"]] == ["plan", "edition", "scenario"]
    assert told["items"][2]["ref"] == str(made.pk)
    part = get(program("li"), plan, "versions")["items"][0]["total"]
    assert part < told["items"][0]["total"] == 1_200_000 * FEN
    assert get(program("stranger"), plan, "versions") == 401


def test_a_difference_has_its_nodes_and_its_causes(program, family):
    plan, made = family
    told = get(program("zhang"), plan, "diff", before=str(plan.pk), after=str(made.pk))
    changes = {one["name"]: one["change"] for one in told["items"]}
    assert changes["华北"] == 0
    assert sum(changes.values()) == told["node"]["change"] > 0
    (cause,) = told["causes"]
    assert (cause["edit"], cause["side"], cause["change"]) == (1, "after", told["node"]["change"])
    below = get(program("zhang"), plan, "diff", after=str(made.pk), path="华东", limit=1)
    assert (len(below["items"]), below["total"]) == (1, 2)
    assert get(program("zhang"), plan, "diff", before="x") == 404
    assert "华北" not in json.dumps(get(program("li"), plan, "diff", after=str(made.pk)))


def test_a_copy_is_made_once_by_its_key(program, plan):
    client = program("zhang")
    body = {"name": "乐观", "growth": "+8%"}
    first = post(client, plan, "versions", body, **{"Idempotency-Key": "k1"})
    assert first.status_code == 200, first.content
    assert first.json()["total"] == 1_296_000 * FEN
    again = post(client, plan, "versions", body, **{"Idempotency-Key": "k1"})
    assert again.json() == first.json()
    assert Plan.objects.filter(root=plan).count() == 1
    other = post(client, plan, "versions", {"name": "别的"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "request.key_reused")
    assert post(client, plan, "versions", {"name": "x", "growth": "viel"}).status_code == 422
    assert post(client, plan, "versions", {"name": "x", "approved": True}).status_code == 422
    assert post(program("sun"), plan, "versions", {"name": "x"}).status_code == 403


def test_promoting_asks_for_a_position_and_answers_what_clashes(program, as_user, family):
    plan, made = family
    client = program("zhang")
    verb = f"versions/{made.pk}/promote"
    assert post(client, plan, verb, {}).status_code == 428
    typed(as_user("li"), plan, "+20%", EAST)
    typed(as_user("zhang"), made, "+5%", NORTH)
    met = post(client, plan, verb, {"seen": 1})
    assert (met.status_code, met.json()["code"]) == (409, "edit.met")
    assert [(one["edit"], one["cells"]) for one in met.json()["met"]] == [(1, 48)]
    assert JournalRecord.objects.filter(journal=plan.pk).count() == 1
    done = post(client, plan, verb, {"seen": 1, "choices": {"1": "mine"}})
    assert (done.status_code, done.json()) == (200, {"edits": [2]})
    assert post(client, plan, verb, {"seen": 2, "take": "theirs"}).json() == {"edits": [3]}
    assert post(program("stranger"), plan, verb, {"seen": 0}).status_code == 401


def test_a_release_is_made_once_of_what_was_seen(program, as_user, plan):
    client = program("sun")
    body = {"name": "年度目标", "period": "2027-01"}
    assert post(client, plan, "releases", body).status_code == 428
    typed(as_user("zhang"), plan, "+10%", EAST)
    stale = post(client, plan, "releases", body | {"seen": 0})
    assert (stale.status_code, stale.json()["code"]) == (409, "release.moved")
    told = post(client, plan, "releases", body, **{"If-Match": '"1"', "Idempotency-Key": "r"})
    assert told.status_code == 200, told.content
    again = post(client, plan, "releases", body, **{"If-Match": '"1"', "Idempotency-Key": "r"})
    assert again.json() == told.json()
    assert Edition.objects.count() == 1
    assert get(client, plan, "releases/1") == told.json()
    assert get(client, plan, "releases")["items"] == [told.json()]
    assert get(client, plan, "releases/2") == 404
    assert get(client, plan, f"releases/{10**30}") in {404, 422}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_verb_changes_what_was_released(program, cast, plan, method):
    edition(cast.sun, plan)
    for verb in ("releases", "releases/1"):
        assert getattr(program("sun"), method)(address(plan, verb)).status_code == 405


def test_a_period_is_closed_by_whoever_may(program, plan):
    assert post(program("ops"), plan, "closed", {"period": "2027-01", "seen": 0}).status_code == 403
    assert post(program("sun"), plan, "closed", {"period": "2027-01"}).status_code == 428
    told = post(program("sun"), plan, "closed", {"period": "2027-01", "seen": 0})
    assert told.json() == {"edit": 1}
    wish = {"at": {"members": {"大区": "华东"}, "period": "2027-01"}, "amount": 100 * FEN}
    body = {"edits": [{"verb": "set", "wishes": [wish]}], "seen": 1}
    late = post(program("zhang"), plan, "edits", body)
    assert late.status_code == 422
    assert "edit.period_closed" in [one["code"] for one in late.json()["findings"]]
    again = post(program("sun"), plan, "closed", {"period": "2027-01", "seen": 1})
    assert (again.status_code, again.json()["code"]) == (422, "edit.elapsed_already")


def test_every_operation_is_described_with_its_answers(client):
    told = client.get("/api/v1/openapi.json").json()["paths"]
    root = "/api/v1/plans/{plan_id}"
    assert set(told[f"{root}/releases"]["post"]["responses"]) >= {"200", "409", "422", "428"}
    assert set(told[f"{root}/versions/{{scenario_id}}/promote"]["post"]["responses"]) >= {
        "409",
        "428",
    }
    assert {"layers", "versions", "diff", "releases", "closed"} <= {
        path.removeprefix(f"{root}/") for path in told
    }
