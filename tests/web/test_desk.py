"""The workbench: who may type, what it does, what is taken back, and what nobody learns from it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.journals.store import DatabaseStore
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]
FEN = 100


@pytest.fixture
def plan(cast, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    return small_plan(cast.ops, tmp_path)


class Desk:
    """Somebody's workbench of a plan: asks as the page does."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def ask(self, verb, path=(), period="", **more):
        told = {"path": json.dumps(path), "period": period, "open": "[]", "unit": "yuan", **more}
        told.setdefault("seen", "")
        address = reverse(f"desk_{verb}", args=[self.plan.pk]) + "?unit=yuan"
        return self.client.post(address, told, HTTP_ACCEPT_LANGUAGE="en")

    def type(self, typed, path=(), period="", **more):
        return self.ask("edit", path, period, typed=typed, **more)

    def row(self, *path):
        address = reverse("plan_rows", args=[self.plan.pk])
        told = self.client.get(address, {"path": json.dumps(path[:-1]), "deep": 1}).json()["rows"]
        return next(row for row in told if row["p"] == list(path))["v"]

    def total(self):
        page = self.client.get(reverse("plan", args=[self.plan.pk]))
        return page.context["data"]["top"]["v"]


@pytest.fixture
def sitting(as_user, plan):
    return lambda name: Desk(as_user(name), plan)


def test_a_typed_total_is_met_and_everything_adds_up(sitting, plan):
    desk = sitting("zhang")
    answer = desk.type("600,000", ["华东"], "2027Q2")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["position"] == 1
    quarter = [
        one["label"]
        for one in desk.client.get(reverse("desk", args=[plan.pk])).context["data"]["columns"]
    ].index("2027Q2")
    assert desk.row("华东")[quarter] == 600_000 * FEN
    assert told["cells"] == 12
    assert told["seats"] == 2
    rows = [desk.row("华东"), desk.row("华北")]
    assert [sum(pair) for pair in zip(*rows, strict=True)] == desk.total()
    assert verify_store(DatabaseStore(plan.pk)).position == 1
