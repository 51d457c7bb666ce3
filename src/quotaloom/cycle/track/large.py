"""Facts too many to be held line by line: sums of days, sums over a span, the largest lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.measures.expression import Aggregate, Column
from quotaloom.cycle.track.placed import AMOUNT, column_of, placed
from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.marts.shelf_file import fact_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.column import Kind

_STREAMING: Final = "streaming"


@dataclass(frozen=True, slots=True, eq=False)
class Largest:
    """Some lines, the largest first, of ``count``, and what all of them come to (scale 4)."""

    frame: pl.DataFrame
    count: int
    total: int


@dataclass(frozen=True, eq=False)
class LargeLines:
    """The facts of a kind under the members of the quotas; ``amount`` is the column added up."""

    shelf: Shelf
    kind: Kind
    quotas: Quotas
    dictionary: Dictionary
    amount: str

    def daily(self) -> pl.DataFrame:
        """The levels of the first axis, ``date`` and ``credit``, of every day."""
        axes = self.quotas.axes[:1]
        columns = self._columns(axes)
        sums = self._summed(self._kept(columns), ("date", *columns))
        return self._placed(sums, axes, ())

    def crossed(self, first: date, last: date) -> pl.DataFrame:
        """The levels of all axes and ``credit`` of the days ``[first, last]``, under the first."""
        columns = self._columns(self.quotas.axes)
        inside = self._lines.filter(pl.col("date").is_between(first, last))
        sums = self._summed(inside.with_columns(date=pl.lit(first)), ("date", *columns))
        return self._placed(sums, self.quotas.axes, ())

    def largest(self, board: Board, shown: Sequence[str], most: int) -> Largest:
        """The lines that make the credit of a board's branch."""
        inside = self._lines.filter(pl.col("date").is_between(board.span.start, board.last))
        axes = self.quotas.axes[:1]
        columns = self._columns(axes)
        places = self._placed(self._places, axes, columns)
        leaf = pl.col(axes[0][-1]).is_in(board.leaves)
        own = places.filter(leaf, *board.within).select(columns).unique()
        told = inside.join(own.lazy(), on=columns, how="semi", nulls_equal=True)
        sums = told.select(pl.len(), pl.col(self.amount).sum()).collect(engine=_STREAMING)
        count, total = sums.row(0)
        rows = told.top_k(most, by=pl.col(self.amount).abs()).collect(engine=_STREAMING)
        order = pl.col(AMOUNT).abs()
        missing = [pl.lit(None).alias(name) for name in (*shown, *ORIGIN) if name not in rows]
        found = rows.rename({self.amount: AMOUNT}).with_columns(missing)
        return Largest(found.sort(order, "date", descending=[True, False]), count, int(total or 0))

    @cached_property
    def _lines(self) -> pl.LazyFrame:
        """The lines that count, members that nobody told as 未归属."""
        scans = [pl.scan_parquet(path) for path in fact_files(self.shelf, self.kind.name)]
        whole = pl.concat(scans, how="diagonal_relaxed")
        there = set(whole.collect_schema())
        lacking = [pl.lit(None, of).alias(name) for name, of in self._missing(there).items()]
        members = [one.name for one in self.kind.columns if one.value == "member"]
        return whole.with_columns(lacking).with_columns(pl.col(members).fill_null(UNASSIGNED))

    def _missing(self, there: set[str]) -> dict[str, pl.DataType]:
        return {name: of for name, of in self.kind.schema().items() if name not in there}

    @cached_property
    def _places(self) -> pl.DataFrame:
        """Every place that a line names, once."""
        columns = self._columns(self.quotas.axes[:1])
        told = self._kept(columns).select(columns).unique().collect(engine=_STREAMING)
        return told.with_columns(date=pl.lit(None, pl.Date), **{self.amount: pl.lit(0, pl.Int64)})

    def _columns(self, axes: Sequence[Sequence[str]]) -> list[str]:
        """The stored columns that the levels of some axes name."""
        named = (column_of(self.kind, level) for axis in axes for level in axis)
        return list(dict.fromkeys(one for one in named if one is not None))

    def _kept(self, columns: Sequence[str]) -> pl.LazyFrame:
        """The kept sums by day that tell these columns; the lines where none does."""
        # Ibis takes half a second to import, which only those should wait for who compute.
        from quotaloom.warehouse.engines.embedded import embedded  # noqa: PLC0415
        from quotaloom.warehouse.marts.daily import kept_marts  # noqa: PLC0415

        one = Aggregate("sum", self.kind.name, Column(self.kind.name, self.amount))
        there = self._lines_hold(columns)
        with embedded() as engine:
            marts = kept_marts(self.shelf, self.kind.name, self.dictionary, engine)
        fitting = [mart for mart in marts if one in mart.columns and there <= set(mart.keys)]
        if not fitting:
            return self._lines
        sums = pl.scan_parquet(fitting[0].path).rename({fitting[0].columns[one]: self.amount})
        lacking = [pl.lit(UNASSIGNED).alias(name) for name in columns if name not in there]
        return sums.with_columns(lacking)

    def _lines_hold(self, columns: Sequence[str]) -> set[str]:
        """Those of some columns that the files have."""
        files = fact_files(self.shelf, self.kind.name)
        there = {name for path in files for name in pl.read_parquet_schema(path)}
        return there & set(columns)

    def _summed(self, rows: pl.LazyFrame, by: Sequence[str]) -> pl.DataFrame:
        return rows.group_by(by).agg(pl.col(self.amount).sum()).collect(engine=_STREAMING)

    def _placed(
        self, sums: pl.DataFrame, axes: Sequence[tuple[str, ...]], keep: Sequence[str]
    ) -> pl.DataFrame:
        """The sums under the members of some axes, added up where they meet."""
        found = placed(sums, self.kind, self.quotas, self.amount, keep=keep, axes=axes)
        levels = [level for axis in axes for level in axis]
        by = [*levels, "date", *keep]
        return found.group_by(by).agg(pl.col(AMOUNT).sum())
