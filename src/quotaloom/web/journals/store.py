"""A plan's journal in the database; see JournalStore for what it promises."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.chain import first_head, follow, link
from quotaloom.planfile.digest import checked, digest, salted, unsalted
from quotaloom.planfile.store import Checkpoint, Head, Overtaken
from quotaloom.web.journals.models import JournalCheckpoint, JournalRecord, PlanJournal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

CHUNK = 500  # records at a time


class _Turn(threading.local):
    """The head of a journal that this thread holds, None while it holds none."""

    head: Head | None = None


class DatabaseStore:
    """The journal of one plan.

    Writers take turns on the row of the journal, so that a head is never written twice; the
    records of a transaction that is rolled back were never there.
    """

    def __init__(self, plan: UUID) -> None:
        self.plan = plan
        row = PlanJournal.objects.filter(pk=plan).values_list("definition", flat=True).first()
        if row is None:
            raise DataRefused([error("planfile.no_plan", str(plan))])
        self._definition = row
        self._turn = _Turn()

    @classmethod
    def create(cls, plan: UUID, definition: str, cells: Iterable[bytes] = ()) -> DatabaseStore:
        """A journal without records, with the cells that its definition names.

        Raises DataRefused where the plan has a journal already.
        """
        with transaction.atomic():
            head = first_head(definition)
            told = {"definition": definition, "hash": head.hash}
            _, is_new = PlanJournal.objects.get_or_create(pk=plan, defaults=told)
            if not is_new:
                raise DataRefused([error("planfile.plan_exists", str(plan))])
            store = cls(plan)
            for content in cells:
                store.put_cells(content)
        return store

    def definition(self) -> str:
        """The text of the plan's definition."""
        return self._definition

    def head(self) -> Head:
        """Where the journal stands now."""
        if self._turn.head:
            return self._turn.head
        return Head(*PlanJournal.objects.values_list("position", "hash").get(pk=self.plan))

    @contextmanager
    def held(self) -> Iterator[Head]:
        """A transaction in which nobody else moves the head: it is asked for once.

        Within another one of the same store it is the same.
        """
        if self._turn.head:
            yield self._turn.head
            return
        with transaction.atomic():
            self._turn.head = locked(self.plan)
            try:
                yield self._turn.head
            finally:
                self._turn.head = None

    def append(self, record: str, *, expected: int) -> Head:
        """Add a sealed record after a position."""
        return self.extend([record], expected=expected)

    def extend(self, records: Sequence[str], *, expected: int) -> Head:
        """Add sealed records after a position."""
        with self.held() as first:
            if first.position != expected:
                raise Overtaken(expected, first)
            rows, head = [], first
            for record in records:
                head = follow(record, head)
                row = JournalRecord(journal_id=self.plan, position=head.position, text=record)
                rows.append(row)
            JournalRecord.objects.bulk_create(rows)
            moved = {"position": head.position, "hash": head.hash}
            PlanJournal.objects.filter(pk=self.plan).update(**moved)
            self._turn.head = head
        return head

    def records(self, after: int = 0, upto: int | None = None) -> Iterator[str]:
        """The texts of the records in (after, upto]."""
        if self._turn.head and after >= self._turn.head.position:
            return iter(())
        rows = JournalRecord.objects.filter(journal=self.plan, position__gt=after)
        rows = rows if upto is None else rows.filter(position__lte=upto)
        return rows.order_by("position").values_list("text", flat=True).iterator(CHUNK)

    def put_cells(self, content: bytes) -> str:
        """Keep cells under their digest."""
        name = digest(content)
        self._row.cells.get_or_create(digest=name, defaults={"content": content})
        return name

    def cells(self, digest: str) -> bytes:
        """The cells of a digest, checked."""
        row = self._row.cells.filter(digest=digest).first()
        if row is None:
            raise DataRefused([error("planfile.cells_missing", digest)])
        return checked(bytes(row.content), digest)

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint."""
        position, hash_ = checkpoint.head
        told = {"content": checkpoint.content, "seal": digest(checkpoint.content)}
        self._row.checkpoints.update_or_create(position=position, hash=hash_, defaults=told)

    def latest_checkpoint(self, at_most: int | None = None) -> Checkpoint | None:
        """The last sound checkpoint of this very journal; others are passed over."""
        rows = self._row.checkpoints.order_by("-position", "pk")
        rows = rows if at_most is None else rows.filter(position__lte=at_most)
        return next((one for row in rows.iterator(1) if (one := self._sound(row))), None)

    def put_text(self, text: str) -> str:
        """Keep a reason or a note."""
        name, content = salted(text)
        self._row.texts.create(digest=name, content=content)
        return name

    def text(self, digest: str) -> str | None:
        """The text of a digest, None once it was erased."""
        row = self._row.texts.filter(digest=digest).first()
        return unsalted(bytes(row.content), digest) if row else None

    def erase_text(self, digest: str) -> bool:
        """Remove a text for ever."""
        return bool(self._row.texts.filter(digest=digest).delete()[0])

    @property
    def _row(self) -> PlanJournal:
        return PlanJournal(pk=self.plan)

    def _sound(self, row: JournalCheckpoint) -> Checkpoint | None:
        """What a row holds, if it is of this journal and as it was written."""
        content = bytes(row.content)
        head = Head(row.position, row.hash)
        if head != self._head_at(row.position) or digest(content) != row.seal:
            return None
        return Checkpoint(head, content)

    def _head_at(self, position: int) -> Head | None:
        """The head that the journal had at a position."""
        if not position:
            return first_head(self._definition)
        found = [link(text) for text in self.records(position - 1, position)]
        return Head(position, found[0].hash) if found and found[0] else None


def locked(plan: UUID) -> Head:
    """The head, which nobody else moves until the transaction that this is called in ends."""
    rows = PlanJournal.objects.select_for_update().filter(pk=plan)
    return Head(*rows.values_list("position", "hash").get())
