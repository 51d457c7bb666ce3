"""Rules stand also where no cell is written: a member that moves takes its cells along."""

from __future__ import annotations

from datetime import date

import pytest

from quotaloom.core.allocation.journal.edit import BoundEdit, HoldEdit, Move, Revert, Set, Wish
from quotaloom.core.model.errors import DataRefused
from tests.core.allocation.journal.plans import History, at, plan_of

HALF = date(2027, 7, 1)


@pytest.fixture
def history():
    """Five seats that carry 10 a quarter, three of them in R1."""
    return History(plan_of([[10, 10, 10, 10]] * 5, products=("P1",)))


@pytest.mark.parametrize(
    ("low", "high", "seat", "to"),
    [(110, 130, "S1", "R2"), (None, 120, "S4", "R1"), (120, None, "S3", "R2")],
)
def test_a_move_that_breaks_a_bound_is_refused_by_its_number(history, low, high, seat, to):
    history.add(BoundEdit(at(region="R1"), low, high))
    with pytest.raises(DataRefused) as refusal:
        history.add(Move("region", seat, to, HALF))
    assert [(one.code, one.subject) for one in refusal.value.findings] == [
        ("edit.bound_broken", "#1")
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (HoldEdit(at(region="R1"), "total"), "edit.hold_moved"),
        (BoundEdit(at(region="R1"), None, 100), "edit.bound_broken"),
    ],
)
def test_a_move_is_not_taken_back_over_a_later_rule(history, rule, code):
    history.add(Move("region", "S1", "R2", HALF))
    history.add(rule)
    with pytest.raises(DataRefused) as refusal:
        history.add(Revert(1))
    assert [(one.code, one.subject) for one in refusal.value.findings] == [(code, "#2")]


def test_a_move_within_the_bounds_is_made(history):
    history.add(BoundEdit(at(region="R1"), 100, 120))
    history.add(Move("region", "S1", "R2", HALF))
    assert history.now.total(at(region="R1")) == 100


def test_a_bound_does_not_come_back_over_figures_that_break_it(history):
    history.add(BoundEdit(at(region="R1"), 120, 130))
    history.add(Revert(1))
    history.add(Set((Wish(at(region="R1"), 90),)))
    with pytest.raises(DataRefused) as refusal:
        history.add(Revert(2))
    assert [(one.code, one.subject) for one in refusal.value.findings] == [
        ("edit.bound_broken", "#1")
    ]
