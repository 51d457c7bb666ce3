"""A copy of a plan that goes its own way, and the way back: branch and merge."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from quotaloom.core.allocation.journal.edit import Release, Revert
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.chain import link
from quotaloom.planfile.definition import read_definition
from quotaloom.planfile.folder import TEXTS, FolderStore
from quotaloom.planfile.journal import Author, Met
from quotaloom.planfile.record import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.planfile.journal import Journal
    from quotaloom.planfile.record import Record
    from quotaloom.planfile.store import JournalStore

Take = Literal["ask", "mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit of the branch that meets edits of the plan since they parted."""

    record: Record
    others: tuple[Record, ...]


@dataclass(slots=True)
class Merged:
    """What a merge did: the branch's edits by their new numbers, and those that were left out."""

    numbers: dict[int, int] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def branch(store: FolderStore, folder: Path, *, position: int | None = None) -> FolderStore:
    """A plan in a new folder with the same definition, cells and edits up to a position."""
    texts = list(store.records(0, position))
    head = read_definition(store.definition())
    measures = {measure.code: measure for measure in head.measures}
    records = [read_record(text, measures) for text in texts]
    digests = {head.figures, *(one.stored for one in records if one.stored)}
    cells = [store.cells(one) for one in sorted(digests)]
    made = FolderStore.create(folder, store.definition(), cells)
    for number, text in enumerate(texts):
        made.append(text, expected=number)
    shutil.copytree(store.folder / TEXTS, folder / TEXTS, dirs_exist_ok=True)
    return made


def parted(one: JournalStore, other: JournalStore) -> int:
    """The last position up to which two plans have the same edits.

    DataRefused where they did not even begin with the same definition.
    """
    if one.definition() != other.definition():
        raise DataRefused([error("edit.not_a_branch")])
    common = 0
    for mine, theirs in zip(one.records(), other.records(), strict=False):
        if link(mine) != link(theirs):
            break
        common += 1
    return common


def merge(journal: Journal, other: JournalStore, author: str, *, take: Take = "ask") -> Merged:
    """The edits of a branch written behind those of the plan, in order.

    ``ask`` writes nothing where any edit clashes, and names the clashes; ``theirs`` writes the
    branch's edits over the plan's, ``mine`` leaves those that clash out.
    """
    common = parted(journal.store, other)
    records = [read_record(text, journal.plan.measures) for text in other.records(common)]
    found = Merged()
    if take == "ask":
        staged = journal.stage(
            ((one.seq, one.edit) for one in records), Author(author, seen=common)
        )
        by_number = {one.seq: one for one in records}
        found.clashes = [Clash(by_number[seq], met.records) for seq, met in staged.met]
        if found.clashes:
            return found
    for record in records:
        known = frozenset(found.numbers.values())
        who = Author(author, seen=None if take == "theirs" else common, known=known)
        reason = other.text(record.reason) if record.reason else None
        try:
            journal.write(_renumbered(record.edit, found.numbers), who, reason or "")
        except Met as met:
            found.clashes.append(Clash(record, met.records))
            continue
        found.numbers[record.seq] = journal.plan.position
    return found


def _renumbered(edit: Edit, numbers: Mapping[int, int]) -> Edit:
    """An edit that names another by its number in the branch names it by its number here."""
    if isinstance(edit, Release | Revert):
        return replace(edit, seq=numbers.get(edit.seq, edit.seq))
    return edit
