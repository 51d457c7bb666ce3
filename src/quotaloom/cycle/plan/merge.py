"""The way back of a branch: its edits behind those of the plan, asked about where they clash."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from quotaloom.core.allocation.journal.edit import EditionEdit, Elapse, Release, Revert
from quotaloom.cycle.plan.branch import parted
from quotaloom.planfile.chain import link
from quotaloom.planfile.journal import Met
from quotaloom.planfile.record import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Author, Journal
    from quotaloom.planfile.record import Record
    from quotaloom.planfile.store import JournalStore

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which side counts where both changed the same: for all, and for single edits of the branch.

    ``mine`` leaves the branch's edit out, ``theirs`` writes it over the plan's; None asks.
    """

    usual: Side | None = None
    by_edit: Mapping[int, Side] = field(default_factory=dict)

    def of(self, seq: int) -> Side | None:
        """What was chosen for an edit of the branch."""
        return self.by_edit.get(seq, self.usual)


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit of the branch that meets edits of the plan since they parted.

    ``cells`` are how many cells it shares with each of the others.
    """

    record: Record
    others: tuple[Record, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a branch has and the plan has not; ``numbers`` are edits that came back before.

    Both know the first ``common`` edits; ``hashes`` are the seals of the records. ``known`` are
    edits of the plan that came from the branch, and those that took some of them back again.
    """

    common: int
    records: tuple[Record, ...]
    hashes: Mapping[int, str]
    numbers: Mapping[int, int]
    known: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """What a merge would do: the edits that would be written, the clashes, those left out."""

    incoming: Incoming
    written: tuple[Record, ...]
    clashes: tuple[Clash, ...]
    undecided: tuple[int, ...]
    plan: Plan


def incoming(journal: Journal, other: JournalStore) -> Incoming:
    """The edits of a branch that the plan has not, or has taken back since.

    DataRefused for a plan that is no branch of this one.
    """
    common = parted(journal.store, other)
    texts = list(other.records(common))
    measures = journal.refresh().measures
    records = [read_record(text, measures) for text in texts]
    hashes = {found.seq: found.hash for text in texts if (found := link(text))}
    gone = journal.taken_back()
    later = [journal.record(seq) for seq in range(common + 1, journal.plan.position + 1)]
    theirs = {one.seq: one.origin for one in later if one.origin in hashes.values()}
    came = {origin: seq for seq, origin in theirs.items() if seq not in gone}
    back = {one.seq for one in later if isinstance(one.edit, Revert) and one.edit.seq in theirs}
    numbers = {seq: came[seal] for seq, seal in hashes.items() if seal in came}
    new = tuple(one for one in records if one.seq not in numbers)
    return Incoming(common, new, hashes, numbers, frozenset(theirs) | back)


def rehearse(journal: Journal, other: JournalStore, author: Author, choice: Choice) -> Rehearsal:
    """What the merge would do; nothing is written. Raises as an edit of the journal does.

    What a branch closed or released is not brought back: that is done on the plan itself.
    """
    found = incoming(journal, other)
    plan = journal.plan
    numbers = dict(found.numbers)
    past: dict[int, tuple[Plan, Plan]] = {}
    written: list[Record] = []
    clashes: list[Clash] = []
    for record in found.records:
        if not _stands_here(record.edit, found.common, numbers):
            continue
        who = _writer(author, found, choice.of(record.seq))
        try:
            applied = journal.tried(plan, _renumbered(record.edit, numbers), who, past)
        except Met as met:
            shared = tuple(one.cells for one in met.meetings)
            clashes.append(Clash(record, met.records, shared))
            continue
        numbers[record.seq] = applied.plan.position
        past[applied.plan.position] = (plan, applied.plan)
        plan = applied.plan
        written.append(record)
    undecided = tuple(one.record.seq for one in clashes if choice.of(one.record.seq) is None)
    return Rehearsal(found, tuple(written), tuple(clashes), undecided, plan)


def merge(
    journal: Journal, other: JournalStore, author: Author, choice: Choice
) -> tuple[Rehearsal, dict[int, int]]:
    """The edits of a branch behind those of the plan, as one batch; their new numbers.

    Nothing is written where a clash is undecided, or any edit is refused.
    """
    plan = rehearse(journal, other, author, choice)
    done: dict[int, int] = {}
    if plan.undecided:
        return plan, done
    for record in plan.written:
        numbers = {**plan.incoming.numbers, **done}
        who = _writer(author, plan.incoming, choice.of(record.seq))
        known = who.known | frozenset(done.values())
        mine = replace(who, known=known, batch=min(done.values(), default=0))
        reason = other.text(record.reason) if record.reason else None
        edit = _renumbered(record.edit, numbers)
        journal.write(edit, mine, reason or "", plan.incoming.hashes[record.seq])
        done[record.seq] = journal.plan.position
    return plan, done


def _writer(author: Author, found: Incoming, side: Side | None) -> Author:
    """Who brings an edit back: with what the branch had seen, or over whatever there is."""
    seen = None if side == "theirs" else found.common
    return replace(author, seen=seen, known=found.known)


def _stands_here(edit: Edit, common: int, numbers: Mapping[int, int]) -> bool:
    """Whether an edit means something on the plan: no close, no lifting of what was left out."""
    if isinstance(edit, Release | Revert):
        return edit.seq <= common or edit.seq in numbers
    return not isinstance(edit, Elapse | EditionEdit)


def _renumbered(edit: Edit, numbers: Mapping[int, int]) -> Edit:
    """An edit that names another by its number in the branch names it by its number here."""
    if isinstance(edit, Release | Revert):
        return replace(edit, seq=numbers.get(edit.seq, edit.seq))
    return edit
