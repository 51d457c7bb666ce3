"""Answers about a plan are kept for those who see the same, and for nobody else."""

from __future__ import annotations

import json
from itertools import product

import pytest
from django.urls import reverse

from quotaloom.web.plans import kept as module
from quotaloom.web.plans.kept import kept
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_two_who_see_different_things_asking_in_turn_never_get_the_others_answer(as_user, plan):
    seats = {"zhang": {"E1", "E2", "N1"}, "li": {"E1", "E2"}, "wang": {"E1"}, "zhao": {"N1"}}
    clients = {name: as_user(name) for name in seats}
    address = reverse("plan_rows", args=[plan.pk])
    for _round, (name, rows) in product(range(3), product(seats, ("", "岗位", "产品>岗位"))):
        told = clients[name].get(address, {"deep": 12, "rows": rows}).json()["rows"]
        assert {part for row in told for part in row["p"]} & {"E1", "E2", "N1"} == seats[name]
        page = clients[name].get(reverse("plan", args=[plan.pk]), {"rows": rows, "deep": 12})
        shown = {part for row in page.context["data"]["rows"] for part in row["p"]}
        assert shown & {"E1", "E2", "N1"} == seats[name]


def test_a_grant_that_ends_shows_at_the_next_request(as_user, cast, plan):
    client = as_user("li")
    address = reverse("plan_rows", args=[plan.pk])
    assert client.get(address).status_code == 200
    cast.li.grants.all().delete()
    assert client.get(address).status_code == 403


def test_two_plans_of_equal_cells_keep_their_own_source_rows(as_user, cast, plan, tmp_path):
    (tmp_path / "b").mkdir()
    other = small_plan(cast.ops, tmp_path / "b", name="另一个")
    assert other.digest == plan.digest
    client = as_user("ops")
    for one in (plan, other):
        answer = client.get(reverse("plan_explain", args=[one.pk]), {"path": json.dumps([])})
        assert answer.context["plan"].pk == one.pk


def test_the_oldest_answers_are_forgotten(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    calls = []
    for key in ("a", "b", "c", "d", "a"):
        kept(("test", key), lambda key=key: calls.append(key))
    assert calls == ["a", "b", "c", "d", "a"]
