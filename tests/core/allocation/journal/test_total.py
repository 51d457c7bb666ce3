"""``set``, ``spread``, ``scale`` and ``fix`` on known figures; W and C cases by their numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.edit import Method, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.core.model.errors import DataRefused, Infeasible, UsageRefused
from tests.core.allocation.journal.plans import KEY, History, at, plan_of

SEATS = {"S1": "R1", "S2": "R1", "S3": "R1"}
ONE = ("P1",)


def seats_of(*figures, given=None):
    """One product, one year, a figure a seat of one region."""
    seats = {f"S{number}": "R1" for number in range(1, len(figures) + 1)}
    shown = None if given is None else [[one] for one in given]
    return History(
        plan_of([[one] for one in figures], shown, kind="year", seats=seats, products=ONE)
    )


def year_of(*figures):
    """One seat, one product, a figure a quarter."""
    return History(plan_of([figures], seats={"S1": "R1"}, products=ONE))


def cells(history):
    """The figures of the plan, row by row."""
    return history.now.columns[KEY].values.ravel().tolist()


@pytest.mark.parametrize(
    ("case", "before", "amount", "method", "after"),
    [
        ("W01", (10, 30, 60), 300, Method(), [30, 90, 180]),
        ("W05", (1, 0, 4, 7), 120, Method("equal"), [30, 30, 30, 30]),
        ("C05", (0, 0, 0, 0), 400, Method(), [100, 100, 100, 100]),
        ("W17", (175, 50, 0, 0), 100, Method(), [78, 22, 0, 0]),
        ("C10", (70, 30), 5, Method(), [4, 1]),
        ("P+", (10, 30, 60), 100, Method(operation="add"), [20, 60, 120]),
        ("P~", (10, 30, 60), 50, Method(operation="subtract"), [5, 15, 30]),
        ("S+", (10, 30, 60), 30, Method("equal", operation="add"), [20, 40, 70]),
        ("LS populated", (10, 0, 60), 20, Method("equal", scope="populated"), [10, 0, 10]),
        (
            "W28 in 1/10000",
            (20_0000, 10_0000, 15_0000),
            55_0000,
            Method("equal", operation="add"),
            [38_3334, 28_3333, 33_3333],
        ),
        ("all below zero", (-10, -30), -80, Method(), [-20, -60]),
    ],
)
def test_a_total_over_seats(case, before, amount, method, after):
    history = seats_of(*before)
    history.add(Set((Wish(at(region="R1"), amount),), method))
    assert cells(history) == after, case


def test_a_typed_cell_moves_its_siblings_inside_a_held_total():
    """W13: leaves 10, 20, 30 with their total held; the first becomes 20."""
    history = seats_of(10, 20, 30)
    history.add(grammar.HoldEdit(at(region="R1"), "total"))
    history.add(Set((Wish(at(region="S1"), 20),), keep="hold_parent", along="region"))
    assert cells(history) == [20, 16, 24]


def test_a_part_of_a_held_total_is_split_further_and_moves_nobody_else():
    """W32: 30 M over three, then the Dean's 10 M by product and quarter, under a held total."""
    history = History(plan_of([[1] * 4] * 6, seats=dict.fromkeys(("S1", "S2", "S3"), "R1")))
    history.add(Set((Wish(at(region="R1"), 30_000_000),), Method("equal")))
    history.add(grammar.HoldEdit(at(region="R1"), "total"))
    dean = at(region="S2")
    assert history.now.total(dean) == 10_000_000
    wishes = (
        Wish(at(region="S2", product="P1"), 7_000_000),
        Wish(at(region="S2", product="P2"), 3_000_000),
    )
    history.add(Set(wishes))
    history.add(grammar.HoldEdit(dean, "total"))
    first = Wish(at("2027Q1", region="S2", product="P1"), 2_500_000)
    history.add(Set((first,), keep="hold_parent"))
    shown = [history.now.total(at(region=seat)) for seat in ("S1", "S2", "S3", "R1")]
    assert shown == [10_000_000, 10_000_000, 10_000_000, 30_000_000]
    quarters = [at(f"2027Q{one}", region="S2", product="P1") for one in range(1, 5)]
    assert [history.now.total(one) for one in quarters] == [
        2_500_000,
        1_000_000,  # the other quarter of the half gave
        1_750_000,
        1_750_000,
    ]


def test_a_held_cell_stays_and_the_rest_absorbs():
    history = seats_of(10, 30, 60)
    history.add(grammar.HoldEdit(at(region="S2"), "cells"))
    history.add(Set((Wish(at(region="R1"), 170),)))
    assert cells(history) == [20, 30, 120]


def test_less_than_what_is_held_is_refused():
    history = seats_of(10, 30, 60)
    history.add(grammar.HoldEdit(at(region="S3"), "cells"))
    with pytest.raises(DataRefused, match=r"spread\.out_of_bounds region=R1=50 .*#1"):
        history.add(Set((Wish(at(region="R1"), 50),)))


def test_a_typed_cell_that_would_move_a_held_total_is_refused_by_name():
    history = seats_of(10, 20, 30)
    history.add(grammar.HoldEdit(at(region="R1"), "total"))
    with pytest.raises(Infeasible, match=r"region=S1=20.*#1"):
        history.add(Set((Wish(at(region="S1"), 20),)))


def test_siblings_are_not_driven_below_zero():
    history = seats_of(10, 20, 30)
    with pytest.raises(DataRefused, match=r"edit\.siblings_below_zero"):
        history.add(Set((Wish(at(region="S1"), 61),), keep="hold_parent", along="region"))


def test_what_is_not_given_yet_keeps_out_and_a_zero_gets_zero():
    history = seats_of(10, 0, 0, given=(True, False, True))
    done = history.add(Set((Wish(at(region="R1"), 40),)))
    assert cells(history) == [40, 0, 0]
    assert not history.now.columns[KEY].given[1, 0]
    assert [one.code for one in done.findings] == ["spread.null_basis"]


def test_a_first_figure_goes_into_cells_that_have_none():
    history = seats_of(0, 0, given=(False, False))
    history.add(Set((Wish(at(region="R1"), 5),)))
    assert cells(history) == [3, 2]


@pytest.mark.parametrize(
    ("case", "method", "amount", "after"),
    [
        ("C26", Method("seasonal", weights=(15, 20, 30, 35)), 10_000_001, None),
        ("W22", Method("pattern", weights=(1, 2)), 12, [2, 4, 2, 4]),
        ("halves", Method("seasonal", weights=(40, 60)), 100, [20, 20, 30, 30]),
    ],
)
def test_a_total_over_time(case, method, amount, after):
    history = year_of(1, 1, 1, 1)
    typed = tuple(Fraction(weight) for weight in method.weights)
    history.add(Set((Wish(at(), amount),), Method(method.name, weights=typed)))
    assert cells(history) == (after or [1_500_000, 2_000_000, 3_000_000, 3_500_001]), case


def test_weights_that_do_not_fit_the_periods_are_refused():
    history = year_of(1, 1, 1, 1)
    weights = (Fraction(1), Fraction(2), Fraction(3))
    with pytest.raises(UsageRefused, match=r"edit\.weights_do_not_fit"):
        history.add(Set((Wish(at(), 12),), Method("seasonal", weights=weights)))


def test_a_total_over_children_by_typed_weights():
    history = seats_of(5, 5, 5)
    weights = tuple(map(Fraction, (1, 2, 3)))
    method = Method("by_weights", weights=weights)
    history.add(Set((Wish(at(region="R1"), 60),), method, along="region"))
    assert cells(history) == [10, 20, 30]


def test_series_fill_the_periods():
    """C04: straight line 100 to 200, growth from 300 by 25 %, a value repeated."""
    history = year_of(0, 0, 0, 0)
    history.add(Spread(at(), Method("straight_line", end=400), 100))
    assert cells(history) == [100, 200, 300, 400]
    history.add(Spread(at(), Method("growth", rate=Fraction(1, 4)), 300))
    assert cells(history) == [300, 375, 469, 586]
    history.add(Spread(at(), Method("repeat"), 7))
    assert cells(history) == [7, 7, 7, 7]


def test_a_repeat_fills_only_what_is_populated():
    """W10: 400 into the cells that are not 0."""
    history = seats_of(0, 5, 0, 7)
    history.add(Spread(at(region="R1"), Method("repeat", scope="populated"), 400))
    assert cells(history) == [0, 400, 0, 400]


def test_a_total_like_another_slice():
    """W02: 400 as 10, 20, 70 lie elsewhere."""
    history = History(plan_of([[1, 10], [1, 20], [1, 70]], kind="half", seats=SEATS, products=ONE))
    method = Method("by_reference", references=(at("2027H2"),))
    history.add(Set((Wish(at("2027H1"), 400),), method))
    assert history.now.columns[KEY].values[:, 0].tolist() == [40, 80, 280]


def test_another_region_lends_its_mix_of_products():
    values = [[1], [1], [0], [0], [0], [0], [1], [3], [0], [0]]
    history = History(plan_of(values, kind="year"))
    method = Method("by_reference", references=(at(region="R2"),))
    history.add(Set((Wish(at(region="S1"), 100),), method))
    assert history.now.columns[KEY].values[:2, 0].tolist() == [25, 75]


def test_a_rate_is_rounded_once_on_the_total():
    history = seats_of(10, 30, 61)
    history.add(Scale(at(region="R1"), Fraction(1, 10)))
    assert cells(history) == [11, 33, 67]


def test_several_totals_are_met_together_and_the_whole_stays():
    history = History(plan_of([[10, 20, 30, 40]] * 10))
    wishes = (Wish(at("2027Q4"), 500), Wish(at(region="R1"), 700))
    done = history.add(grammar.Fix(wishes))
    assert done.stored is not None
    assert [history.now.total(wish.at) for wish in wishes] == [500, 700]
    assert history.now.total(at()) == 1_000


def test_wishes_that_share_cells_are_solved_together():
    history = History(plan_of([[10, 20, 30, 40]] * 10))
    wishes = (Wish(at("2027Q4"), 500), Wish(at("2027Q4", region="R1"), 350))
    history.add(Set(wishes))
    assert [history.now.total(wish.at) for wish in wishes] == [500, 350]


def test_two_wishes_that_contradict_are_named():
    history = History(plan_of([[10, 20, 30, 40]] * 10))
    wishes = (Wish(at("2027Q4"), 500), Wish(at("2027Q4", region="R1"), 501))
    with pytest.raises(Infeasible, match=r"2027Q4=500.*501"):
        history.add(Set(wishes))


def test_a_bound_is_kept_by_moving_others():
    history = seats_of(10, 30, 60)
    history.add(grammar.BoundEdit(at(region="S3"), None, 70))
    history.add(Set((Wish(at(region="R1"), 200),)))
    assert sum(cells(history)) == 200
    assert cells(history)[2] <= 70


def test_elapsed_periods_are_locked():
    history = year_of(10, 20, 30, 40)
    history.plans[0] = replace(history.plans[0], elapsed=2)
    history.add(Set((Wish(at(), 170),)))
    assert cells(history) == [10, 20, 60, 80]


RATIO = {
    "booked": PlanMeasure("booked"),
    "margin": PlanMeasure("margin"),
    "rate": PlanMeasure("rate", "ratio", numerator="margin", denominator="booked"),
    "staff": PlanMeasure("staff", "balance", unit=1, is_money=False),
    "customers": PlanMeasure("customers", "distinct", unit=1, is_money=False),
    "stretch": PlanMeasure("stretch", at_least="booked"),
}


def seat_with(booked):
    """One seat with the same booked figure each quarter, and the other measures."""
    return plan_of([[booked] * 4], measures=RATIO, seats={"S1": "R1"}, products=ONE)


def test_a_ratio_moves_its_declared_side():
    history = History(seat_with(100))
    history.add(Set((Wish(at(measure="rate"), 250_000),)))
    assert history.now.total(at(measure="margin")) == 100
    assert history.now.total(at()) == 400


def test_a_balance_is_set_and_read_at_the_end():
    history = History(seat_with(0))
    history.add(Set((Wish(at("2027H1", measure="staff"), 8),)))
    assert history.now.total(at("2027H1", measure="staff")) == 8
    assert history.now.total(at("2027Q1", measure="staff")) == 0


def test_a_distinct_count_has_no_total_to_type():
    history = History(seat_with(0))
    with pytest.raises(UsageRefused, match=r"edit\.distinct_total"):
        history.add(Set((Wish(at(measure="customers"), 8),)))


def test_a_challenge_is_never_below_its_base():
    history = History(seat_with(10))
    history.add(Set((Wish(at(measure="stretch"), 48),)))
    with pytest.raises(DataRefused, match=r"edit\.below_base"):
        history.add(Set((Wish(at("2027Q1", measure="stretch"), 9),)))
    with pytest.raises(DataRefused, match=r"edit\.below_base"):
        history.add(Set((Wish(at("2027Q1"), 13),)))
