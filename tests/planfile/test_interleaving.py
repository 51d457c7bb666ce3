"""Edits of parents and children at the same time come out as in some order, none of them lost."""

from __future__ import annotations

import numpy as np
import pytest

from quotaloom.core.allocation.journal.digest import plan_digest
from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.desk import first, open_plan, save_checkpoint
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Author, Journal, Met
from tests.core.allocation.journal.plans import at
from tests.planfile.test_journal import a_plan
from tests.support.counts import examples

NODES = ({}, {"region": "R1"}, {"region": "R2"}, {"region": "S1"}, {"region": "S4"})
PERIODS = ("", "2027H1", "2027Q1", "2027Q2", "2027Q3")


def parent_or_child(rng):
    """A total of some node and period, made so much."""
    node, period = NODES[rng.integers(len(NODES))], PERIODS[rng.integers(len(PERIODS))]
    return Set((Wish(at(period, **node), int(rng.integers(1, 5_000))),))


@pytest.mark.heavy
def test_what_was_accepted_is_never_moved_by_who_had_not_seen_it(tmp_path):
    """Two to four people look at the same plan, then write in any order (R15, R16)."""
    store = a_plan(tmp_path / "team.plan")
    rng = np.random.default_rng(16)
    accepted = met = 0
    for _ in range(examples(1_000)):
        seen = store.head().position
        people = [open_plan(FolderStore(store.folder)) for _ in range(rng.integers(2, 5))]
        kept = []
        for number in rng.permutation(len(people)).tolist():
            edit = parent_or_child(rng)
            try:
                people[number].write(edit, Author(f"p{number}", seen=seen))
            except Met:
                met += 1
                continue
            except QuotaLoomError:
                continue
            kept.append(edit.wishes[0])
            accepted += 1
        journal = open_plan(store)
        save_checkpoint(journal)
        now = journal.plan
        assert [now.total(wish.at) for wish in kept] == [wish.amount for wish in kept]
    assert accepted > met > 0
    assert store.head().position == accepted
    replayed = Journal(store, first(store), open_plan(store).clock)
    assert plan_digest(replayed.plan) == plan_digest(open_plan(store).plan)
