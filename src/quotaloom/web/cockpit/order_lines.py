"""The order lines of the cockpit under a plan's members: few of them held, many asked by sums."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import polars as pl
from django.conf import settings

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.read import table
from quotaloom.cycle.measures.known import measures_of
from quotaloom.cycle.track.crediting import credited_facts
from quotaloom.cycle.track.large import LargeLines, Largest
from quotaloom.cycle.track.placed import AMOUNT, placed
from quotaloom.warehouse.marts.shelf_file import fact_files, is_large
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.cockpit.ruled import Ruled, ruled
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.plans.kept import kept

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.entry import Entry

LINES: Final = KINDS["order_lines"]
NET: Final = "net_amount"
SHOWN: Final = ("order", "line", "contract", "customer", "product", "seat")  # of a source line


class Credited(Protocol):
    """What was sold, under the members of the quotas."""

    @property
    def rules(self) -> Ruled:
        """The rules that were applied."""

    def sums(self) -> pl.DataFrame:
        """The credit by day; see ``Board.facts``."""

    def crossed(self, board: Board) -> pl.DataFrame | None:
        """See ``Board.crossed``."""

    def largest(self, board: Board, most: int) -> Largest:
        """The largest lines of the board's branch."""


def newest_day(batches: list[Entry]) -> date:
    """The last day that has a line."""
    day: date = kept(("newest", batches[-1].position), lambda: _newest(batches))
    return day


def _newest(batches: list[Entry]) -> date:
    last = pl.col("date").max()
    if not is_large(batches):
        return _held(batches).select(last).item()  # type: ignore[no-any-return]
    scans = [pl.scan_parquet(path) for path in fact_files(facts_shelf(), LINES.name)]
    days: list[date] = [one.select(last).collect().item() for one in scans]
    return max(days)


def _held(batches: list[Entry]) -> pl.DataFrame:
    """The lines themselves."""
    return kept(("facts", batches[-1].position), lambda: table(facts_shelf(), LINES))


def credited_lines(batches: list[Entry], quotas: Quotas, key: tuple[Hashable, ...]) -> Credited:
    """The lines under the quotas that the key names. Rules are applied to each line by itself."""
    rules = ruled(quotas.axes[0][-1])
    told = (*key, batches[-1].position, rules.digest)
    if is_large(batches) and rules.crediting is None:
        home = Path(settings.HOME)
        return _Many(LargeLines(facts_shelf(), LINES, quotas, measures_of(home), NET), told, rules)
    facts = _held(batches)
    lines, faults = kept(("placed", *told), lambda: _placed(facts, quotas, rules))
    return _Few(lines, quotas, told, rules.refused(faults))


def _placed(
    facts: pl.DataFrame, quotas: Quotas, rules: Ruled
) -> tuple[pl.DataFrame, Sequence[Finding]]:
    """The order lines under the members of the plan, credited by the rules as far as they fit."""
    try:
        credited = credited_facts(facts, rules.crediting, NET) if rules.crediting else facts
    except DataRefused as refusal:
        return placed(facts, LINES, quotas, NET, keep=SHOWN), refusal.findings
    return placed(credited, LINES, quotas, NET, keep=SHOWN), ()


@dataclass(frozen=True, slots=True, eq=False)
class _Few:
    """Lines that are held one by one."""

    lines: pl.DataFrame
    quotas: Quotas
    key: tuple[Hashable, ...]
    rules: Ruled

    def sums(self) -> pl.DataFrame:
        by = (*self.quotas.levels, "date")
        return kept(("daily", *self.key), lambda: self.lines.group_by(by).agg(pl.col(AMOUNT).sum()))

    def crossed(self, board: Board) -> None:
        """The sums tell all levels."""

    def largest(self, board: Board, most: int) -> Largest:
        found = board.lines_of(self.lines.filter(pl.col(board.levels[-1]).is_in(board.leaves)))
        return Largest(found.head(most), found.height, int(found[AMOUNT].sum()))


@dataclass(frozen=True, slots=True, eq=False)
class _Many:
    """Lines of which only sums are held."""

    lines: LargeLines
    key: tuple[Hashable, ...]
    rules: Ruled

    def sums(self) -> pl.DataFrame:
        return kept(("daily", *self.key), self.lines.daily)

    def crossed(self, board: Board) -> pl.DataFrame:
        first, last = board.span.start, board.last
        return kept(("crossed", *self.key, first, last), lambda: self.lines.crossed(first, last))

    def largest(self, board: Board, most: int) -> Largest:
        return self.lines.largest(board, SHOWN, most)
