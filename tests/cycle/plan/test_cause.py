"""Why two positions of a plan differ, when its journal is too long to look at each edit."""

from __future__ import annotations

import pytest

from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.cycle.plan.branch import branch, parted
from quotaloom.cycle.plan.cause import Part, Side, causes
from quotaloom.cycle.plan.desk import open_plan, save_checkpoint
from quotaloom.planfile.journal import Author, Journal
from tests.planfile.test_journal import a_plan

SEATS = {"S1": "R1", "S2": "R1", "S3": "R2"}


def typed(amount, **members):
    at = Slice.of(period="2027Q1", measure="booked", layer="issued", **members)
    return Set((Wish(at, amount),))


def whole(plan):
    return Part(plan.column(("booked", "issued")), plan.region(Slice()), unit=100)


@pytest.fixture
def store(tmp_path):
    return a_plan(tmp_path / "2027.plan", SEATS)


@pytest.fixture
def journal(store):
    """Seat by seat a figure, S1 twice, then two edits of the newest."""
    journal = open_plan(store)
    figures = [("S1", 5_000), ("S2", 600), ("S1", 7_000), ("S3", 900), ("S2", 700), ("S3", 901)]
    for number, (seat, amount) in enumerate(figures, 1):
        journal.write(typed(amount, region=seat), Author(f"p{number}"))
    return journal


def test_an_old_edit_counts_with_the_cells_that_it_wrote_last(journal):
    first = {seat: journal.at(0).total(typed(0, region=seat).wishes[0].at) for seat in SEATS}
    sides = Side(journal, 0, whole), Side(journal, 6, whole)
    told = {
        one.record.seq: (one.change, one.is_left) for one in causes(*sides, most=2) if one.record
    }
    assert told[3] == ((7_000 - first["S1"]) * 100, True)  # what #1 typed is no more
    assert told[5] == (100 * 100, False)
    assert told[6] == (100, False)
    assert 1 not in told


def test_small_old_edits_stand_together_and_nothing_is_lost(journal):
    sides = Side(journal, 6, whole), Side(journal, 0, whole)
    found = causes(*sides, most=1)
    (together,) = [one for one in found if one.others]
    assert together.others == 2
    assert together.is_before
    wanted = whole(journal.at(0)).total - whole(journal.plan).total
    assert sum(one.change for one in found) == wanted


def test_a_long_journal_goes_back_to_a_checkpoint_and_not_to_its_first_edit(store):
    journal = open_plan(store)
    for number in range(120):
        journal.write(typed(1_000 + number, region="S1"), Author("p1"))
        if number == 99:
            save_checkpoint(journal)
    asked = []

    def earlier(position):
        asked.append(position)
        return open_plan(store, at_most=position).at(100 if position >= 100 else 0)

    again = Journal(store, open_plan(store).at(120), journal.clock, earlier)
    assert again.at(0).position == 0
    assert again.at(105).position == 105
    assert asked == [0, 105]


@pytest.mark.parametrize("position", [0, 1, 5, 6])
def test_where_two_plans_parted_is_found(journal, store, tmp_path, position):
    other = branch(store, tmp_path / "b.plan", position=position)
    assert parted(store, other) == position
    open_plan(other).write(typed(4_321, region="S2"), Author("p9"))
    assert parted(store, other) == position
    assert parted(other, store) == position
    assert journal.plan.position == 6
