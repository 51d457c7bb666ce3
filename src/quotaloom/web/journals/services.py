"""Journals that go with their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.web.journals.models import (
    JournalCells,
    JournalCheckpoint,
    JournalRecord,
    JournalText,
    PlanJournal,
)

if TYPE_CHECKING:
    from uuid import UUID


def journal_drop(*, plan: UUID) -> None:
    """Delete the journal of a plan that is deleted; call it in the same transaction."""
    for kind in (JournalCheckpoint, JournalText, JournalCells, JournalRecord):
        kind.objects.filter(journal=plan).delete()
    PlanJournal.objects.filter(pk=plan).delete()
