"""Undo and redo: which of somebody's own edits is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Revert
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.planfile.journal import Journal


def undo_next(journal: Journal, author: str) -> Revert:
    """The author's last edit that still stands, to be taken back. UsageRefused where none is."""
    gone = _gone(journal)
    for seq in range(journal.plan.position, 0, -1):
        record = journal.record(seq)
        if record.author == author and seq not in gone and not isinstance(record.edit, Revert):
            return Revert(seq)
    raise UsageRefused([error("edit.nothing_to_undo")])


def redo_next(journal: Journal, author: str) -> Revert:
    """The author's last undo, to be taken back, as long as she has edited nothing since."""
    gone = _gone(journal)
    for seq in range(journal.plan.position, 0, -1):
        record = journal.record(seq)
        if record.author != author or seq in gone:
            continue
        if not isinstance(record.edit, Revert):
            break
        if not isinstance(journal.record(record.edit.seq).edit, Revert):
            return Revert(seq)
    raise UsageRefused([error("edit.nothing_to_redo")])


def _gone(journal: Journal) -> set[int]:
    """The edits that were taken back, by reverts that were not taken back themselves."""
    gone: set[int] = set()
    for seq in sorted(journal.plan.reverts, reverse=True):
        edit = journal.record(seq).edit
        if seq not in gone and isinstance(edit, Revert):
            gone.add(edit.seq)
    return gone
