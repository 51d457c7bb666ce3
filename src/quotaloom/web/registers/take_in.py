"""Imports taken into the register: what another system keeps is shown here and never written here.

The fact that counts decides who keeps a record. One that an import brought belongs to that
import's source, also where it was kept here before; where the import is taken back, the fact before
it counts again, and with it the one who kept it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.batches.row import BATCH, ROW
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.data.models import FactEntry
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.registers.field import plain, put
from quotaloom.web.registers.imported import Places, values_of
from quotaloom.web.registers.models import Change, Opportunity, Taken, Update
from quotaloom.web.registers.rows import REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from quotaloom.web.registers.field import Values

OPPORTUNITIES: Final = "opportunities"
AT_ONCE: Final = 1_000  # rows in one transaction
LONGEST: Final = 80


def newest_import() -> int:
    """The position of the last act on the opportunities, 0 for none."""
    rows = FactEntry.objects.filter(dataset=OPPORTUNITIES)
    return rows.aggregate(last=Max("position"))["last"] or 0


def take_in() -> None:
    """Bring the register to the facts as they are now; nothing where it is there already.

    Many rows are taken in part by part, so that others may write in between; begun anew after a
    crash, it leaves alone what is there.
    """
    newest = newest_import()
    taken, _ = Taken.objects.get_or_create(pk=1)
    if taken.position != newest:
        _settle(newest)
        Taken.objects.filter(pk=taken.pk).update(position=newest)


@dataclass(slots=True)
class _Written:
    """What is to be written, so that many records take few statements."""

    places: Places
    at: datetime = field(default_factory=timezone.now)
    new: list[Opportunity] = field(default_factory=list)
    changed: list[Opportunity] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    changes: list[tuple[Update, str, Any, Any]] = field(default_factory=list)

    def meet(self, record: Opportunity, values: Values, batch: int) -> None:
        """Note what differs; a record without a position is new, and its fields no changes."""
        before = plain(record)
        moved = {name: new for name, new in values.items() if new != before[name]}
        if not moved:
            return
        put(record, moved, self.places.members)
        is_new = record.position == 0
        record.position, record.updated_at = record.position + 1, self.at
        (self.new if is_new else self.changed).append(record)
        update = Update(
            record=record,
            position=record.position,
            at=self.at,
            batch=batch,
            day=timezone.localdate(),
            is_published=True,
        )
        self.updates.append(update)
        if not is_new:
            self.changes += [(update, name, before[name], new) for name, new in moved.items()]

    def save(self) -> None:
        """Write all of it."""
        columns = [one.name for one in Opportunity._meta.fields if not one.primary_key]  # noqa: SLF001 - Django's
        Opportunity.objects.bulk_create(self.new)
        Opportunity.objects.bulk_create(
            self.changed, update_conflicts=True, unique_fields=["id"], update_fields=columns
        )
        Update.objects.bulk_create(self.updates)
        rows = (
            Change(update=update, field=name, old=old, new=new)
            for update, name, old, new in self.changes
        )
        Change.objects.bulk_create(rows)


def _settle(position: int) -> None:
    shelf, places, published = facts_shelf(), Places(), _published()
    sources = {
        one.position: (one.source or ", ".join(one.files))[:LONGEST] for one in shelf.entries()
    }
    facts = table(shelf, KINDS[OPPORTUNITIES], position).drop_nulls("opportunity")
    for part in facts.iter_slices(AT_ONCE):
        rows = {row["opportunity"]: row for row in part.iter_rows(named=True)}
        with transaction.atomic():
            _take(rows, sources, _Written(places), published)
    told = set(facts["opportunity"])
    left = Opportunity.objects.filter(is_there=True).values_list("number", flat=True)
    for numbers in _batched(sorted(set(left) - told)):
        with transaction.atomic():
            _miss(numbers, position, _Written(places), published)


def _take(
    rows: Mapping[str, Mapping[str, Any]],
    sources: Mapping[int, str],
    written: _Written,
    published: Mapping[UUID, int],
) -> None:
    """Meet what facts tell with the records of their numbers."""
    records, stale = _locked(rows), []
    for number, row in rows.items():
        record = records.get(number) or Opportunity(number=number)
        source = sources[row[BATCH]]
        master = "" if source == REGISTER else source
        if master or record.master:
            values = values_of(row, written.places) | {"master": master, "is_there": True}
            written.meet(record, values, row[BATCH])
        elif row[ROW] != published.get(record.pk):
            stale.append(published.get(record.pk, 0))
    written.save()
    Update.objects.filter(pk__in=stale).update(is_published=False)


def _miss(
    numbers: Sequence[str], position: int, written: _Written, published: Mapping[UUID, int]
) -> None:
    """Records that no fact tells of: those of an import leave, our own are published again."""
    stale = []
    for record in _locked(numbers).values():
        if record.master:
            written.meet(record, {"is_there": False}, position)
        else:
            stale.append(published.get(record.pk, 0))
    written.save()
    Update.objects.filter(pk__in=stale).update(is_published=False)


def _locked(numbers: Iterable[str]) -> dict[str, Opportunity]:
    """The records of some numbers, held until the transaction ends."""
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("seat")
    return {one.number: one for one in rows.filter(number__in=list(numbers))}


def _batched(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    """The numbers, part by part."""
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _published() -> dict[UUID, int]:
    """The last published update of each record that people wrote here."""
    rows = Update.objects.filter(is_published=True, batch=0).values_list("record")
    return dict(rows.annotate(last=Max("pk")).order_by())
