"""Totals split by weight within bounds and around holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.apportion import apportion
from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from tests.support.bounded import Plan, plans
from tests.support.counts import examples
from tests.support.groups import tasks
from tests.support.split_oracles import ENDLESS, bounded, clipped


def spread(total, weights, **options):
    bounds = {key: options.pop(key) for key in ("low", "high", "held", "kept") if key in options}
    ends = [0, len(weights)]
    return spread_bounded([total], weights, ends, Bounds.of(**bounds), **options).tolist()


def refused(*given_, **options):
    with pytest.raises(DataRefused) as refusal:
        spread(*given_, **options)
    return [(finding.code, dict(finding.params)) for finding in refusal.value.findings]


@pytest.mark.parametrize(
    ("total", "weights", "bounds", "parts"),
    [
        (60, [10, 20, 30], {"held": [True, False, False], "kept": [20, 0, 0]}, [20, 16, 24]),
        (100, [1, 1, 1], {"high": [20, 90, 90]}, [20, 40, 40]),
        (100, [1, 1, 1], {"low": [60, 0, 0]}, [60, 20, 20]),
        (100, [8, 1, 1], {"low": [0, 30, 0], "high": [40, 99, 99]}, [40, 30, 30]),
        (100, [8, 1, 0], {"low": [0, 0, 7]}, [83, 10, 7]),  # no weight: its bound, no more
        (-100, [1, 1, 1], {"low": [-20, -90, -90]}, [-20, -40, -40]),
        (10, [1, 1], {"low": [-90, 40], "high": [90, 90]}, [-30, 40]),
        (10, [1, 1], {}, [5, 5]),
        (0, [0, 0], {}, [0, 0]),
        (7, [0, 0], {"low": [3, 4]}, [3, 4]),  # reached without any weight
    ],
)
def test_a_total_is_spread(total, weights, bounds, parts):
    assert spread(total, weights, **bounds) == parts


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(plan=plans())
def test_every_cell_is_what_the_rule_says_or_the_group_is_named(plan: Plan):
    wanted = [bounded(*group) for group in plan.groups()]
    blocked = [place for place, parts in enumerate(wanted) if parts is None]
    if not blocked:
        assert plan.spread().tolist() == [cell for parts in wanted for cell in parts]
        return
    with pytest.raises(DataRefused) as refusal:
        plan.spread()
    found = refusal.value.findings
    assert sorted(finding.params["group"] for finding in found) == blocked
    assert {finding.code for finding in found} <= {"spread.out_of_bounds", "apportion.no_weight"}


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(plan=plans(feasible=True))
def test_bounds_and_holds_are_kept_and_cells_lie_next_to_the_real_solution(plan: Plan):
    got = plan.spread()
    held, kept = np.array(plan.held, np.bool_), np.array(plan.kept)
    low, high = np.array(plan.low), np.array(plan.high)
    assert (got[held] == kept[held]).all()
    assert ((low <= got) & (got <= high))[~held].all()
    for (total, weights, floor, ceiling, _), cells in zip(
        plan.groups(), plan.split(got), strict=True
    ):
        assert sum(cells) == total
        real = clipped(total, weights, floor, ceiling)
        assert all(abs(cell - share) < 1 for cell, share in zip(cells, real, strict=True))


@given(plan=plans(feasible=True))
def test_the_sign_goes_with_the_plan(plan: Plan):
    assert (plan.spread() == -plan.mirrored().spread()).all()


@given(task=tasks(largest_total=2**49, largest_weight=2**50))
def test_without_bounds_it_is_the_plain_split(task):
    totals, rows, ranks = task
    weights = [weight for row in rows for weight in row]
    order = [rank for row in ranks for rank in row]
    ends = np.cumsum([0, *map(len, rows)])
    plain = apportion(totals, weights, ends, rank=order)
    assert (spread_bounded(totals, weights, ends, Bounds.of(), rank=order) == plain).all()
    held = Bounds.of(held=np.zeros(len(weights), np.bool_), kept=np.zeros(len(weights), np.int64))
    assert (spread_bounded(totals, weights, ends, held, rank=order) == plain).all()
    wide = Bounds.of(low=np.full(len(weights), -ENDLESS), high=np.full(len(weights), ENDLESS))
    assert (spread_bounded(totals, weights, ends, wide, rank=order) == plain).all()


def test_growing_bounds_take_one_round_each():
    """What one cell gives back pushes the next over its bound: many rounds, still exact."""
    weights = [2**place for place in range(40)]
    high = [weight - 1 for weight in weights[:-1]] + [ENDLESS]
    total = sum(weights)
    assert spread(total, weights, high=high) == bounded(total, weights, [0] * 40, high)


@pytest.mark.parametrize(
    ("total", "bounds", "least", "most"),
    [
        (100, {"low": [60, 60]}, 120, "∞"),
        (100, {"high": [40, 40]}, 0, 80),
        (100, {"held": [True, False], "kept": [120, 0]}, 120, "∞"),
        (100, {"held": [True, True], "kept": [40, 50]}, 90, 90),
        (-5, {"low": [-2, -2]}, -4, 0),
        (-5, {"low": [0, 0]}, 0, 0),
    ],
)
def test_what_cannot_be_reached_says_what_can(total, bounds, least, most):
    params = {"group": 0, "total": total, "least": least, "most": most}
    assert refused(total, [1, 1], **bounds) == [("spread.out_of_bounds", params)]


def test_cells_without_weight_do_not_stretch():
    """0 means no potential: the group cannot reach 100 though the second cell has room."""
    params = {"group": 0, "total": 100, "least": 0, "most": 40}
    assert refused(100, [5, 0], high=[40, 90]) == [("spread.out_of_bounds", params)]


def test_a_group_without_weight_is_levelled_within_its_bounds():
    assert spread(90, [0, 0, 0], high=[10, 90, 90], on_zero="equal") == [10, 40, 40]
    held = {"held": [True, False, False], "kept": [10, 0, 0]}
    assert spread(50, [0, 0, 0], on_zero="equal", **held) == [10, 20, 20]


@pytest.mark.parametrize(
    ("total", "weights", "bounds", "codes"),
    [
        (5, [1, -1], {}, ["apportion.weight_negative"]),
        (5, [0, 0], {}, ["apportion.no_weight"]),
        (
            5,
            [1, 1],
            {"low": [9, 0], "high": [8, 9]},
            ["spread.bounds_crossed"],
        ),
        (2**50, [1, 1], {}, ["apportion.too_large"]),
        (-(2**50), [1, 1], {}, ["apportion.too_large"]),
        (5, [2**60, 2**60], {}, ["apportion.too_large"]),
        (5, [1, 1], {"low": [2**50, 0]}, ["apportion.too_large"]),
        (0, [1, 1], {"held": [True, True], "kept": [2**50, -(2**50)]}, ["apportion.too_large"]),
        (5, [], {}, ["apportion.no_cell"]),
    ],
)
def test_what_cannot_be_computed_is_refused(total, weights, bounds, codes):
    assert [code for code, _ in refused(total, weights, **bounds)] == codes


def test_holds_that_wrap_around_are_found():
    cells = 2**14
    held = {"held": [True] * cells, "kept": [2**49, *[2**49] * (cells - 1)]}
    assert [code for code, _ in refused(0, [1] * cells, **held)] == ["apportion.too_large"]


def test_a_hold_needs_its_amounts():
    with pytest.raises(ValueError, match="come together"):
        Bounds.of(held=[True])


@given(data=st.data())
def test_many_groups_are_solved_as_one_alone(data):
    plan = data.draw(plans(feasible=True))
    alone = [spread_alone(group) for group in plan.groups()]
    assert plan.spread().tolist() == [cell for cells in alone for cell in cells]


def spread_alone(group):
    total, weights, low, high, rank = group
    return spread(total, weights, low=low, high=high, rank=rank)
