"""Facts too many to be held line by line, credited by the company's rules part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit import MOST_NAMED
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.track.crediting import credited_facts
from quotaloom.cycle.track.large import Largest, dated, in_spans
from quotaloom.cycle.track.placed import AMOUNT, placed
from quotaloom.warehouse.batches.row import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.crediting import Crediting
    from quotaloom.cycle.track.large import LargeLines

PART: Final = 500_000  # lines that are held at a time


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
        found = pl.DataFrame()
        for part in self._parts(by):
            found = _joined(found, self.lines.added(part.lazy(), by).collect(), by)
        return self.lines.placed(found, axes)

    def crossed(self, first: date, last: date) -> pl.DataFrame:
        """See ``LargeLines.crossed``."""
        axes, span, found = self.lines.quotas.axes, (first, last), pl.DataFrame()
        by = self.lines.columns(axes)
        for part in self._parts(by, pl.any_horizontal(in_spans(span))):
            found = _joined(found, self.lines.spans(part.lazy(), by, span).collect(), by)
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

    def _parts(
        self, columns: Sequence[str], where: pl.Expr | None = None
    ) -> Iterator[pl.DataFrame]:
        """The lines as the rules credit them, some at a time, in the order of their files."""
        kept = (*columns, *self.crediting.columns.values(), self.crediting.member)
        wanted = dict.fromkeys((*kept, "date", self.lines.amount))
        refused: list[Finding] = []
        for rows in self._slices():
            there = set(rows.collect_schema())
            chosen = rows.select(name for name in wanted if name in there)
            part = (chosen if where is None else chosen.filter(where)).collect()
            try:
                credited = credited_facts(part, self.crediting, self.lines.amount)
            except DataRefused as refusal:
                refused += refusal.findings
            else:
                yield credited
        if refused:
            raise DataRefused(_once(refused)[:MOST_NAMED])

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


def _joined(one: pl.DataFrame, other: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Sums of parts added up; null where both are."""
    figures = pl.exclude(by)
    sums = pl.when(figures.is_not_null().any()).then(figures.sum())
    return pl.concat([one, other]).group_by(by).agg(sums) if one.width else other
