"""track: attainment of every node and period, against the quotas in force and the time gone by."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.attainment.credit_rule import OVERLAY
from quotaloom.core.attainment.in_force import credited
from quotaloom.core.attainment.ratio import elapsed_share
from quotaloom.core.attainment.tree import WHOLE, attained_nodes
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.model.money import half_up, plain_amount
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.request import read_dimensions
from quotaloom.cycle.track.request import refuse_without_files
from quotaloom.cycle.track.sides import read_sides
from quotaloom.warehouse.workdays import working_days_until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.request import TrackRequest


@dataclass(frozen=True)
class Tracking:
    """``nodes`` is what ``attained_nodes`` answers; ``gone`` the share of the working days over.

    ``gone`` holds each period and, with one year asked for, the whole (``""``); ``as_of`` is the
    last day that counts.
    """

    levels: tuple[str, ...]
    nodes: pl.DataFrame
    gone: Mapping[str, Fraction | None]
    as_of: date
    findings: tuple[Finding, ...]
    seconds: float


def track(request: TrackRequest) -> Tracking:
    """Attainment of what the request names.

    Raises UsageRefused for a request that cannot be read, DataRefused for files that cannot be
    used, with every error found.
    """
    started = perf_counter()
    refuse_without_files(request)
    levels = _levels(request.by)
    calendar = FiscalCalendar(start_month=request.fiscal_start, cutoff_day=request.cutoff_day)
    sides = read_sides(request, levels, calendar)
    as_of = request.as_of or sides.credit.select(pl.col("date").max()).item()
    credit = sides.credit.filter(pl.col("date") <= as_of)
    begun = pl.lit(value=True) if request.year is not None else pl.col("start") <= as_of
    quotas = sides.quotas.filter(begun)
    met, unmet = credited(credit, quotas, levels)
    parts = [
        _labelled(met, "start", request, calendar),
        _labelled(unmet.with_columns(quota=pl.lit(None, pl.Int64)), "date", request, calendar),
    ]
    beside = [OVERLAY] if request.assign else []
    columns = (*levels, "year", "period", "credit", "quota", *beside)
    leaves = pl.concat([part.select(columns) for part in parts])
    if leaves.is_empty():
        raise DataRefused([error("track.nothing", str(request.year or ""), as_of=str(as_of))])
    found = (*sides.findings, *_unmet(parts[1]))
    gone = _gone(request, calendar, as_of, leaves)
    nodes = attained_nodes(leaves, levels)
    return Tracking(levels, nodes, gone, as_of, found, perf_counter() - started)


def _levels(by: str) -> tuple[str, ...]:
    dimensions = read_dimensions((by,), ())
    if any(level.name for level in dimensions.levels[0]):
        raise UsageRefused([error("track.by_names", by)])
    return dimensions.columns


def _labelled(
    rows: pl.DataFrame, day: str, request: TrackRequest, calendar: FiscalCalendar
) -> pl.DataFrame:
    """The rows under the label of the period that holds their day; those of one year if asked."""
    if rows.is_empty():
        return rows.with_columns(period=pl.lit("", pl.String), year=pl.lit(0, pl.Int32))
    years = rows[day].dt.year().unique().to_list()
    table = calendar.table(min(years) - 1, max(years) + 1, request.time)
    labelled = rows.join(table, left_on=day, right_on="date", how="left", maintain_order="left")
    return labelled if request.year is None else labelled.filter(pl.col("year") == request.year)


def _unmet(rows: pl.DataFrame) -> list[Finding]:
    """How much credit fell on days on which its member had no quota."""
    if rows.is_empty():
        return []
    amount = plain_amount(half_up(Fraction(int(rows["credit"].sum()), 100)))
    return [warning("track.without_quota", amount, count=rows.height)]


def _gone(
    request: TrackRequest, calendar: FiscalCalendar, as_of: date, leaves: pl.DataFrame
) -> dict[str, Fraction | None]:
    """The share of the working days that are over, by period."""
    years, labels = leaves["year"].unique().sort().to_list(), set(leaves["period"])
    periods = [period for year in years for period in calendar.periods(year, request.time)]
    spans = {period.label: period for period in periods if period.label in labels}
    if request.year is not None:
        spans[WHOLE] = calendar.periods(request.year, "year")[0]
    return {
        label: elapsed_share(*working_days_until(span, as_of, country=request.country))
        for label, span in spans.items()
    }
