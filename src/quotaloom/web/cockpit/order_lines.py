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
from quotaloom.cycle.track.large_credited import LargeCredited
from quotaloom.cycle.track.placed import AMOUNT, placed
from quotaloom.warehouse.batches.entry import standing
from quotaloom.warehouse.marts.shelf_file import fact_files, is_large
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.cockpit.filed import filed, sums_file
from quotaloom.web.cockpit.ruled import Ruled, ruled
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.plans.kept import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.board import Board
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.entry import Entry

LINES: Final = KINDS["order_lines"]
NET: Final = "net_amount"
SHOWN: Final = ("order", "line", "contract", "customer", "product", "seat")  # of a source line


@dataclass(frozen=True, slots=True)
class Facts:
    """The imports of order lines that count, and the acts that make the lines what they are.

    What is kept of the lines is kept by ``state``, the folder and what was done in it: names that
    are resolved and batches that are taken back change it like an import does.
    """

    batches: list[Entry]
    state: tuple[str | int, ...]

    @classmethod
    def now(cls) -> Facts:
        """As they are known now."""
        shelf = facts_shelf()
        acts = standing(shelf.entries(), LINES.name)
        batches = [one for one in acts if one.act == "commit"]
        return cls(batches, (str(shelf.folder), *(one.position for one in acts)))


class Credited(Protocol):
    """What was sold, under the members of the quotas."""

    @property
    def rules(self) -> Ruled:
        """The rules that were applied."""

    def sums(self) -> pl.DataFrame:
        """The credit by day; see ``Board.facts``."""

    def crossed(self, first: date, last: date) -> pl.DataFrame | None:
        """The credit of a board from a first day to its last one; see ``Board.crossed``."""

    def largest(self, board: Board, most: int) -> Largest:
        """The largest lines of the board's branch."""

    def file(self, first: date, last: date) -> None:
        """Have what is asked above ready for other processes, if it takes its time."""


def newest_day(facts: Facts) -> date:
    """The last day that has a line."""
    day: date = kept(("newest", facts.state), lambda: _newest(facts))
    return day


def _newest(facts: Facts) -> date:
    last = pl.col("date").max()
    if not is_large(facts.batches):
        return _held(facts).select(last).item()  # type: ignore[no-any-return]
    scans = [pl.scan_parquet(path) for path in fact_files(facts_shelf(), LINES.name)]
    days: list[date] = [one.select(last).collect().item() for one in scans]
    return max(days)


def _held(facts: Facts) -> pl.DataFrame:
    """The lines themselves."""
    return kept(("facts", facts.state), lambda: table(facts_shelf(), LINES))


def credited_lines(facts: Facts, quotas: Quotas, key: tuple[Hashable, ...]) -> Credited:
    """The lines under the members whose places the key names, credited by the rules."""
    rules = ruled(quotas.axes[0][-1])
    told = (*key, facts.state, rules.digest)
    if is_large(facts.batches):
        return _many(quotas, told, rules)
    held = _held(facts)
    lines, faults = kept(("placed", *told), lambda: _placed(held, quotas, rules))
    return _Few(lines, quotas, told, rules.refused(faults))


def _many(quotas: Quotas, told: tuple[Hashable, ...], rules: Ruled) -> _Many:
    lines = LargeLines(facts_shelf(), LINES, quotas, measures_of(Path(settings.HOME)), NET)
    if rules.crediting is None:
        return _Many(lines, told, rules)
    credited = _Many(LargeCredited(lines, rules.crediting), told, rules)
    faults = kept(("faults", *told), lambda: _faults(credited))
    return _Many(lines, (*told, "unruled"), rules.refused(faults)) if faults else credited


def _faults(lines: _Many) -> Sequence[Finding]:
    """What the lines have shown to be wrong in their rules."""
    try:
        lines.sums()
    except DataRefused as refusal:
        return refusal.findings
    return ()


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

    def crossed(self, first: date, last: date) -> None:
        """The sums tell all levels."""

    def largest(self, board: Board, most: int) -> Largest:
        found = board.lines_of(self.lines.filter(pl.col(board.levels[-1]).is_in(board.leaves)))
        return Largest(found.head(most), found.height, int(found[AMOUNT].sum()))

    def file(self, first: date, last: date) -> None:
        """It takes no time."""


@dataclass(frozen=True, slots=True, eq=False)
class _Many:
    """Lines of which only sums are held."""

    lines: LargeLines | LargeCredited
    key: tuple[Hashable, ...]
    rules: Ruled

    def sums(self) -> pl.DataFrame:
        made = self.lines.daily
        return kept(("daily", *self.key), lambda: filed("daily", self.key, made))

    def crossed(self, first: date, last: date) -> pl.DataFrame:
        key = (*self.key, first, last)
        return kept(("crossed", *key), lambda: filed("crossed", key, self._crossed(first, last)))

    def _crossed(self, first: date, last: date) -> Callable[[], pl.DataFrame]:
        return lambda: self.lines.crossed(first, last)

    def largest(self, board: Board, most: int) -> Largest:
        return self.lines.largest(board, SHOWN, most)

    def file(self, first: date, last: date) -> None:
        sums_file("daily", self.key, self.lines.daily)
        sums_file("crossed", (*self.key, first, last), self._crossed(first, last))
