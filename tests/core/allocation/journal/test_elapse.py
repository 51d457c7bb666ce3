"""Closed periods: what is over stays, whoever edits, until the close itself is taken back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.allocation.journal.edit import Elapse, Revert, Scale, Set, Wish
from quotaloom.core.model.errors import DataRefused, UsageRefused
from tests.core.allocation.journal.plans import KEY, History, at, plan_of

ONE = {"S1": "R1"}


def year(*figures):
    """One seat and product, a figure a quarter."""
    return History(plan_of([figures or (10, 20, 30, 40)], seats=ONE, products=("P1",)))


def cells(history):
    return history.now.columns[KEY].values.ravel().tolist()


def codes(caught):
    return {one.code for one in caught.value.findings}


def test_a_total_of_the_year_moves_open_periods_only():
    history = year()
    history.add(Elapse("2027Q2"))
    history.add(Set((Wish(at(), 170),)))
    assert cells(history) == [10, 20, 60, 80]


def test_a_half_year_closes_all_its_periods():
    history = year()
    history.add(Elapse("2027H1"))
    assert history.now.elapsed == 2


@pytest.mark.parametrize(
    "edit",
    [
        Set((Wish(at("2027Q1"), 11),)),
        Set((Wish(at("2027H1"), 31),)),
        Scale(at("2027Q2"), Fraction(1, 10)),
        Set((Wish(at("2027Q1"), 11), Wish(at("2027Q2"), 19))),
        Set((Wish(at("2027Q1"), 11),), keep="hold_parent"),
    ],
    ids=["set", "half", "scale", "two", "hold_parent"],
)
def test_a_figure_typed_into_a_closed_period_is_refused_with_its_name(edit):
    history = year()
    history.add(Elapse("2027Q2"))
    before = history.now
    with pytest.raises((DataRefused, UsageRefused)) as caught:
        history.add(edit)
    assert "edit.period_closed" in codes(caught)
    assert history.now is before


def test_an_edit_of_a_closed_period_is_not_taken_back():
    history = year()
    history.add(Set((Wish(at("2027Q1"), 11),)))
    history.add(Elapse("2027Q1"))
    with pytest.raises(DataRefused) as caught:
        history.add(Revert(1))
    assert codes(caught) == {"edit.period_closed"}


def test_taking_the_close_back_opens_the_period_again():
    history = year()
    history.add(Elapse("2027Q1"))
    history.add(Elapse("2027Q2"))
    with pytest.raises(DataRefused) as caught:
        history.add(Revert(1))
    assert codes(caught) == {"edit.elapsed_since"}
    history.add(Revert(2))
    assert history.now.elapsed == 1
    history.add(Set((Wish(at("2027Q2"), 25),)))
    assert cells(history) == [10, 25, 30, 40]


@pytest.mark.parametrize("period", ["2027Q1", "2027Q2", "2027H1"])
def test_what_is_closed_is_not_closed_again(period):
    history = year()
    history.add(Elapse("2027Q2"))
    with pytest.raises(UsageRefused) as caught:
        history.add(Elapse(period))
    assert codes(caught) == {"edit.elapsed_already"}
