"""The facts that a figure is made of, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ibis
import polars as pl

from quotaloom.core.model.measures.expression import (
    Aggregate,
    Arithmetic,
    Viewed,
    children,
    columns,
)
from quotaloom.core.model.measures.quantity import STORED
from quotaloom.core.model.measures.rated import figure_and_rate
from quotaloom.core.numeric.quotient import WIDE, Quotients
from quotaloom.warehouse.measures.query import (
    DAY,
    RATE,
    Grain,
    condition,
    register_columns,
    row_value,
    rows_of,
    table_columns,
)
from quotaloom.warehouse.measures.stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from ibis.expr.types import BooleanValue, Table

    from quotaloom.core.model.measures.expression import Node
    from quotaloom.core.model.measures.source import Source
    from quotaloom.warehouse.engines.engine import Engine

VALUE: Final = "§value"


@dataclass(frozen=True)
class Part:
    """An aggregate of a formula: its rows of a period, or all up to its end (``is_balance``).

    A row that ``less`` counts as well is not among them: what was closed is open no more.
    """

    one: Aggregate
    less: Aggregate | None = None
    is_balance: bool = False


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows of a kind of facts, the largest first, of ``count``; ``total`` is of all of them.

    ``total`` is in the whole numbers of the facts, None where rows are counted and not added up.
    """

    source: str
    frame: pl.DataFrame
    count: int
    total: int | None


def parts(formula: Node) -> Iterator[Part]:
    """The aggregates of a formula that is written out, what is taken off beside what it is of."""
    if isinstance(formula, Viewed) and formula.view == "to_date" and formula.figure:
        yield from _balance(formula.figure)
    elif isinstance(formula, Aggregate):
        yield Part(formula)
    else:
        for one in children(formula):
            yield from parts(one)


def _balance(figure: Node) -> Iterator[Part]:
    pair = [one for one in children(figure) if isinstance(one, Aggregate)]
    is_rest = isinstance(figure, Arithmetic) and figure.sign == "-" and len(pair) == 2
    if is_rest and pair[0].source == pair[1].source:
        yield Part(pair[0], pair[1], is_balance=True)
    elif isinstance(figure, Aggregate):
        yield Part(figure, is_balance=True)
    else:
        for below in children(figure):
            yield from _balance(below)


@dataclass(frozen=True)
class Looking:
    """Which rows: of the days ``[first, last]``, of the members ``within``, and what of them.

    ``shown`` are columns with their Ibis types; ``most`` is how many rows are wanted, None: all.
    """

    first: date
    last: date
    within: tuple[tuple[str, tuple[str, ...]], ...]
    shown: Mapping[str, str]
    most: int | None = None


@dataclass(frozen=True)
class Behind:
    """The rows of one part of a formula. ``files`` are the Parquet files of each kind of facts."""

    part: Part
    looking: Looking
    known: Mapping[str, Source]
    files: Mapping[str, tuple[Path, ...]]

    def rows(self, engine: Engine) -> Rows:
        """What the engine answers: it is asked first what each row adds, then for the largest."""
        self._lay_out(engine)
        found, adds = self.query(), self.part.one.how in ("sum", "last")
        if RATE in found.columns:
            return self._of_shares(engine.run(found.select(*self.looking.shown, VALUE, DAY, RATE)))
        sizes = engine.run(found.select(DAY, VALUE))
        by = [pl.col(VALUE).abs() if adds else pl.col(DAY), pl.col(DAY)]
        most = sizes.height if self.looking.most is None else self.looking.most
        edge = sizes.top_k(most, by=by).row(-1, named=True) if 0 < most < sizes.height else None
        wanted = self._from(found, edge, adds=adds) if edge else found
        rows = engine.run(wanted.select(*self.looking.shown, VALUE, DAY))
        largest = rows.sort(*by, descending=True, nulls_last=True, maintain_order=True)
        total = int(sizes[VALUE].cast(pl.Int128).sum()) if adds else None
        shown = largest.head(most).drop(DAY)
        return Rows(self.part.one.source, shown, sizes.height, total)

    def _of_shares(self, rows: pl.DataFrame) -> Rows:
        """The rows with the share of each, rounded to be shown; their total is rounded once."""
        exact = rows.select(pl.col(VALUE).cast(WIDE) * pl.col(RATE)).to_series()
        whole = pl.Series([exact.sum() or 0], dtype=WIDE)
        share, total = (Quotients.of(one, STORED["share"]).rounded(1) for one in (exact, whole))
        shown = rows.with_columns(share.alias(VALUE)).sort(
            pl.col(VALUE).abs(), DAY, descending=True, nulls_last=True, maintain_order=True
        )
        most = rows.height if self.looking.most is None else self.looking.most
        largest = shown.head(most).drop(DAY, RATE)
        return Rows(self.part.one.source, largest, rows.height, int(total[0]))

    def _from(self, found: Table, edge: Mapping[str, Any], *, adds: bool) -> Table:
        """The rows that add at least as much, or are at least as new, as one of them."""
        if not adds:
            return found.filter(found[DAY] >= ibis.literal(edge[DAY])) if edge[DAY] else found
        size = abs(edge[VALUE])
        return found.filter((found[VALUE] >= size) | (found[VALUE] <= -size))

    def query(self) -> Table:
        """The rows with their ``§value``: what each adds, 1 where rows are counted.

        Where a share of it counts, ``§rate`` says which; rows without one add nothing.
        """
        one, *less = self._asked()
        looking = self.looking
        grain = Grain(is_dated=False, until=looking.last, within=looking.within)
        rows = rows_of((one, *less), grain, self.known, looking.shown)
        if not self.part.is_balance:
            rows = rows.filter(rows[DAY] >= ibis.literal(looking.first))
        if one.where is not None:
            rows = rows.filter(condition(one.where, rows))
        for other in less:
            rows = rows.filter(
                ~ibis.coalesce(self._counted(other, rows), ibis.literal(value=False))
            )
        if rated := figure_and_rate(one.value, self.known):
            figure, rate = (row_value(node, rows) for node in rated)
            return rows.mutate(**{VALUE: figure, RATE: rate}).filter(rate.notnull())
        value = row_value(one.value, rows) if one.how in ("sum", "last") else ibis.literal(1)
        return rows.mutate(**{VALUE: value.cast("int64")})

    def _asked(self) -> tuple[Aggregate, ...]:
        both = (self.part.one, self.part.less)
        return tuple(stored(one, self.known) for one in both if one is not None)

    def _counted(self, one: Aggregate, rows: Table) -> BooleanValue:
        """Whether an aggregate counts a row by the last day."""
        day = rows[one.on.name if one.on else "date"]
        there = day <= ibis.literal(self.looking.last)
        return there if one.where is None else condition(one.where, rows) & there

    def _lay_out(self, engine: Engine) -> None:
        asked, source = self._asked(), self.part.one.source
        grain = Grain(is_dated=False, within=self.looking.within)
        told = table_columns(source, asked, grain, self.known) | dict(self.looking.shown)
        engine.put_files(source, self.files.get(source, ()), told)
        for member in {column.through for column in columns(asked) if column.through}:
            register = self.known[source].members[member]
            of_register = register_columns(member, asked, self.known)
            engine.put_files(register, self.files.get(register, ()), of_register)
