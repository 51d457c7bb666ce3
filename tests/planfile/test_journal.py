"""An open journal: replay is exact on any machine, editors of different places never wait."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.digest import plan_digest
from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.model.errors import DataRefused, Infeasible, UsageRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.plan.begin import begun
from quotaloom.cycle.plan.desk import create, first, open_plan, save_checkpoint
from quotaloom.planfile.definition import Definition
from quotaloom.planfile.figures import Figures
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Author, Journal, Met
from tests.core.allocation.journal.plans import at, plan_of
from tests.support.counts import examples
from tests.support.team import Team, work

if TYPE_CHECKING:
    from pathlib import Path

ME, YOU = Author("me"), Author("you")


def a_plan(folder: Path, seats=None) -> FolderStore:
    """A plan folder of 2027 in quarters: regions with seats × products."""
    rng = np.random.default_rng(7)
    count = 5 if seats is None else len(seats)
    plan = plan_of(rng.integers(0, 400, (count * 2, 4)), seats=seats)
    head = Definition(
        name="2027",
        currency="CNY",
        year=2027,
        kind="quarter",
        calendar=FiscalCalendar(),
        measures=tuple(plan.measures.values()),
        layers=plan.layers,
        axes=plan.axes,
        figures="",
    )
    return create(folder, begun(head, Figures(plan.rows, plan.columns)))


@pytest.fixture
def store(tmp_path):
    return a_plan(tmp_path / "2027.plan")


def wish(amount, period="", **members):
    """An edit that sets one total."""
    return Set((Wish(at(period, **members), amount),))


def test_what_was_written_is_there_for_the_next_who_opens(store):
    journal = open_plan(store)
    journal.write(wish(700, "2027Q2", region="R1"), ME, "why not")
    again = open_plan(FolderStore(store.folder))
    assert plan_digest(again.plan) == plan_digest(journal.plan)
    assert again.plan.total(at("2027Q2", region="R1")) == 700
    record = again.record(1)
    assert record.author == "me"
    assert store.text(record.reason) == "why not"
    assert record.time <= datetime.now(UTC)


def test_a_preview_writes_nothing(store):
    journal = open_plan(store)
    before = plan_digest(journal.plan)
    shown = journal.preview(wish(700, "2027Q2"), ME)
    assert shown.plan.total(at("2027Q2")) == 700
    assert plan_digest(journal.refresh()) == before
    assert store.head().position == 0


def test_others_edits_of_other_places_are_taken_along(store):
    mine, yours = open_plan(store), open_plan(FolderStore(store.folder))
    mine.write(wish(700, "2027Q2", region="R1"), ME)
    yours.write(wish(300, "2027Q2", region="R2"), Author("you", seen=0))
    assert mine.refresh().total(at("2027Q2")) == 1_000


def test_two_edits_of_one_place_meet_and_are_named(store):
    mine, yours = open_plan(store), open_plan(FolderStore(store.folder))
    mine.write(wish(700, "2027Q2", region="R1"), ME)
    with pytest.raises(Met) as refusal:
        yours.write(wish(100, "2027Q2", region="S1"), Author("you", seen=0))
    assert [one.author for one in refusal.value.records] == ["me"]
    assert refusal.value.meetings[0].cells == 2
    yours.write(wish(100, "2027Q2", region="S1"), Author("you", seen=1))


@pytest.mark.parametrize(
    ("first_edit", "late_edit"),
    [
        (grammar.HoldEdit(at("2027Q2", region="R1"), "total"), wish(9, "2027Q2", region="R1")),
        (grammar.Move("region", "S1", "R2", date(2027, 7, 1)), wish(9, region="R1")),
        (grammar.Scale(at("2027Q3"), Fraction(1, 10)), grammar.Scale(at(region="S4"), Fraction(1))),
        (wish(900, "2027Q3"), Set((Wish(at("2027Q4"), 500),), keep="hold_parent")),
    ],
)
def test_what_moves_a_total_of_another_is_stopped(store, first_edit, late_edit):
    journal = open_plan(store)
    journal.write(first_edit, ME)
    with pytest.raises((Met, Infeasible)):
        journal.write(late_edit, Author("you", seen=0))


def test_a_reference_that_another_wrote_is_a_meeting(store):
    journal = open_plan(store)
    journal.write(wish(900, "2027Q1"), ME)
    method = grammar.Method("by_reference", references=(at("2027Q1"),))
    with pytest.raises(Met):
        journal.write(Set((Wish(at("2027Q3"), 900),), method), Author("you", seen=0))


def test_undo_takes_back_ones_own_last_edit_and_then_the_one_before(store):
    journal = open_plan(store)
    digests = [plan_digest(journal.plan)]
    for amount in (700, 800):
        journal.write(wish(amount, "2027Q2", region="R1"), ME)
        digests.append(plan_digest(journal.plan))
    journal.write(wish(100, "2027Q2", region="R2"), YOU)
    journal.undo(YOU)
    journal.undo(ME)
    assert plan_digest(journal.plan) == digests[1]
    journal.undo(ME)
    assert plan_digest(journal.plan) == digests[0]
    with pytest.raises(UsageRefused, match=r"edit\.nothing_to_undo"):
        journal.undo(ME)


def test_edits_that_were_written_as_one_are_undone_and_redone_as_one(store):
    journal = open_plan(store)
    before = journal.plan.total(at())
    journal.write_all([Set((Wish(at(region=one), 900),)) for one in ("R1", "R2")], ME)
    journal.write(Set((Wish(at("2027Q1", region="R2"), 100),)), YOU)
    with pytest.raises(DataRefused, match=r"edit\.touched_since"):
        journal.undo(ME)
    assert (journal.plan.position, journal.batch(2)) == (3, [1, 2])
    journal.undo(YOU)
    journal.undo(ME)
    assert journal.plan.total(at()) == before
    assert journal.batch(6) == [5, 6]


def test_several_edits_are_all_written_or_none(store):
    journal = open_plan(store)
    with pytest.raises(UsageRefused):
        journal.write_all([Set((Wish(at(region=one), 900),)) for one in ("R1", "R9")], ME)
    assert journal.store.head().position == 0


def test_an_older_edit_is_not_taken_back_from_under_a_later_one(store):
    journal = open_plan(store)
    journal.write(wish(700, "2027Q2", region="R1"), ME)
    journal.write(wish(100, "2027Q2", region="S1"), YOU)
    with pytest.raises(DataRefused, match=r"edit\.touched_since.*#2"):
        journal.write(grammar.Revert(1), ME)


def test_several_edits_are_one_batch_that_one_undo_takes_back(store):
    journal = open_plan(store)
    before = plan_digest(journal.plan)
    edits = [wish(700, "2027Q2", region="R1"), wish(90, "2027Q3"), grammar.Scale(at(), Fraction(1))]
    done = journal.write_all(edits, ME, "三项一起")
    assert [one.plan.position for one in done] == [1, 2, 3]
    again = open_plan(FolderStore(store.folder))
    assert plan_digest(again.plan) == plan_digest(journal.plan)
    assert {store.text(again.record(seq).reason) for seq in (1, 2, 3)} == {"三项一起"}
    again.undo(ME)
    assert plan_digest(again.plan) == before


def test_a_batch_of_which_one_is_refused_or_met_is_not_written(store):
    journal = open_plan(store)
    with pytest.raises(UsageRefused):
        journal.write_all([wish(700, "2027Q2"), wish(1, region="没有")], ME)
    journal.write(wish(700, "2027Q2", region="R1"), YOU)
    late = Author("me", seen=0)
    with pytest.raises(Met):
        journal.write_all([wish(9, "2027Q2", region="R2"), wish(5, "2027Q2", region="S1")], late)
    assert open_plan(store).plan.position == 1
    journal.write_all([wish(9, "2027Q2", region="R2"), wish(5, "2027Q3")], late)
    assert open_plan(store).plan.position == 3


def test_a_batch_that_was_overtaken_is_tried_again_behind_the_others(store):
    class Late(FolderStore):
        """Somebody else is faster, once."""

        def extend(self, records, *, expected):
            if not expected:
                open_plan(FolderStore(self.folder)).write(wish(8, "2027Q4", region="R2"), YOU)
            return super().extend(records, expected=expected)

    journal = open_plan(Late(store.folder))
    journal.write_all([wish(700, "2027Q2"), wish(9, "2027Q3")], ME)
    assert [journal.record(seq).author for seq in (1, 2, 3)] == ["you", "me", "me"]
    assert journal.plan.total(at("2027Q4", region="R2")) == 8


def test_a_checkpoint_opens_the_plan_as_it_stood(store):
    journal = open_plan(store)
    journal.write(wish(700, "2027Q2", region="R1"), ME)
    save_checkpoint(journal)
    journal.write(wish(800, "2027Q3"), ME)
    again = open_plan(FolderStore(store.folder))
    assert plan_digest(again.plan) == plan_digest(journal.plan)
    assert plan_digest(again.at(1)) == plan_digest(journal.at(1))
    assert plan_digest(again.at(0)) == plan_digest(first(store))
    again.write(grammar.Revert(1), ME)
    assert again.plan.total(at("2027Q2", region="R1")) == first(store).total(
        at("2027Q2", region="R1")
    )


def test_a_journal_whose_cells_do_not_come_out_again_is_refused(store):
    journal = open_plan(store)
    journal.write(wish(700, "2027Q2", region="R1"), ME)
    plan = first(store)
    column = plan.columns["booked", "issued"]
    uneven = column.values + np.arange(column.values.size).reshape(column.values.shape)
    other = plan.with_column(("booked", "issued"), type(column).of(uneven))
    with pytest.raises(DataRefused, match=r"edit\.replay_differs.*#1"):
        Journal(store, other, journal.clock)


SEATS = {f"S{region}{seat}": f"R{region}" for region in range(8) for seat in range(3)}


@pytest.mark.heavy
def test_editors_of_different_branches_never_meet(tmp_path):
    """Eight editors, each in a region of her own, each with an open journal of her own."""
    store = a_plan(tmp_path / "many.plan", SEATS)
    each = examples(200)

    def edit(region):
        journal = open_plan(FolderStore(store.folder))
        team = Team(np.random.default_rng(region))
        met = 0
        for _ in range(each):
            seen = journal.plan.position
            author = Author(f"p{region}", seen=max(seen - 3, 0))
            author = Author(author.id, seen=author.seen, known=_own(journal, author.id))
            try:
                journal.write(team.edit(journal.plan, f"R{region}"), author)
            except Met:
                met += 1
            except (DataRefused, Infeasible, UsageRefused):
                continue
        return met

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(edit, range(8))) == 0
    whole = open_plan(FolderStore(store.folder))
    assert whole.plan.position > each * 4


def _own(journal, author):
    """The author's own last edits."""
    last = range(max(journal.plan.position - 5, 1), journal.plan.position + 1)
    return frozenset(seq for seq in last if journal.record(seq).author == author)


THREADS = ("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
MACHINES = [
    ("plain", dict.fromkeys(THREADS, "1")),
    ("fast", dict.fromkeys(THREADS, "1")),
    ("fast", dict.fromkeys(THREADS, "4")),
    ("plain", {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"}),
    ("fast", {"OPENBLAS_CORETYPE": "Nehalem", "NUMBA_CPU_NAME": "generic"}),
]

REPLAY = """
import sys
if sys.argv[2] == "plain":
    sys.modules["numba"] = None
from pathlib import Path
from quotaloom.core.allocation.journal.digest import plan_digest
from quotaloom.core.numeric import fast
from quotaloom.cycle.plan.desk import first, open_plan
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.journal import Journal
if sys.argv[2] == "fast":
    fast.WARM = fast.COLD = 0
store = FolderStore(Path(sys.argv[1]))
print(plan_digest(Journal(store, first(store), open_plan(store).clock).plan))
"""


@pytest.mark.heavy
def test_a_replay_gives_the_same_cells_on_any_machine(store):
    """With and without compiled kernels, on one thread and on four, whatever BLAS may do."""
    journal = open_plan(store)
    work(journal, Team(np.random.default_rng(11)), ME, examples(2_000))
    wanted = plan_digest(journal.plan)
    for kernels, settings in MACHINES:
        run = subprocess.run(
            [sys.executable, "-c", REPLAY, str(store.folder), kernels],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == wanted, (kernels, settings)
