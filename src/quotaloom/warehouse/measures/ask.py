"""Aggregates asked of an engine: its tables laid out, one query for all that share their rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.measures.expression import columns
from quotaloom.core.numeric.quotient import WIDE
from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.engines.parquet import columns_of
from quotaloom.warehouse.measures.query import (
    CALENDAR,
    DAY,
    RATE,
    added,
    counted,
    plain,
    register_columns,
    rows_of,
    table_columns,
)
from quotaloom.warehouse.measures.stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ibis.expr.types import Table

    from quotaloom.core.model.measures.expression import Aggregate
    from quotaloom.core.model.measures.source import Source
    from quotaloom.core.model.periods import Period
    from quotaloom.warehouse.engines.engine import Engine
    from quotaloom.warehouse.measures.mart import Mart
    from quotaloom.warehouse.measures.query import Grain


@dataclass(frozen=True, eq=False)
class Sums:
    """What an engine answered: the keys, ``§period``, and a column an aggregate."""

    frame: pl.DataFrame
    columns: Mapping[Aggregate, str]


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of some facts (None without any), and rows without a day."""

    first: date | None
    last: date | None
    undated: int


@dataclass(frozen=True)
class Asking:
    """Aggregates of facts in an engine. ``files`` holds the Parquet files of each kind.

    Sums that were kept (``marts``, the coarsest first) are asked in place of their facts.
    """

    engine: Engine
    known: Mapping[str, Source]
    files: Mapping[str, tuple[Path, ...]]
    aggregates: tuple[Aggregate, ...]
    grain: Grain
    marts: tuple[Mart, ...] = ()

    def lay_out(self) -> None:
        """Have the engine know the tables. Raises UsageRefused for a key that facts lack."""
        wanted: dict[str, dict[str, str]] = {}
        for one in self.aggregates:
            told = table_columns(one.source, [one], self.grain, self.known)
            wanted.setdefault(one.source, {}).update(told)
            for member in {column.through for column in columns(one) if column.through}:
                register = self.known[one.source].members[member]
                told = register_columns(member, [one], self.known)
                wanted.setdefault(register, {}).update(told)
        self._refuse_keys()
        for mart in filter(None, map(self._mart, self.together())):
            self.engine.put_files(mart.name, (mart.path,), mart.types)
        for source, told in wanted.items():
            self.engine.put_files(source, self.files.get(source, ()), told)

    def _refuse_keys(self) -> None:
        lacking = [
            error("measure.no_key", key, source=source)
            for source in dict.fromkeys(one.source for one in self.aggregates)
            for key in self.grain.members
            if not self._has_members(source, key)
        ]
        if lacking:
            raise UsageRefused(lacking)

    def _has_members(self, source: str, key: str) -> bool:
        """Whether a column holds members: a text that is known, or that files have beside."""
        held = self.known[source].columns.get(key)
        return held == "text" if held else key in self.there(source) and key not in ORIGIN

    def there(self, source: str) -> set[str]:
        """The columns that the files of a kind of facts hold."""
        return columns_of(self.files.get(source, ()))

    def absent(self, one: Aggregate) -> tuple[str, ...]:
        """What an aggregate reads and nobody ever imported: the kind of facts, or columns of it.

        A condition may ask for a column that is not there, as long as another one is.
        """
        if not self.files.get(one.source):
            return (one.source,)
        there = self.there(one.source)
        figure, judged = (
            {column.through or column.name for column in columns(part)}
            for part in ((one.value, one.of, one.on), one.where)
        )
        lacking = (figure - there) | (judged - there if not judged & there else set())
        return tuple(f"{one.source}.{name}" for name in sorted(lacking))

    def together(self) -> Iterator[tuple[Aggregate, ...]]:
        """The aggregates by query: plain ones of the same rows at once, each other alone."""

        def rows(one: Aggregate) -> tuple[str, str]:
            return one.source, one.on.name if one.on else ""

        alike = sorted((one for one in self.aggregates if plain(one)), key=rows)
        yield from (tuple(some) for _, some in groupby(alike, key=rows))
        yield from ((one,) for one in self.aggregates if not plain(one))

    def spans(self) -> dict[str, Span]:
        """From when to when facts are, by the column of the day on which they count."""
        found: dict[str, Span] = {}
        for some in self.together():
            day = f"{some[0].source}.{some[0].on.name if some[0].on else 'date'}"
            if day in found:
                continue
            mart = self._mart(some)
            ends = mart.ends(self.grain) if mart else self._ends(some)
            found[day] = Span(*self.engine.run(ends).row(0))
        return found

    def _ends(self, some: tuple[Aggregate, ...]) -> Table:
        rows = rows_of(some, replace(self.grain, is_dated=False), self.known)
        undated = rows.count(where=rows[DAY].isnull())
        return rows.agg(first=rows[DAY].min(), last=rows[DAY].max(), undated=undated)

    def _mart(self, some: tuple[Aggregate, ...]) -> Mart | None:
        """The coarsest mart that holds some aggregates."""
        return next((one for one in self.marts if one.holds(some, self.grain)), None)

    def sums(self, periods: Sequence[Period]) -> list[Sums]:
        """The answers of the engine, by keys and the place of the period among ``periods``."""
        if self.grain.is_dated:
            self.engine.put(CALENDAR, _calendar(periods))
        found = []
        for some in self.together():
            names = {one: f"c{place}" for place, one in enumerate(some)}
            found.append(Sums(_shared(self.engine.run(self._query(some))), names))
        return found

    def _query(self, some: tuple[Aggregate, ...]) -> Table:
        """The expression that answers some aggregates."""
        mart = self._mart(some)
        if mart:
            return mart.added(some, self.grain)
        kept = [stored(one, self.known) for one in some]
        if plain(kept[0]):
            return added(kept, self.grain, self.known)
        return counted(kept[0], self.grain, self.known)


def _shared(sums: pl.DataFrame) -> pl.DataFrame:
    """Sums by rate become the sums of their shares, in the product of both scales."""
    if RATE not in sums.columns:
        return sums
    share = pl.col("c0").cast(WIDE) * pl.col(RATE)
    return sums.group_by(pl.exclude(RATE, "c0")).agg(share.sum().alias("c0"))


def _calendar(periods: Sequence[Period]) -> pl.DataFrame:
    """A row a day: ``date`` and the place of its period."""
    spans = pl.DataFrame(
        [(one.start, one.end, place) for place, one in enumerate(periods)],
        schema={"start": pl.Date, "end": pl.Date, "number": pl.Int64},
        orient="row",
    )
    days = pl.date_ranges("start", "end", closed="left").alias("date")
    return spans.select(days, "number").explode("date")
