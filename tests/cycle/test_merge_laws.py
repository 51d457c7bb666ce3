"""Branches come back whatever a team did on both sides: all or nothing, once, undone as one."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.branch import branch
from quotaloom.cycle.plan.cause import Part, Side, causes
from quotaloom.cycle.plan.desk import open_plan
from quotaloom.cycle.plan.merge import Choice, merge
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.journal import Author
from tests.planfile.test_journal import a_plan
from tests.support.counts import examples
from tests.support.team import Team, work

pytestmark = pytest.mark.heavy
KEY = ("booked", "issued")
ME, YOU = Author("me"), Author("you")
PARTS = 4  # of the whole count, so that the workers of a test run share it


def whole(plan):
    """All cells of the one column."""
    return Part(plan.column(KEY), plan.region(Slice((), "", *KEY)))


def both_edited(folder, seed):
    """A plan and a branch of it, each with edits of its own."""
    rng = np.random.default_rng(seed)
    store = a_plan(folder / f"{seed}.plan")
    journal = open_plan(store)
    work(journal, Team(rng), ME, int(rng.integers(0, 4)))
    other = branch(store, folder / f"{seed} branch.plan")
    theirs = open_plan(other)
    work(theirs, Team(rng), YOU, int(rng.integers(1, 5)))
    work(journal, Team(rng), ME, int(rng.integers(0, 3)))
    return journal, theirs, rng


def cells(plan, rows):
    """The figures of the first rows; a column in which nothing is given is none."""
    return {key: one.values[:rows].tolist() for key, one in plan.columns.items() if one.given.any()}


@pytest.mark.parametrize("part", range(PARTS))
def test_a_merge_is_whole_or_nothing_and_undone_as_one(tmp_path, part):
    merged = 0
    for number in range(max(examples(400) // PARTS, 5)):
        journal, theirs, rng = both_edited(tmp_path, number * PARTS + part)
        before, rows = journal.plan, len(journal.plan.rows)
        choice = Choice(("mine", "theirs")[int(rng.integers(2))])
        try:
            rehearsal, numbers = merge(journal, theirs.store, ME, choice)
        except QuotaLoomError:
            assert journal.store.head().position == before.position
            continue
        assert cells(journal.plan, rows) == cells(rehearsal.plan, rows)
        with suppress(QuotaLoomError):  # what was left out may be refused by now
            assert merge(journal, theirs.store, ME, Choice("mine"))[1] == {}
        verify_store(journal.store)
        if numbers:
            merged += 1
            journal.undo(ME)
            assert cells(journal.plan, rows) == cells(before, rows)
            assert set(journal.plan.holds) == set(before.holds)
    assert merged


@pytest.mark.parametrize("part", range(PARTS))
def test_causes_are_the_whole_of_any_difference(tmp_path, part):
    for number in range(max(examples(400) // PARTS, 5)):
        journal, theirs, _ = both_edited(tmp_path, number * PARTS + part)
        sides = [Side(one, one.plan.position, whole) for one in (journal, theirs)]
        wanted = whole(theirs.plan).total - whole(journal.plan).total
        for most in (1_000, 1):  # one by one, and but for the newest by what edits left
            found = causes(*sides, most=most)
            assert sum(one.change for one in found) == wanted
            assert all(one.record or one.others for one in found)  # nothing without an edit
            assert len(found) <= 2 * (2 * most + 1)
