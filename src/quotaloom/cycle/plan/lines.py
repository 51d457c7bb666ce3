"""A plan from lines that name each leaf and its quota, as ``decompose`` writes them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.decomposition import Decomposition
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.cycle.plan.begin import from_decomposition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.plan.begin import Beginning

OURS = ("period", "quota")


@dataclass(frozen=True, eq=False)
class Lines:
    """A line a leaf: ``period``, columns of members, ``quota`` and, if known, ``basis`` in 分.

    ``axes`` names the levels of each axis, top first; without it every column is an axis. ``unit``
    is in 分. ``label_of`` names the column that holds the names of a code column.
    """

    frame: pl.DataFrame
    file: str
    axes: Sequence[tuple[str, ...]] = ()
    unit: int = MINOR
    label_of: Mapping[str, str] = field(default_factory=dict)
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)


def from_lines(lines: Lines, name: str) -> Beginning:
    """A plan whose issued figures are the quotas of the lines.

    Raises DataRefused where there are none, a column or a member is missing, a leaf is there
    twice, or an amount is no multiple of the unit.
    """
    frame, cut = lines.frame, lines.calendar
    missing = [column for column in OURS if column not in frame.columns]
    if missing:
        raise DataRefused([error("edit.no_lines", lines.file, columns="、".join(missing))])
    if frame.is_empty():
        raise DataRefused([error("edit.no_rows", lines.file)])
    members = [column for column in frame.columns if column not in (*OURS, "basis")]
    levels = tuple(lines.axes) or tuple((column,) for column in members)
    used = [column for axis in levels for column in axis]
    unknown = [column for column in used if column not in members]
    if unknown:
        known = "、".join(members)
        raise DataRefused([error("edit.no_column", "、".join(unknown), columns=known)])
    nameless = frame.filter(pl.any_horizontal(pl.col(one[0]).is_null() for one in levels)).height
    if nameless:
        raise DataRefused([error("edit.member_missing", lines.file, rows=nameless)])
    periods = _periods(frame, cut)
    wanted = [*used, *(lines.label_of[one] for one in used if one in lines.label_of)]
    basis = pl.col("basis") if "basis" in frame.columns else pl.lit(0, pl.Int64).alias("basis")
    leaves = _leaves(frame.select(*wanted, *OURS, basis), used, periods, lines.unit, lines.file)
    bare = _bare(leaves, levels, periods, cut, lines.unit)
    return from_decomposition(replace(bare, label_of=lines.label_of), name, cut)


def _bare(
    leaves: pl.DataFrame,
    levels: Sequence[tuple[str, ...]],
    periods: tuple[Period, ...],
    calendar: FiscalCalendar,
    unit: int,
) -> Decomposition:
    """A decomposition of which only the leaves are known."""
    return Decomposition(
        leaves=leaves,
        hierarchies=tuple((axis[0], axis) for axis in levels),
        label_of={},
        periods=periods,
        rollups=rollups(calendar, periods[0].year, periods[0].kind),
        total=int(leaves["quota"].sum()),
        unit=unit,
        basis_scale=2,
        last_year=None,
        node_last_year=pl.DataFrame(),
        margins=(),
        checks=(),
        derivations=(),
        findings=(),
        parameters={},
        seconds=0.0,
    )


def _periods(frame: pl.DataFrame, calendar: FiscalCalendar) -> tuple[Period, ...]:
    """The periods of the year that the lines name; every one of them has to be there."""
    labels = frame["period"].unique().sort().to_list()
    found = {label: parse_period(label, calendar) for label in labels}
    first = next(iter(found.values()))
    periods = calendar.periods(first.year, first.kind)
    wanted = [one.label for one in periods]
    if sorted(wanted) != sorted(labels):
        absent = sorted(set(wanted) ^ set(labels))
        raise DataRefused([error("edit.periods_missing", "、".join(absent[:12]))])
    return periods


def _leaves(
    frame: pl.DataFrame, used: Sequence[str], periods: Sequence[Period], unit: int, file: str
) -> pl.DataFrame:
    """The lines in canonical order, every tuple over every period."""
    odd = frame.filter(pl.col("quota") % unit != 0)
    if odd.height:
        raise DataRefused([error("edit.no_multiple", file, rows=odd.height, unit=str(unit // 100))])
    twice = frame.filter(frame.select([*used, "period"]).is_duplicated())
    if twice.height:
        raise DataRefused([error("edit.leaf_twice", file, rows=twice.height)])
    order = {period.label: number for number, period in enumerate(periods)}
    tuples = frame.select(used).unique()
    whole = tuples.join(pl.DataFrame({"period": list(order)}), how="cross")
    filled = whole.join(frame, on=[*used, "period"], how="left", nulls_equal=True)
    return (
        filled.with_columns(pl.col("basis", "quota").fill_null(0))
        .with_columns(pl.col("period").replace_strict(order, return_dtype=pl.Int32).alias("#"))
        .sort([*used, "#"], nulls_last=False)
        .drop("#")
    )
