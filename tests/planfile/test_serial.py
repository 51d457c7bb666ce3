"""Transactions that run into each other do what they would have done one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from quotaloom.core.allocation.journal.digest import plan_digest
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.desk import first, open_plan
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Author, Journal, Met
from tests.core.allocation.journal.plans import KEY
from tests.planfile.test_journal import a_plan
from tests.support.counts import examples
from tests.support.team import Team

pytestmark = pytest.mark.heavy
ROUNDS = 10  # plans, each with a tenth of the interleavings


@dataclass
class Transaction:
    """One editor who looks at the plan and then writes a total or a cell, in a process of hers."""

    journal: Journal
    team: Team
    name: str
    seen: int = 0
    met: int = 0
    written: list = field(default_factory=list)

    def look(self):
        self.seen = self.journal.refresh().position

    def write(self):
        """A total or a cell, as she saw the plan; who meets others or is refused writes nothing."""
        author = Author(self.name, seen=self.seen, known=frozenset(self.written))
        edit = self.team.edit(self.journal.at(self.seen), self.team.one_of(("R1", "R2")))
        try:
            self.written.append(self.journal.write(edit, author).plan.position)
        except Met:
            self.met += 1
        except QuotaLoomError:
            return


def interleaved(transactions, rng):
    """Each looks and then writes once or twice; the steps of all in any order."""
    waiting = [[one.look, *[one.write] * int(rng.integers(1, 3))] for one in transactions]
    while waiting:
        steps = waiting[int(rng.integers(len(waiting)))]
        steps.pop(0)()
        waiting = [left for left in waiting if left]


def overwritten(journal, one):
    """Cells that an edit changed although others had written them unseen."""
    found = 0
    for seq in one.written:
        before, after = journal.at(seq - 1).column(KEY), journal.at(seq).column(KEY)
        unseen = [late for late in range(one.seen + 1, seq) if late not in one.written]
        found += int(((before.values != after.values) & np.isin(before.writer, unseen)).sum())
    return found


@pytest.mark.parametrize("number", range(ROUNDS))
def test_every_interleaving_is_as_good_as_some_order(tmp_path, number):
    store, rng = a_plan(tmp_path / "serial.plan"), np.random.default_rng(number)
    journals = [open_plan(FolderStore(store.folder)) for _ in range(4)]
    met = written = 0
    for _ in range(examples(1000) // ROUNDS):
        some = [
            Transaction(journal, Team(rng), f"p{place}")
            for place, journal in enumerate(journals[: int(rng.integers(2, 5))])
        ]
        interleaved(some, rng)
        newest = open_plan(FolderStore(store.folder))
        assert sum(overwritten(newest, one) for one in some) == 0
        assert {plan_digest(one.journal.refresh()) for one in some} == {plan_digest(newest.plan)}
        met += sum(one.met for one in some)
        written += sum(len(one.written) for one in some)
    cold = Journal(store, first(store), journals[0].clock)  # the order of the journal, one by one
    assert plan_digest(cold.plan) == plan_digest(journals[0].refresh())
    assert verify_store(store).position == cold.plan.position == written
    assert met > 0
