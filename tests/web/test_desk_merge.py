"""An edit that met others: what the page is shown, and what is written of both."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from quotaloom.planfile.chain import verify_store
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.store import figures

pytestmark = [pytest.mark.django_db, pytest.mark.store]
EAST, SU, ZHE = ["华东"], ["华东", "江苏"], ["华东", "浙江"]
Q2 = "2027Q2"


class Rival:
    """Somebody who edits the plan from a position that she saw."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def ask(self, verb, path, typed, *, period=Q2, **more):
        told = {"path": json.dumps(path), "period": period, "typed": typed, "open": "[]", **more}
        return self.client.post(
            reverse(f"desk_{verb}", args=[self.plan.pk]) + "?unit=yuan", told
        ).json()

    def compare(self, path, typed, was=0, **more):
        """The open ways, and each figure as {name: {way: amount}}."""
        told = self.ask("compare", path, typed, was=was, **more)
        lines = {one.pop("name"): one for one in told["lines"]}
        return told["ways"], {name: read(one) for name, one in lines.items()}


def read(line):
    return {way: int(text.replace(",", "")) for way, text in line.items()}


def total(plan, path, period=Q2):
    """What the plan says now, in yuan."""
    pivot = figures(plan).pivot
    node = pivot.node(("大区", "省份"), tuple(path), pivot.everything)
    return int(node.values[[one.label for one in pivot.columns].index(period)]) // 100


@pytest.fixture
def rival(as_user, plan):
    return lambda name: Rival(as_user(name), plan)


def written(plan):
    return JournalRecord.objects.filter(journal=plan.pk).count()


def test_both_are_shown_before_anything_is_written(rival, plan):
    li, zhang = rival("li"), rival("zhang")
    before = total(plan, EAST)
    li.ask("edit", EAST, "+1000", seen=0)
    assert [one["what"] for one in zhang.ask("edit", EAST, "+2000", seen=0)["met"]]
    ways, lines = zhang.compare(EAST, f"{before + 2000}")
    assert ways == ["mine", "add"]
    assert lines["华东 · Q2"] == {
        "was": before,
        "theirs": before + 1000,
        "mine": before + 2000,
        "add": before + 3000,
    }
    assert (written(plan), total(plan, EAST)) == (1, before + 1000)


def test_my_change_is_written_on_top_of_theirs(rival, plan):
    before = total(plan, EAST)
    rival("li").ask("edit", EAST, "+1000", seen=0)
    told = rival("zhang").ask("edit", EAST, f"{before + 2000}", was=0, seen=1, merge="add")
    assert (told["position"], total(plan, EAST)) == (2, before + 3000)
    assert verify_store(DatabaseStore(plan.pk)).position == 2


def test_a_rate_goes_on_top_as_the_amount_that_it_was(rival, plan):
    before = total(plan, EAST)
    rival("li").ask("edit", EAST, "0", seen=0)
    ways, lines = rival("zhang").compare(EAST, "+10%")
    assert ways == ["mine", "add"]
    assert lines["华东 · Q2"]["mine"] == 0
    assert lines["华东 · Q2"]["add"] == round(before / 10)


def test_the_part_that_others_set_stays_and_mine_counts_for_the_rest(rival, plan):
    east, su, zhe = (total(plan, one) for one in (EAST, SU, ZHE))
    rival("li").ask("edit", SU, "+5000", seen=0)
    zhang = rival("zhang")
    ways, lines = zhang.compare(EAST, f"{east * 2}")
    assert ways == ["mine", "add", "rest"]
    assert lines["江苏 · Q2"]["rest"] == su + 5000
    zhang.ask("edit", EAST, f"{east * 2}", was=0, seen=1, merge="rest")
    assert total(plan, SU) == su + 5000
    assert abs(total(plan, ZHE) - zhe * 2) <= 1
    assert total(plan, EAST) == total(plan, SU) + total(plan, ZHE)


def test_a_third_who_wrote_meanwhile_is_met_again(rival, plan):
    before = total(plan, EAST)
    rival("li").ask("edit", EAST, "+1000", seen=0)
    zhang = rival("zhang")
    zhang.compare(EAST, "+2000")
    rival("ops").ask("edit", EAST, "+7", seen=1)
    told = zhang.ask("edit", EAST, f"{before + 2000}", was=0, seen=1, merge="add")
    assert [one["seq"] for one in told["met"]] == [2]
    assert written(plan) == 2


@pytest.mark.parametrize("merge", ["add", "rest"])
def test_what_cannot_be_merged_is_refused(rival, plan, merge):
    rival("li").ask("edit", EAST, "+1000", seen=0)
    told = rival("zhang").ask("edit", EAST, "", act="hold", was=0, seen=1, merge=merge)
    assert told["findings"]
    assert written(plan) == 1


def test_ways_that_lead_to_the_same_are_one(rival):
    rival("li").ask("edit", EAST, "+1000", seen=0)
    assert rival("zhang").compare(EAST, "+2000")[0] == ["mine"]


def test_figures_that_are_hidden_are_not_compared(rival, plan):
    """张总 sets the whole: 李经理 sees what became of hers, and no figure beyond."""
    rival("zhang").ask("edit", [], "+10%", seen=0)
    before = total(plan, EAST)
    ways, lines = rival("li").compare(EAST, "+1000")
    assert set(lines) == {"华东 · Q2"}
    assert lines["华东 · Q2"]["theirs"] == before
    assert "rest" not in ways


def test_hidden_edits_leave_the_comparison_as_it_was(rival):
    rival("zhang").ask("edit", EAST, "+1000", seen=0)
    li = rival("li")
    before = li.ask("compare", EAST, "+2000", was=0)
    rival("zhao").ask("edit", ["华北"], "+10%", seen=0)
    rival("zhang").ask("edit", ["华北"], "+10%", seen=2)
    assert li.ask("compare", EAST, "+2000", was=0) == before


@pytest.mark.parametrize("was", ["", "x", "99", "9" * 20])
def test_a_position_that_never_was_is_refused_or_the_beginning(rival, was):
    rival("li").ask("edit", EAST, "+1000", seen=0)
    told = rival("zhang").ask("compare", EAST, "+2000", was=was)
    assert "lines" in told or told["findings"]


def test_a_plan_that_nobody_edited_has_nothing_to_compare(rival):
    assert rival("zhang").ask("compare", EAST, "+2000", was=0)["findings"]
