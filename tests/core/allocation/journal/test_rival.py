"""An edit that met others: on top of theirs, and where nobody was, on known figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.edit import HoldEdit, Method, Scale, Set, Wish
from quotaloom.core.allocation.journal.rival import on_top, where_untouched
from tests.core.allocation.journal.plans import KEY, at, plan_of

SEATS = {"S1": "R1", "S2": "R1", "S3": "R1"}
R1 = at(region="R1")


def seats_of(*figures):
    return plan_of([[one] for one in figures], kind="year", seats=SEATS, products=("P1",))


def cells(plan):
    return plan.columns[KEY].values.ravel().tolist()


def one(amount, **where):
    return Set((Wish(at(**where), amount),))


@pytest.mark.parametrize(
    ("mine", "theirs", "total"),
    [
        (one(120, region="R1"), one(130, region="R1"), 150),
        (Scale(R1, Fraction(1, 5)), one(130, region="R1"), 150),
        (one(90, region="R1"), one(25, region="S1"), 105),
        (Set((Wish(R1, 7),), Method(operation="add")), one(130, region="R1"), 137),
    ],
)
def test_both_changes_count(mine, theirs, total):
    then = seats_of(10, 30, 60)
    now = apply(then, theirs).plan
    assert apply(now, on_top(then, now, mine)).plan.total(R1) == total


def test_every_wish_of_an_edit_goes_on_top():
    then = seats_of(10, 30, 60)
    now = apply(then, one(15, region="S1")).plan
    mine = Set((Wish(at(region="S1"), 12), Wish(at(region="S3"), 50)))
    assert cells(apply(now, on_top(then, now, mine)).plan) == [17, 30, 50]


def test_what_others_set_stays_and_the_rest_comes_to_what_was_wished():
    then = seats_of(10, 30, 60)
    theirs = one(40, region="S1")
    now = apply(then, theirs).plan
    rest = where_untouched(then, now, one(200, region="R1"), [at(region="S1")])
    assert cells(apply(now, rest).plan) == [40, 60, 120]


def test_wishes_for_cells_that_others_wrote_are_left_out():
    then = seats_of(10, 30, 60)
    now = apply(then, one(40, region="S1")).plan
    mine = Set((Wish(at(region="S1"), 11), Wish(at(region="S2"), 31)))
    rest = where_untouched(then, now, mine, [at(region="S1")])
    assert cells(apply(now, rest).plan) == [40, 31, 60]


@pytest.mark.parametrize(
    ("mine", "named"),
    [
        (one(200, region="R1"), [R1]),  # nothing is left
        (one(200, region="R1"), []),  # nobody tells which cells changed
        (Set((Wish(at(region="S2"), 31),), keep="hold_parent"), [at(region="S1")]),
        (HoldEdit(R1), [at(region="S1")]),
    ],
)
def test_what_cannot_be_kept_is_not_made_up(mine, named):
    then = seats_of(10, 30, 60)
    now = apply(then, one(40, region="S1")).plan
    assert where_untouched(then, now, mine, named) is None


def test_a_hold_has_no_change_to_put_on_top():
    then = seats_of(10, 30, 60)
    assert on_top(then, then, HoldEdit(R1)) is None
