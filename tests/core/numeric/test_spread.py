"""Spreading by every method, over every operation and scope."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric.spread import METHODS, Cells, Column, Wish, spread
from tests.support.counts import examples
from tests.support.spreads import column, one_group, shown


def spread_one(now, method, amount=None, *, fixed=(), **wish):
    """One group in, one group out; None is null."""
    found = spread(one_group(now, fixed), Wish(method, amounts(amount), **wish))
    return shown(found.now), [(each.code, dict(each.params)) for each in found.findings]


def amounts(amount):
    return None if amount is None else np.array([amount])


def cells_of(*given_, **wish):
    return spread_one(*given_, **wish)[0]


LAST_YEAR = column([1, 2, 0, 1])


@pytest.mark.parametrize(
    ("method", "amount", "wish", "replaced", "added", "taken"),
    [
        ("proportional", 40, {}, [4, 12, 0, 24], [14, 42, 0, 84], [6, 18, 0, 36]),
        ("equal", 40, {}, [10, 10, 10, 10], [20, 40, 10, 70], [0, 20, -10, 50]),
        (
            "by_reference",
            40,
            {"drivers": (LAST_YEAR,)},
            [10, 20, 0, 10],
            [20, 50, 0, 70],
            [0, 10, 0, 50],
        ),
        (
            "by_weights",
            40,
            {"drivers": (column([0, 0, 3, 1]),)},
            [0, 0, 30, 10],
            [10, 30, 30, 70],
            [10, 30, -30, 50],
        ),
        (
            "blend",
            40,
            {"drivers": (LAST_YEAR, column([1, 1, 1, 1])), "mix": (Decimal("0.5"), Fraction(1, 2))},
            [10, 15, 5, 10],
            [20, 45, 5, 70],
            [0, 15, -5, 50],
        ),
        ("percent", None, {"rate": Decimal("0.1")}, [1, 3, 0, 6], [11, 33, 0, 66], [9, 27, 0, 54]),
        ("repeat", 40, {}, [40, 40, 40, 40], [50, 70, 40, 100], [-30, -10, -40, 20]),
        (
            "straight_line",
            40,
            {"ends": np.array([46])},
            [40, 42, 44, 46],
            [50, 72, 44, 106],
            [-30, -12, -44, 14],
        ),
        (
            "growth",
            40,
            {"rate": Fraction(1, 2)},
            [40, 60, 90, 135],
            [50, 90, 90, 195],
            [-30, -30, -90, -75],
        ),
        (
            "pattern",
            40,
            {"pattern": (1, 3)},
            [5, 15, 5, 15],
            [15, 45, 5, 75],
            [5, 15, -5, 45],
        ),
    ],
)
def test_each_method_replaces_adds_and_subtracts(method, amount, wish, replaced, added, taken):
    now = [10, 30, 0, 60]
    assert cells_of(now, method, amount, **wish) == replaced
    assert cells_of(now, method, amount, operation="add", **wish) == added
    assert cells_of(now, method, amount, operation="subtract", **wish) == taken


def test_every_method_has_its_case_above():
    cases = test_each_method_replaces_adds_and_subtracts.pytestmark[0].args[1]
    assert {case[0] for case in cases} == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_only_populated_cells_receive_where_that_is_wished(method):
    wish = {
        "drivers": (column([1, 1, 1, 1]),),
        "mix": (1,),
        "rate": 2,
        "ends": np.array([90]),
        "pattern": (1, 1, 1, 1),
    }
    cells = cells_of([10, None, 0, 60], method, 90, scope="populated", **wish)
    assert cells[1:3] == [None, 0]
    assert cells[0] != 10 or cells[3] != 60


def test_null_is_not_zero():
    now, reference = [5, 5, 5, None], (column([3, None, 0, 1]),)
    cells, findings = spread_one(now, "by_reference", 45, drivers=reference)
    assert cells == [30, 5, 0, 10]
    assert findings == [("spread.null_basis", {"cells": 1})]
    assert spread_one([3, None, 0], "proportional", 6) == (
        [6, None, 0],
        [("spread.null_basis", {"cells": 1})],
    )
    assert spread_one([None, None], "equal", 6) == ([3, 3], [])


def test_fixed_cells_count_inside_the_total_and_leave_the_denominator():
    fixed = [True, False, False]
    assert cells_of([20, 20, 30], "proportional", 60, fixed=fixed) == [20, 16, 24]
    assert cells_of([20, 20, 30], "proportional", 50, fixed=fixed, operation="add") == [20, 40, 60]
    assert cells_of([20, 20, 30], "repeat", 7, fixed=fixed) == [20, 7, 7]
    assert cells_of([20, 20, 30], "percent", fixed=fixed, rate=Fraction(1, 10)) == [20, 2, 3]
    assert cells_of([20, 20, 30], "growth", 8, fixed=fixed, rate=1) == [20, 16, 32]


def test_a_total_below_its_holds_is_refused():
    with pytest.raises(DataRefused, match=r"spread\.out_of_bounds #1"):
        spread_one([50, 20, 30], "proportional", 40, fixed=[True, False, False])


def test_a_zero_basis_is_levelled_and_said_or_refused():
    assert spread_one([0, 0, 0], "proportional", 7) == (
        [3, 2, 2],
        [("spread.zero_basis", {"groups": 1})],
    )
    with pytest.raises(DataRefused, match=r"apportion\.no_weight #1"):
        spread_one([0, 0, 0], "proportional", 7, on_zero="refuse")
    assert spread_one([0, 0, 0], "proportional", 0) == ([0, 0, 0], [])


def test_a_negative_basis_is_refused_by_cell_unless_it_is_fixed():
    with pytest.raises(DataRefused, match=r"apportion.weight_negative #1\.2"):
        spread_one([5, -5], "proportional", 7)
    assert cells_of([5, -5], "proportional", 7, fixed=[False, True]) == [12, -5]


def test_a_blend_cuts_each_driver_by_its_own_whole():
    """Revenue in 分 must not drown head-counts; an empty driver leaves the mix of its group."""
    drivers = (column([10**12, 3 * 10**12]), column([3, 1]), column([0, 0]))
    cells, findings = spread_one([0, 0], "blend", 100, drivers=drivers, mix=(2, 1, 1))
    assert cells == [42, 58]  # (2 * 1/4 + 1 * 3/4) / 3 = 41.67 %
    assert findings == [
        ("spread.mix_normalised", {"sum": "4"}),
        ("spread.driver_empty", {"driver": 3, "groups": 1}),
    ]


def test_a_cell_that_one_driver_does_not_know_keeps_out_of_the_blend():
    drivers = (column([1, 1, 2]), column([1, None, 1]))
    cells, findings = spread_one([0, 9, 0], "blend", 100, drivers=drivers, mix=(1, 0))
    assert cells == [30, 9, 61]
    assert ("spread.null_basis", {"cells": 1}) in findings


@pytest.mark.parametrize(
    ("pattern", "cells"),
    [("first", [9, 0, 0]), ("last", [0, 0, 9]), ((0, 1, 0), [0, 9, 0]), ((1,), [3, 3, 3])],
)
def test_patterns_go_by_position(pattern, cells):
    assert cells_of([1, 1, 1], "pattern", 9, pattern=pattern) == cells


def test_a_pattern_must_fit_the_group():
    with pytest.raises(DataRefused, match=r"spread.pattern_length #1 \(group=0, size=4, length=3"):
        spread_one([1, 1, 1, 1], "pattern", 9, pattern=(4, 4, 5))


def test_series_round_each_cell_by_itself():
    assert cells_of([0] * 4, "straight_line", 0, ends=np.array([10])) == [0, 3, 7, 10]
    assert cells_of([0] * 3, "straight_line", 0, ends=np.array([-5])) == [0, -3, -5]
    assert cells_of([0], "straight_line", 4, ends=np.array([10])) == [4]
    assert cells_of([0] * 4, "growth", 100, rate=Fraction(1, 3)) == [100, 133, 178, 237]


def test_percent_of_another_column_sums_once():
    drivers = (column([15, 15, 15]),)
    assert cells_of([0, 0, 0], "percent", drivers=drivers, rate=Fraction(1, 10)) == [2, 2, 1]


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("prorate", "'prorate' is none of proportional"),
        ("equal", "needs amounts"),
        ("repeat", "needs"),
    ],
)
def test_what_a_method_is_not_given_is_a_bug(method, message):
    with pytest.raises(ValueError, match=message):
        spread_one([1, 2], method)
    with pytest.raises(ValueError, match="needs ends"):
        spread_one([1, 2], "straight_line", 1)


PLANS = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
)


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(
    rows=PLANS,
    method=st.sampled_from(["proportional", "equal", "by_reference", "blend"]),
    operation=st.sampled_from(["replace", "add", "subtract"]),
    scope=st.sampled_from(["all", "populated"]),
    seed=st.integers(0, 2**32),
)
def test_fixed_cells_never_move_and_totals_are_met_or_all_is_refused(
    rows, method, operation, scope, seed
):
    chance = np.random.default_rng(seed)
    now = column([cell for row in rows for cell in row])
    fixed = chance.random(len(now.values)) < 0.2
    ends = np.cumsum([0, *map(len, rows)])
    totals = chance.integers(0, 10**13, len(rows))
    driver = Column.of(chance.integers(0, 9, len(fixed)), chance.random(len(fixed)) < 0.9)
    drivers = (driver,) if method == "by_reference" else (driver, now)
    wish = Wish(method, totals, operation, scope, drivers=drivers, mix=(1, 2))
    cells = Cells.of(now, ends, fixed=fixed)
    try:
        found = spread(cells, wish)
    except DataRefused as refusal:
        codes = {finding.code for finding in refusal.findings}
        assert codes <= {"spread.out_of_bounds", "apportion.no_weight"}
        return
    after = found.now
    assert (after.values[fixed] == now.values[fixed]).all()
    assert (after.given[fixed] == now.given[fixed]).all()
    sums = {"replace": totals, "add": sums_of(now, ends) + totals}
    sums["subtract"] = sums_of(now, ends) - totals
    assert (sums_of(after, ends) == sums[operation]).all()
    untouched = ~now.given & ~after.given
    assert (after.values[untouched] == 0).all()


def outcome(cells, wish):
    """The cells after the wish, or None and the codes of the refusal."""
    try:
        return spread(cells, wish).now, set()
    except DataRefused as refusal:
        return None, {finding.code for finding in refusal.findings}


def sums_of(cells, ends):
    return np.add.reduceat(cells.values, ends[:-1])
