"""A plan from lines that name each leaf and its quota, as ``decompose`` writes them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.decomposition import Decomposition
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.cycle.plan.begin import LAYERS, Beside, from_decomposition
from quotaloom.cycle.plan.catalogue import in_units, known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import PlanMeasure
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


@dataclass(frozen=True, eq=False)
class Sheet:
    """The lines of one measure of a plan."""

    measure: PlanMeasure
    lines: Lines

    @property
    def step(self) -> int:
        """How many hundredths of a line's figure a whole unit of the measure is."""
        return self.measure.unit if self.measure.is_money else MINOR

    def column(self, leaves: pl.DataFrame, span: int) -> Column:
        """The cells of the measure, of its leaves in canonical order."""
        values = leaves["quota"].to_numpy().reshape(-1, span) // self.step
        return Column.of(values, _given(leaves, span))


def from_lines(
    lines: Lines,
    name: str,
    *,
    measures: Sequence[PlanMeasure] = (),
    others: Mapping[str, Lines] | None = None,
) -> Beginning:
    """A plan whose issued figures are the quotas of the lines.

    The lines hold the first of the ``measures``, ``others`` those of other measures by code, over
    the same columns of members; a leaf that a measure has no line of is not given there. Raises
    DataRefused where there are no lines, a column or a member is missing, a leaf is there twice, or
    an amount is no multiple of the unit.
    """
    every = _measures(measures or (known("booked"),), lines, others or {})
    by_code = {one.code: one for one in every}
    first = Sheet(every[0], lines)
    more = [Sheet(by_code[code], one) for code, one in (others or {}).items()]
    levels = tuple(lines.axes) or tuple((column,) for column in _members(lines))
    used = [column for axis in levels for column in axis]
    frames = [_checked(sheet.lines, used) for sheet in (first, *more)]
    tuples = pl.concat([frame.select(used) for frame in frames]).unique()
    periods = _periods(frames[0], lines.calendar)
    leaves = [
        _leaves(frame, tuples, periods, sheet)
        for frame, sheet in zip(frames, (first, *more), strict=True)
    ]
    span = len(periods)
    columns = {
        (sheet.measure.code, LAYERS[0]): sheet.column(one, span)
        for sheet, one in zip(more, leaves[1:], strict=True)
    }
    bare = _bare(leaves[0], levels, periods, lines.calendar, first.measure.unit)
    return from_decomposition(
        replace(bare, label_of=lines.label_of),
        name,
        lines.calendar,
        measure=first.measure.code,
        beside=Beside(every, columns, _given(leaves[0], span)),
    )


def _measures(
    measures: Sequence[PlanMeasure], lines: Lines, more: Mapping[str, Lines]
) -> tuple[PlanMeasure, ...]:
    """The measures in the units of their files, and those of files that nobody described."""
    first, *rest = measures
    described = {one.code for one in measures}
    asked = [*rest, *(known(code) for code in more if code not in described)]
    ratios = [one.code for one in asked if one.kind == "ratio" and one.code in more]
    if first.kind == "ratio":
        ratios.append(first.code)
    if ratios:
        raise UsageRefused([error("measure.ratio_given", "、".join(ratios))])
    units = {code: one.unit for code, one in more.items()}
    return (
        in_units(first, lines.unit),
        *(in_units(one, units.get(one.code, one.unit)) for one in asked),
    )


def _members(lines: Lines) -> list[str]:
    return [column for column in lines.frame.columns if column not in (*OURS, "basis")]


def _checked(lines: Lines, used: Sequence[str]) -> pl.DataFrame:
    """The columns that are needed of some lines. DataRefused with what is missing."""
    frame = lines.frame
    missing = [column for column in OURS if column not in frame.columns]
    if missing:
        raise DataRefused([error("edit.no_lines", lines.file, columns="、".join(missing))])
    if frame.is_empty():
        raise DataRefused([error("edit.no_rows", lines.file)])
    members = _members(lines)
    unknown = [column for column in used if column not in members]
    if unknown:
        known_columns = "、".join(members)
        raise DataRefused([error("edit.no_column", "、".join(unknown), columns=known_columns)])
    tops = [axis[0] for axis in lines.axes] or list(used)
    nameless = frame.filter(pl.any_horizontal(pl.col(top).is_null() for top in tops)).height
    if nameless:
        raise DataRefused([error("edit.member_missing", lines.file, rows=nameless)])
    labels = [lines.label_of[one] for one in used if one in lines.label_of]
    basis = pl.col("basis") if "basis" in frame.columns else pl.lit(0, pl.Int64).alias("basis")
    return frame.select(*used, *labels, *OURS, basis)


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
    frame: pl.DataFrame, tuples: pl.DataFrame, periods: Sequence[Period], sheet: Sheet
) -> pl.DataFrame:
    """The lines in canonical order, every tuple over every period; ``there`` where it has lines."""
    used, step, file = tuples.columns, sheet.step, sheet.lines.file
    odd = frame.filter(pl.col("quota") % step != 0)
    if odd.height:
        raise DataRefused([error("edit.no_multiple", file, rows=odd.height, unit=str(step // 100))])
    twice = frame.filter(frame.select([*used, "period"]).is_duplicated())
    if twice.height:
        raise DataRefused([error("edit.leaf_twice", file, rows=twice.height)])
    order = {period.label: number for number, period in enumerate(periods)}
    own = frame.select(used).unique().with_columns(there=pl.lit(value=True))
    whole = tuples.join(pl.DataFrame({"period": list(order)}), how="cross")
    filled = whole.join(own, on=used, how="left", nulls_equal=True).join(
        frame, on=[*used, "period"], how="left", nulls_equal=True
    )
    return (
        filled.with_columns(
            pl.col("basis", "quota").fill_null(0), pl.col("there").fill_null(value=False)
        )
        .with_columns(pl.col("period").replace_strict(order, return_dtype=pl.Int32).alias("#"))
        .sort([*used, "#"], nulls_last=False)
        .drop("#")
    )


def _given(leaves: pl.DataFrame, span: int) -> Mask:
    given: Mask = leaves["there"].to_numpy().reshape(-1, span)
    return given
