"""Facts too many to be held line by line, credited by the company's rules part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit import MOST_NAMED
from quotaloom.core.attainment.credit_rule import KIND, SPLIT
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.track.crediting import credited_facts
from quotaloom.cycle.track.large import Largest, dated
from quotaloom.cycle.track.placed import AMOUNT, placed
from quotaloom.warehouse.batches.row import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.crediting import Crediting
    from quotaloom.cycle.track.large import LargeLines

PART: Final = 500_000  # lines that are held at a time
MOST: Final = 4 * PART  # sums of parts that are held before they are added up


@dataclass(frozen=True, slots=True, eq=False)
class LargeCredited:
    """The facts of ``lines`` under the members that the rules credit, each line by itself.

    All that is asked raises DataRefused where two rules fit a fact equally well.
    """

    lines: LargeLines
    crediting: Crediting

    def daily(self) -> pl.DataFrame:
        """See ``LargeLines.daily``."""
        axes = self.lines.quotas.axes[:1]
        by = ["date", *self.lines.columns(axes)]
        return self.lines.placed(self._summed(lambda rows: self.lines.added(rows, by), by), axes)

    def crossed(self, first: date, last: date) -> pl.DataFrame:
        """See ``LargeLines.crossed``."""
        axes, span = self.lines.quotas.axes, (first, last)
        by = self.lines.columns(axes)
        found = self._summed(lambda rows: self.lines.spans(rows, by, span), by)
        return self.lines.placed(dated(found, self.lines.amount, span), axes)

    def largest(self, board: Board, shown: Sequence[str], most: int) -> Largest:
        """See ``LargeLines.largest``."""
        lines, axes = self.lines, self.lines.quotas.axes[:1]
        asked = [*lines.columns(axes), *shown, *ORIGIN]
        is_own = pl.col(axes[0][-1]).is_in(board.leaves)
        found, count, total = pl.DataFrame(), 0, 0
        for part in self._parts(asked, pl.col("date").is_between(board.span.start, board.last)):
            told = placed(part, lines.kind, lines.quotas, lines.amount, keep=shown, axes=axes)
            rows = board.lines_of(told.filter(is_own))
            count, total = count + rows.height, total + int(rows[AMOUNT].sum())
            found = board.lines_of(pl.concat([found, rows.head(most)], how="diagonal")).head(most)
        return Largest(found, count, total)

    def _summed(
        self, added: Callable[[pl.LazyFrame], pl.LazyFrame], by: Sequence[str]
    ) -> pl.DataFrame:
        """What all lines come to: those that a rule may fit part by part, the others at once."""
        is_ruled = self._is_ruled()
        found = [added(self.lines.lines.filter(~is_ruled)).collect(engine="streaming")]
        for part in self._parts(by, is_ruled):
            found.append(added(part.lazy()).collect())
            if sum(one.height for one in found[1:]) > MOST:
                found = [found[0], _joined(found[1:], by)]
        return _joined(found, by)

    def _parts(self, columns: Sequence[str], where: pl.Expr) -> Iterator[pl.DataFrame]:
        """The lines as the rules credit them, some at a time, in the order of their files."""
        kept = (*columns, *self.crediting.columns.values(), self.crediting.member)
        wanted = dict.fromkeys((*kept, "date", self.lines.amount))
        refused: list[Finding] = []
        is_ruled = self._is_ruled()
        for rows in self._slices():
            there = set(rows.collect_schema())
            chosen = rows.select(name for name in wanted if name in there)
            part = chosen.filter(where).collect()
            try:
                ruled = part.filter(is_ruled)
                credited = credited_facts(ruled, self.crediting, self.lines.amount)
            except DataRefused as refusal:
                refused += refusal.findings
            else:
                yield pl.concat([credited, part.filter(~is_ruled)])
        if refused:
            raise DataRefused(_once(refused)[:MOST_NAMED])

    def _is_ruled(self) -> pl.Expr:
        """Whether some split may fit a line; a line that none does stays with its own member."""
        columns = self.crediting.columns
        if not columns:
            return pl.lit(value=True)
        splits = self.crediting.rules.filter(pl.col(KIND) == SPLIT).select(*columns).unique()
        asked = splits.with_columns(pl.all().is_not_null().name.prefix("§"))
        fits = [
            pl.all_horizontal(
                pl.lit(value=True),
                *(
                    pl.col(column).is_in(alike[name].unique().implode())
                    for name, column in columns.items()
                    if alike[f"§{name}"][0]
                ),
            )
            for alike in asked.partition_by([f"§{name}" for name in columns])
        ]
        return pl.any_horizontal(pl.lit(value=False), *fits).fill_null(value=False)

    def _slices(self) -> Iterator[pl.LazyFrame]:
        for path in self.lines.files:
            scan = pl.scan_parquet(path)
            count = scan.select(pl.len()).collect().item()
            for start in range(0, count, PART):
                yield self.lines.told(scan.slice(start, PART))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """The first finding of each subject."""
    found: dict[str, Finding] = {}
    for one in findings:
        found.setdefault(one.subject, one)
    return [*found.values()]


def _joined(parts: Sequence[pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """Sums of parts added up; null where all are."""
    figures = pl.exclude(by)
    sums = pl.when(figures.is_not_null().any()).then(figures.sum())
    return pl.concat(parts).group_by(by).agg(sums)
