"""Sums by day and member that were kept, asked in place of the rows they are of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import ibis

from quotaloom.core.model.measures.expression import Aggregate, Column
from quotaloom.core.model.measures.quantity import Quantity
from quotaloom.core.model.measures.source import Source
from quotaloom.warehouse.measures.query import DAY, added, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ibis.expr.types import Table

    from quotaloom.warehouse.measures.query import Grain

ROWS: Final = "rows"
"""How many rows of facts a row of sums is of."""


@dataclass(frozen=True)
class Mart:
    """The sums of some aggregates of one kind of facts by ``date`` and ``keys``, in a file."""

    name: str
    path: Path
    keys: tuple[str, ...]
    columns: Mapping[Aggregate, str]

    def holds(self, aggregates: Sequence[Aggregate], grain: Grain) -> bool:
        """Whether these aggregates can be asked of it at this grain."""
        return set(aggregates) <= set(self.columns) and set(grain.members) <= set(self.keys)

    @property
    def types(self) -> dict[str, str]:
        """The columns of its table, with their Ibis types."""
        figures = dict.fromkeys((ROWS, *self.columns.values()), "int64")
        return {"date": "date"} | dict.fromkeys(self.keys, "string") | figures

    def source(self) -> Source:
        """The mart as a kind of facts of its own."""
        figures = dict.fromkeys((ROWS, *self.columns.values()), Quantity("count"))
        return Source(self.name, {"date": "day", **dict.fromkeys(self.keys, "text"), **figures})

    def added(self, aggregates: Sequence[Aggregate], grain: Grain) -> Table:
        """What ``query.added`` answers, from the sums."""
        sums = [
            Aggregate("sum", self.name, Column(self.name, self.columns[one])) for one in aggregates
        ]
        return added(sums, grain, {self.name: self.source()})

    def ends(self, grain: Grain) -> Table:
        """The first and the last day, and how many rows of facts have none."""
        one = Aggregate("sum", self.name, Column(self.name, ROWS))
        rows = rows_of([one], replace(grain, is_dated=False), {self.name: self.source()})
        undated = ibis.coalesce(rows[ROWS].sum(where=rows[DAY].isnull()), 0)
        return rows.agg(first=rows[DAY].min(), last=rows[DAY].max(), undated=undated)
