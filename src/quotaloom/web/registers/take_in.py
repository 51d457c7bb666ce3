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
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from quotaloom.web.registers.field import Values

OPPORTUNITIES: Final = "opportunities"
AT_ONCE: Final = 1_000  # rows in one statement
LONGEST: Final = 80


def newest_import() -> int:
    """The position of the last act on the opportunities, 0 for none."""
    rows = FactEntry.objects.filter(dataset=OPPORTUNITIES)
    return rows.aggregate(last=Max("position"))["last"] or 0


def take_in() -> None:
    """Bring the register to the facts as they are now; nothing where it is there already."""
    newest = newest_import()
    with transaction.atomic():
        taken, _ = Taken.objects.select_for_update().get_or_create(pk=1)
        if taken.position != newest:
            _settle(newest)
            taken.position = newest
            taken.save()


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
        Opportunity.objects.bulk_create(self.new, AT_ONCE)
        Opportunity.objects.bulk_update(self.changed, columns, AT_ONCE)
        Update.objects.bulk_create(self.updates, AT_ONCE)
        rows = (
            Change(update=update, field=name, old=old, new=new)
            for update, name, old, new in self.changes
        )
        Change.objects.bulk_create(rows, AT_ONCE)


def _settle(position: int) -> None:
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("seat")
    records = {one.number: one for one in rows}
    published, written = _published(), _Written(Places())
    stale: list[int] = []
    for number, master, row in _facts(position):
        record = records.pop(number, None) or Opportunity(number=number)
        if master or record.master:
            values = values_of(row, written.places) | {"master": master, "is_there": True}
            written.meet(record, values, row[BATCH])
        elif row[ROW] != published.get(record.pk):
            stale.append(published.get(record.pk, 0))
    for record in records.values():  # no fact tells of them
        if record.master:
            written.meet(record, {"is_there": False}, position)
        else:
            stale.append(published.get(record.pk, 0))
    written.save()
    Update.objects.filter(pk__in=stale).update(is_published=False)


def _facts(position: int) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every opportunity that counts: its number, who keeps it ("": the register), its row."""
    shelf = facts_shelf()
    sources = {
        one.position: (one.source or ", ".join(one.files))[:LONGEST] for one in shelf.entries()
    }
    for row in table(shelf, KINDS[OPPORTUNITIES], position).iter_rows(named=True):
        if row["opportunity"]:
            source = sources[row[BATCH]]
            yield row["opportunity"], "" if source == REGISTER else source, row


def _published() -> dict[Any, int]:
    """The last published update of each record that people wrote here."""
    rows = Update.objects.filter(is_published=True, batch=0).values_list("record")
    return dict(rows.annotate(last=Max("pk")).order_by())
