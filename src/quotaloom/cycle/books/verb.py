"""books: the bridge of a period, part by part, and what finance's totals differ by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.books import BRIDGE, FIGURES, bridge, gaps, suspects
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.books.posting import postings, retentions
from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.books.request import BooksRequest
    from quotaloom.warehouse.batches.shelf import Shelf

CONTROLS: Final = {  # what a control total names, with tax or without → figure, stage, side
    ("booked", "gross"): ("booked_gross", "booked", "gross"),
    ("booked", "net"): ("booked_net", "booked", "net"),
    ("accepted", "net"): ("recognised_net", "recognised", "net"),
    ("recognised", "net"): ("recognised_net", "recognised", "net"),
    ("invoiced", "gross"): ("invoiced", "invoiced", "gross"),
    ("collected", "gross"): ("collected", "collected", "gross"),
}
USUAL: Final = {"recognised": "net", "accepted": "net"}  # where a control does not say


@dataclass(frozen=True, slots=True)
class Check:
    """One control total against ours, in the facts' scale; ``lines`` may be why they differ.

    ``region`` and ``contract`` are "" for all.
    """

    figure: str
    region: str
    contract: str
    control: int
    own: int
    lines: pl.DataFrame

    @property
    def difference(self) -> int:
        """The control total less ours."""
        return self.control - self.own


@dataclass(frozen=True, slots=True)
class Books:
    """``whole`` is the bridge, ``parts`` the same for each member; 质保金 lies within 应收.

    ``unplaced`` are control totals that name no figure here (such as deliveries). Amounts are in
    the facts' scale.
    """

    period: Period
    by: str
    whole: dict[str, int]
    parts: list[tuple[str, dict[str, int]]]
    retained: int
    checks: list[Check]
    unplaced: int
    postings: pl.DataFrame

    @property
    def closes(self) -> bool:
        """Whether every subtotal is the sum of the steps above it, in every part."""
        return not gaps(self.whole) and not any(gaps(figures) for _, figures in self.parts)

    def lines(self, stage: str, member: str = "") -> pl.DataFrame:
        """The postings of a stage within the period, of one member if named."""
        days = pl.col("date").is_between(self.period.start, self.period.end, closed="left")
        rows = self.postings.filter(days, pl.col("stage") == stage)
        return rows.filter(pl.col(self.by) == member) if member and self.by else rows


def books(shelf: Shelf, request: BooksRequest) -> Books:
    """Reconcile a period. Raises DataRefused where no contract lines were imported."""
    calendar = FiscalCalendar(start_month=request.fiscal_start, cutoff_day=request.cutoff_day)
    period = parse_period(request.period, calendar)
    posted = postings(shelf, request)
    if posted.is_empty():
        raise DataRefused([error("books.nothing", request.period)])
    by = [request.by] if request.by else []
    rows = bridge(posted, period.start, period.end, by).to_dicts()
    parts = [(str(row[request.by]), _figures(row)) for row in rows] if request.by else []
    whole = _figures(bridge(posted, period.start, period.end, []).to_dicts()[0])
    found, unplaced = _checks(shelf, posted, period)
    retained = _retained(posted, period, retentions(shelf))
    return Books(period, request.by, whole, parts, retained, found, unplaced, posted)


def _figures(row: Mapping[str, int]) -> dict[str, int]:
    return {name: row[name] for name in FIGURES}


def _retained(posted: pl.DataFrame, period: Period, kept: Mapping[str, int]) -> int:
    """质保金 that is still owed: of each contract at most what it owes at the end."""
    rows = bridge(posted, period.start, period.end, ["contract"])
    owed = rows.select("contract", "receivable_closing").iter_rows()
    return sum(min(kept.get(contract, 0), max(amount, 0)) for contract, amount in owed)


def _checks(shelf: Shelf, posted: pl.DataFrame, period: Period) -> tuple[list[Check], int]:
    """Every control total of the period, and how many name no figure."""
    rows = table(shelf, KINDS["control_totals"])
    rows = rows.filter(pl.col("date").is_between(period.start, period.end, closed="left"))
    side = pl.coalesce("tax", pl.col("stage").replace_strict(USUAL, default="gross"))
    keys = ["stage", "tax", "region", "contract"]
    rows = rows.with_columns(side.alias("tax"), pl.col("contract").fill_null(""))
    sums = rows.group_by(keys).agg(pl.col("amount").sum()).sort(keys)
    placed = [row for row in sums.to_dicts() if (row["stage"], row["tax"]) in CONTROLS]
    found = [_check(row, posted, period) for row in placed]
    found.sort(key=lambda one: (FIGURES.index(one.figure), one.region, one.contract))
    return found, sums.height - len(placed)


def _check(row: Mapping[str, str | int], posted: pl.DataFrame, period: Period) -> Check:
    figure, stage, side = CONTROLS[str(row["stage"]), str(row["tax"])]
    region = "" if row["region"] in (None, UNASSIGNED) else str(row["region"])
    contract = str(row["contract"])
    asked = {"region": region, "contract": contract}
    within = posted.filter(*(pl.col(name) == one for name, one in asked.items() if one))
    own = bridge(within, period.start, period.end, []).to_dicts()
    mine = int(own[0][figure]) if own else 0
    days = pl.col("date").is_between(period.start, period.end, closed="left")
    lines = within.filter(days, pl.col("stage") == stage)
    control = int(row["amount"])
    found = suspects(lines, control - mine, side) if control != mine else lines.clear()
    return Check(figure, region, contract, control, mine, found)


def steps(figures: Mapping[str, int]) -> Sequence[tuple[str, int, int]]:
    """The bridge as lines: figure, sign (0: a subtotal), amount."""
    return [(name, sign, figures[name]) for name, sign in BRIDGE]
