"""The log of batches in the database; see BatchLog for what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.batches.log import read_line
from quotaloom.web.data.models import FactEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.warehouse.batches.entry import Entry


class DatabaseLog:
    """A row a line. ``also`` is done in the transaction of each line that is added."""

    def __init__(self, also: Callable[[Entry], None] | None = None) -> None:
        self.also = also

    def entries(self) -> list[Entry]:
        """The whole log."""
        rows = FactEntry.objects.order_by("position").values_list("position", "line")
        return [read_line(number, line) for number, (_, line) in enumerate(rows, 1)]

    def append(self, entry: Entry) -> None:
        """Add a line. Raises DataRefused where somebody took its position meanwhile."""
        told = {"dataset": entry.dataset, "act": entry.act, "line": entry.dumps()}
        try:
            with transaction.atomic():
                FactEntry.objects.create(position=entry.position, **told)
                if self.also is not None:
                    self.also(entry)
        except IntegrityError as cause:
            if not FactEntry.objects.filter(pk=entry.position).exists():
                raise
            raise DataRefused([error("batch.overtaken", str(entry.position))]) from cause

    def mend(self) -> None:
        """Nothing: a transaction leaves no half line."""
