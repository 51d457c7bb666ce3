"""A file of potential beside a plan: whose it is, what is shared out, what a figure may follow."""

from __future__ import annotations

import pytest

from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.edit import Method, Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.plan.lines import Lines, from_lines
from quotaloom.cycle.plan.potential import POTENTIAL, SCALE, read_potential, with_potential
from quotaloom.planfile.figures import first_plan, read_figures
from tests.support.handouts import AXES, KEY, lines


@pytest.fixture
def begun():
    return from_lines(Lines(lines(), "x", axes=AXES), "计划")


def given(folder, begun, text):
    """What a file says, and the plan that begins with it."""
    path = folder / "潜力.csv"
    path.write_text(text, encoding="utf-8")
    found = read_potential(path, begun)
    one = with_potential(begun, found)
    return found, first_plan(one.definition, read_figures(one.figures))


def potential(plan, **members):
    """The potential of a slice over the year, in units of the file."""
    region = plan.region(Slice(tuple(members.items()), "", *KEY))
    return region.total(plan.references[POTENTIAL]) / SCALE


def test_a_member_has_what_its_row_says_and_a_branch_the_sum(tmp_path, begun):
    found, plan = given(tmp_path, begun, "岗位,潜力\nE1,300\nE2,100.5\nN1,7\n")
    assert (potential(plan, 大区="E1"), potential(plan, 大区="华东")) == (300, 400.5)
    assert potential(plan) == 407.5
    assert found.lines.select("amount", "file", "row").row(1) == (1_005_000, "潜力.csv", 3)
    (told,) = [one for one in found.findings if one.code == "potential.none_given"]
    assert told.params["count"] == 2


def test_what_a_branch_is_given_is_shared_out_and_kept_whole(tmp_path, begun):
    _, plan = given(tmp_path, begun, "大区,产品,市场规模\n华东,平台,0.0007\n华北,终端,1000\n")
    assert (potential(plan, 大区="华东"), potential(plan, 大区="华北")) == (0.0007, 1000)
    assert potential(plan, 大区="华东", 产品="终端") == 0
    assert potential(plan, 大区="N1") == pytest.approx(1000 / 3, abs=0.001)


def test_a_figure_may_be_spread_by_it(tmp_path, begun):
    _, plan = given(tmp_path, begun, "岗位,潜力\nE1,300\nE2,100\n")
    east = Slice((("大区", "华东"),), "2027Q1", *KEY)
    method = Method("by_reference", references=(POTENTIAL,))
    after = apply(plan, Set((Wish(east, 40_000),), method)).plan
    totals = [after.total(Slice((("大区", one),), "2027Q1", *KEY)) for one in ("E1", "E2")]
    assert totals == [30_000, 10_000]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("岗位,潜力\nE9,3\n", "potential.unknown_member"),
        ("城市,潜力\n上海,3\n", "potential.no_level"),
        ("岗位,潜力\nE1,-3\n", "weights.negative"),
        ("岗位,潜力\nE1,3\nE1,4\n", "weights.double_row"),
    ],
)
def test_what_the_plan_does_not_know_is_refused(tmp_path, begun, text, code):
    with pytest.raises(DataRefused) as refused:
        given(tmp_path, begun, text)
    assert code in [one.code for one in refused.value.findings]
