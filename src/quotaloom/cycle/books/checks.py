"""Finance's control totals against the bridge, those that speak of what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from quotaloom.core.attainment.books import FIGURES, bridge, suspects
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.books.home import KEY
from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from quotaloom.core.attainment.books import Reason
    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.books.home import Homes
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


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One control total against ours, in the facts' scale; ``lines`` may be why they differ.

    ``region`` and ``contract`` are "" for all; ``reason`` says what speaks for the lines.
    """

    figure: str
    region: str
    contract: str
    control: int
    own: int
    reason: Reason
    lines: pl.DataFrame

    @property
    def difference(self) -> int:
        """The control total less ours."""
        return self.control - self.own


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """The checks; how many control totals name no figure here (such as deliveries).

    ``is_part``: only a part of the company was asked for, so that totals of the company say
    nothing of it and are left out.
    """

    checks: list[Check]
    unplaced: int
    is_part: bool


def checked(
    shelf: Shelf, posted: pl.DataFrame, home: Homes, period: Period, request: BooksRequest
) -> Checked:
    """The control totals of a period that speak of what is asked for, against its postings."""
    rows = table(shelf, KINDS["control_totals"])
    rows = rows.filter(pl.col("date").is_between(period.start, period.end, closed="left"))
    side = pl.coalesce("tax", pl.col("stage").replace_strict(USUAL, default="gross"))
    keys = ["stage", "tax", "region", "contract"]
    named = pl.when(pl.col("region") != UNASSIGNED).then("region").otherwise(pl.lit(""))
    rows = rows.with_columns(
        side.alias("tax"), named.alias("region"), pl.col("contract").fill_null("")
    )
    sums = rows.group_by(keys).agg(pl.col("amount").sum()).sort(keys).to_dicts()
    told = [row for row in sums if _speaks(row, posted, home, request)]
    placed = [row for row in told if (row["stage"], row["tax"]) in CONTROLS]
    found = [_check(row, _within(row, posted, home), period) for row in placed]
    found.sort(key=lambda one: (FIGURES.index(one.figure), one.region, one.contract))
    return Checked(found, len(told) - len(placed), _is_part(home, request))


def _is_part(home: Homes, request: BooksRequest) -> bool:
    return home.places.seen is not None or bool(request.region or request.contract)


def _speaks(row: dict[str, Any], posted: pl.DataFrame, home: Homes, request: BooksRequest) -> bool:
    """Whether a control total is about what is asked for, or a part of it."""
    if not _is_part(home, request):
        return True
    if row["contract"]:
        return row["contract"] in posted["contract"]
    if not row["region"] or request.contract:
        return False
    place = home.places.place(None, row["region"])
    is_asked = not request.region or home.places.region(place) == request.region
    return is_asked and home.places.holds(place)


def _within(row: dict[str, Any], posted: pl.DataFrame, home: Homes) -> pl.DataFrame:
    """The postings that a control total is about."""
    if row["contract"]:
        posted = posted.filter(pl.col("contract") == row["contract"])
    if row["region"]:
        inside = home.within(home.places.place(None, row["region"]))
        posted = posted.join(inside, on=KEY, how="semi")
    return posted


def _check(row: dict[str, Any], within: pl.DataFrame, period: Period) -> Check:
    figure, stage, side = CONTROLS[row["stage"], row["tax"]]
    own = bridge(within, period.start, period.end, []).to_dicts()
    mine = int(own[0][figure]) if own else 0
    days = pl.col("date").is_between(period.start, period.end, closed="left")
    of_stage = within.filter(pl.col("stage") == stage)
    control = int(row["amount"])
    reason, found = suspects(of_stage, days, control - mine, side)
    lines = found if control != mine else found.clear()
    return Check(figure, row["region"], row["contract"], control, mine, reason, lines)
