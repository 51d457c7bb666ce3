"""Facts too many to be held line by line: sums of days, sums over a span, the largest lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.measures.expression import Aggregate, Column
from quotaloom.cycle.track.board import a_year_ago
from quotaloom.cycle.track.placed import AMOUNT, column_of, placed
from quotaloom.warehouse.batches.row import ORIGIN
from quotaloom.warehouse.marts.shelf_file import fact_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.column import Kind

AGO: Final = "§ago"
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
        columns = self.columns(axes)
        sums = self.added(self._kept(columns), ("date", *columns))
        return self.placed(sums.collect(engine=_STREAMING), axes)

    def crossed(self, first: date, last: date) -> pl.DataFrame:
        """The levels of all axes and ``credit`` of the days ``[first, last]`` and a year before.

        The days are told under the last of them, those of the year before under their first.
        """
        columns = self.columns(self.quotas.axes)
        sums = self.spans(self.lines, columns, (first, last)).collect(engine=_STREAMING)
        return self.placed(dated(sums, self.amount, (first, last)), self.quotas.axes)

    def largest(self, board: Board, shown: Sequence[str], most: int) -> Largest:
        """The lines that make the credit of a board's branch."""
        inside = self.lines.filter(pl.col("date").is_between(board.span.start, board.last))
        axes = self.quotas.axes[:1]
        columns = self.columns(axes)
        places = self.placed(self._places, axes, columns)
        leaf = pl.col(axes[0][-1]).is_in(board.leaves)
        own = places.filter(leaf, *board.within).select(columns).unique()
        told = inside.join(own.lazy(), on=columns, how="semi", nulls_equal=True)
        size = pl.col(self.amount).abs()
        least = size.top_k(most).min().fill_null(0).alias("least")
        sums = told.select(pl.len(), pl.col(self.amount).sum(), least).collect(engine=_STREAMING)
        count, total, smallest = sums.row(0)
        rows = told.filter(size >= smallest).collect(engine=_STREAMING).top_k(most, by=size)
        order = pl.col(AMOUNT).abs()
        missing = [pl.lit(None).alias(name) for name in (*shown, *ORIGIN) if name not in rows]
        found = rows.rename({self.amount: AMOUNT}).with_columns(missing)
        return Largest(found.sort(order, "date", descending=[True, False]), count, int(total or 0))

    @property
    def files(self) -> tuple[Path, ...]:
        """Those whose rows together are the facts that count."""
        return fact_files(self.shelf, self.kind.name)

    def told(self, scan: pl.LazyFrame) -> pl.LazyFrame:
        """Lines of a file under every column of the kind, members that nobody told as 未归属."""
        there = set(scan.collect_schema())
        lacking = [pl.lit(None, of).alias(name) for name, of in self._missing(there).items()]
        members = [one.name for one in self.kind.columns if one.value == "member"]
        return scan.with_columns(lacking).with_columns(pl.col(members).fill_null(UNASSIGNED))

    @cached_property
    def lines(self) -> pl.LazyFrame:
        """All of them."""
        scans = [pl.scan_parquet(path) for path in self.files]
        return self.told(pl.concat(scans, how="diagonal_relaxed"))

    def _missing(self, there: set[str]) -> dict[str, pl.DataType]:
        return {name: of for name, of in self.kind.schema().items() if name not in there}

    @cached_property
    def _places(self) -> pl.DataFrame:
        """Every place that a line names, once."""
        columns = self.columns(self.quotas.axes[:1])
        told = self._kept(columns).select(columns).unique().collect(engine=_STREAMING)
        return told.with_columns(date=pl.lit(None, pl.Date), **{self.amount: pl.lit(0, pl.Int64)})

    def columns(self, axes: Sequence[Sequence[str]]) -> list[str]:
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
            return self.lines
        sums = pl.scan_parquet(fitting[0].path).rename({fitting[0].columns[one]: self.amount})
        lacking = [pl.lit(UNASSIGNED).alias(name) for name in columns if name not in there]
        return sums.with_columns(lacking)

    def _lines_hold(self, columns: Sequence[str]) -> set[str]:
        """Those of some columns that the files have."""
        there = {name for path in self.files for name in pl.read_parquet_schema(path)}
        return there & set(columns)

    def added(self, rows: pl.LazyFrame, by: Sequence[str]) -> pl.LazyFrame:
        """The amounts of rows added up."""
        return rows.group_by(by).agg(pl.col(self.amount).sum())

    def spans(self, rows: pl.LazyFrame, by: Sequence[str], span: tuple[date, date]) -> pl.LazyFrame:
        """The amounts within a span, and of the same days a year before; null where no row is."""
        (first, last), amount = span, pl.col(self.amount)
        ago = (a_year_ago(first), a_year_ago(last))
        inside = [pl.col("date").is_between(*days) for days in (span, ago)]
        sums = [
            pl.when(one.any()).then(amount.filter(one).sum()).alias(name)
            for name, one in zip((self.amount, AGO), inside, strict=True)
        ]
        return rows.filter(pl.any_horizontal(inside)).group_by(by).agg(sums)

    def placed(
        self, sums: pl.DataFrame, axes: Sequence[tuple[str, ...]], keep: Sequence[str] = ()
    ) -> pl.DataFrame:
        """The sums under the members of some axes, added up where they meet."""
        found = placed(sums, self.kind, self.quotas, self.amount, keep=keep, axes=axes)
        levels = [level for axis in axes for level in axis]
        by = [*levels, "date", *keep]
        return found.group_by(by).agg(pl.col(AMOUNT).sum())


def dated(sums: pl.DataFrame, amount: str, span: tuple[date, date]) -> pl.DataFrame:
    """What ``LargeLines.spans`` says as rows, dated so that neither span holds the other's."""
    first, last = span
    now = sums.drop(AGO).with_columns(date=pl.lit(last))
    ago = sums.drop(amount).rename({AGO: amount}).with_columns(date=pl.lit(a_year_ago(first)))
    return pl.concat([now, ago], how="diagonal").filter(pl.col(amount).is_not_null())
