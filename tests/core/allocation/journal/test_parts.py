"""本级, 未分配 and 加码: leaves that an inner member owns itself, so that every sum is true."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quotaloom.core.allocation.journal.edit import Open, Set, Wish
from quotaloom.core.model.errors import DataRefused
from tests.core.allocation.journal.plans import History, at, plan_of

SEATS = {"S1": "R1", "S2": "R1"}


@pytest.fixture
def history():
    """A region of two seats with all three leaves of its own."""
    found = History(plan_of([[30], [70]], kind="year", seats=SEATS, products=("P1",)))
    for part in ("own", "unallocated", "over"):
        found.add(Open("region", f"R1#{part}", "R1"))
    return found


def total(history, member):
    return history.now.total(at(region=member))


def test_they_are_named_as_people_call_them(history):
    axis = history.now.axis("region")
    names = [axis.members[axis.place(f"R1#{part}")].names[0][1] for part in ("own", "over")]
    assert names == ["本级", "加码"]


def test_a_total_is_never_spread_onto_what_is_set_aside(history):
    history.add(Set((Wish(at(region="R1#unallocated"), 20),)))
    history.add(Set((Wish(at(region="R1#over"), -10),)))
    history.add(Set((Wish(at(region="R1"), 210),)))
    assert [total(history, one) for one in ("S1", "S2", "R1#unallocated", "R1#over")] == [
        60,
        140,
        20,
        -10,
    ]


def test_a_manager_who_sells_has_a_figure_of_her_own(history):
    history.add(Set((Wish(at(region="R1#own"), 100),)))
    history.add(Set((Wish(at(region="R1"), 400),)))
    assert [total(history, one) for one in ("S1", "S2", "R1#own")] == [60, 140, 200]


def test_an_over_assignment_is_never_above_zero(history):
    with pytest.raises(DataRefused, match=r"edit\.over_above_zero R1#over"):
        history.add(Set((Wish(at(region="R1#over"), 1),)))


def bounded(history):
    """The region may give five percent over what its seats hold."""
    axis = history.now.axis("region")
    history.plans[-1] = history.now.with_axis(replace(axis, over=(("region", Fraction(1, 20)),)))
    return history


def test_an_over_assignment_stays_within_what_its_level_allows(history):
    bounded(history).add(Set((Wish(at(region="R1#over"), -5),)))
    with pytest.raises(DataRefused, match=r"edit\.over_beyond R1#over"):
        history.add(Set((Wish(at(region="R1#over"), -6),)))


def test_what_carries_an_over_assignment_is_not_taken_from_under_it(history):
    bounded(history).add(Set((Wish(at(region="R1#over"), -5),)))
    with pytest.raises(DataRefused, match=r"edit\.over_beyond R1#over"):
        history.add(Set((Wish(at(region="S1"), 10),)))
    history.add(Set((Wish(at(region="S1"), 40),)))
    history.add(Set((Wish(at(region="R1#over"), -5),)))


def test_a_level_that_is_not_named_has_no_bound(history):
    axis = history.now.axis("region")
    history.plans[-1] = history.now.with_axis(replace(axis, over=(("seat", Fraction(0)),)))
    history.add(Set((Wish(at(region="R1#over"), -90),)))
