"""Journals that are copied for a scenario, and that go with their plans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotaloom.planfile.chain import link
from quotaloom.web.journals.models import (
    JournalCells,
    JournalCheckpoint,
    JournalRecord,
    JournalText,
    PlanJournal,
)
from quotaloom.web.journals.store import DatabaseStore

if TYPE_CHECKING:
    from uuid import UUID

_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")


def journal_copy(*, source: UUID, target: UUID, position: int) -> None:
    """Give another plan the first edits of a journal, with the cells and texts that they name.

    Call it in the transaction that makes the other plan.
    """
    store = DatabaseStore(source)
    texts = list(store.records(0, position))
    named = set(_DIGEST.findall("\n".join([store.definition(), *texts])))
    DatabaseStore.create(target, store.definition())
    journal = PlanJournal(pk=target)
    JournalRecord.objects.bulk_create(
        JournalRecord(journal=journal, position=number, text=text)
        for number, text in enumerate(texts, 1)
    )
    cells = JournalCells.objects.filter(journal=source, digest__in=named)
    JournalCells.objects.bulk_create(
        JournalCells(journal=journal, digest=row.digest, content=row.content) for row in cells
    )
    reasons = JournalText.objects.filter(journal=source, digest__in=named)
    JournalText.objects.bulk_create(
        JournalText(journal=journal, digest=row.digest, content=row.content) for row in reasons
    )
    if texts and (last := link(texts[-1])):
        moved = {"position": last.seq, "hash": last.hash}
        PlanJournal.objects.filter(pk=target).update(**moved)


def journal_drop(*, plan: UUID) -> None:
    """Delete the journal of a plan that is deleted; call it in the same transaction."""
    for kind in (JournalCheckpoint, JournalText, JournalCells, JournalRecord):
        kind.objects.filter(journal=plan).delete()
    PlanJournal.objects.filter(pk=plan).delete()
