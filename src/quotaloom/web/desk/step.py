"""Redo: which of somebody's own undone edits is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Revert
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.planfile.journal import Journal


def redo_next(journal: Journal, author: str) -> list[Revert]:
    """The author's last undo, to be taken back, as long as she has edited nothing since."""
    gone = journal.taken_back()
    for seq in range(journal.plan.position, 0, -1):
        record = journal.record(seq)
        if record.author != author or seq in gone:
            continue
        if not isinstance(record.edit, Revert):
            break
        if not isinstance(journal.record(record.edit.seq).edit, Revert):
            return [Revert(one) for one in reversed(journal.batch(seq)) if one not in gone]
    raise UsageRefused([error("edit.nothing_to_redo")])
