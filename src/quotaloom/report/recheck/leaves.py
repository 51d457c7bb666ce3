"""A leaves file, csv or parquet, checked as far as its columns, and what lies with them, tell."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.report.cube import cube
from quotaloom.report.layout import MARK, Layout, loads
from quotaloom.report.numbers import yuan_text
from quotaloom.report.period_columns import columns_of
from quotaloom.report.recheck.nesting import check_nesting
from quotaloom.report.recheck.plan import check_plan
from quotaloom.report.recheck.result import FEN_TICKS, Recheck, amount, leaf_ticks
from quotaloom.report.recheck.truth import Truth, refuse_overflow
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.raw import RawOptions, read_raw
from quotaloom.warehouse.spreadsheet_text import restored

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.raw_table import RawTable

ROW: Final = "\ue000row"
TICK: Final = "\ue000tick"
FIRST: Final = "\ue000first"
NEEDED: Final = ("period", "quota")


def recheck_leaves(path: Path) -> Recheck:
    """Check a leaves file: each leaf once, readable, a multiple of the unit, members in place.

    A parquet file of ours also says which total, unit and wishes it was made for; of a csv the
    total is told, to be compared by who knows it.
    """
    frame, unreadable, layout = read_leaves(path)
    keys = [name for name in frame.columns if name not in {ROW, TICK, "basis", "quota"}]
    unit = layout.unit if layout else 1
    findings = unreadable + _off_unit(frame, unit)
    doubles = _doubles(frame, keys)
    checks = [
        Check("recheck.leaf_lines", frame.height, len(doubles)),
        Check("recheck.unit", frame.height, len(findings), {"unit": yuan_text(unit)}),
    ]
    findings += doubles + _gaps(frame, keys)
    told = check_plan(truth) if layout and (truth := _truth(frame, layout)) else None
    nested = ([], []) if told else check_nesting(frame, keys[1:], ROW)
    more, found = told or ([_told_total(frame)], [])
    return Recheck((*more, *checks, *nested[0]), (*found, *findings, *nested[1]))


def read_leaves(path: Path) -> tuple[pl.DataFrame, list[Finding], Layout | None]:
    """A leaves file as text with its ``ROW`` numbers and the quotas in 1/10,000 元 (``TICK``).

    Also what could not be read of them (0 there), and what a parquet file of ours says of itself.
    """
    table = read_raw(path, RawOptions(header_row=1))
    frame = _texts(table)
    if missing := [name for name in NEEDED if name not in frame.columns]:
        raise DataRefused(
            [error("recheck.column_missing", name, file=path.name) for name in missing]
        )
    layout = _layout(path) if table.typed else None
    unreadable = unreadable_in(frame, "quota")
    frame = frame.with_columns(ticks_in(frame).fill_null(0))
    refuse_overflow(frame[TICK].to_numpy())
    return frame, unreadable, layout


def _texts(table: RawTable) -> pl.DataFrame:
    """All columns as text under their own headers, with the row that each leaf stands in."""
    frame = table.frame.cast(pl.String).fill_null("")
    if not table.typed:
        frame = frame.with_columns(pl.col(name).str.strip_prefix("'") for name in frame.columns)
        frame = frame.rename({name: restored(name) for name in frame.columns})
    return frame.with_columns(table.rows.alias(ROW))


def _layout(path: Path) -> Layout | None:
    with contained(path.name):
        return loads(pl.read_parquet_metadata(path).get(MARK, ""))


def ticks_in(frame: pl.DataFrame, column: str = "quota") -> pl.Series:
    """The amounts of a column in 1/10,000 元; null where a text is no amount."""
    texts = frame[column].unique()
    read = pl.DataFrame(
        {column: texts, TICK: [_tick(text) for text in texts]}, schema_overrides={TICK: pl.Int64}
    )
    return frame.select(column).join(read, on=column, how="left", maintain_order="left")[TICK]


def _tick(text: str) -> int | None:
    """An amount as our files and a spreadsheet's csv write it: digits, a point, separators."""
    plain = text.strip().replace(",", "")
    if not plain.isascii() or "_" in plain or len(plain) > 40 or "e" in plain.lower():
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return leaf_ticks(number) if number.is_finite() else None


def unreadable_in(frame: pl.DataFrame, column: str) -> list[Finding]:
    """An error for each text of a column that is no amount, with its row."""
    bad = frame.filter(ticks_in(frame, column).is_null())
    return [
        error("recheck.leaf_unreadable", period, row=row, column=column, value=value[:60])
        for row, period, value in bad.select(ROW, "period", column).iter_rows()
    ]


def _off_unit(frame: pl.DataFrame, unit: int) -> list[Finding]:
    step = unit * FEN_TICKS
    off = frame.filter(pl.col(TICK) % step != 0)
    return [
        error(
            "recheck.no_multiple",
            period,
            row=row,
            column="quota",
            value=amount(tick),
            unit=yuan_text(unit),
            below=amount(tick // step * step),
            above=amount(tick // step * step + step),
        )
        for row, period, tick in off.select(ROW, "period", TICK).iter_rows()
    ]


def _doubles(frame: pl.DataFrame, keys: list[str]) -> list[Finding]:
    first = frame.with_columns(pl.col(ROW).min().over(keys).alias(FIRST))
    double = first.filter(pl.col(ROW) != pl.col(FIRST)).select(ROW, FIRST, *keys)
    return [
        error("recheck.leaf_twice", " / ".join(members), row=row, first=before)
        for row, before, *members in double.iter_rows()
    ]


def _gaps(frame: pl.DataFrame, keys: list[str]) -> list[Finding]:
    """A warning for each combination that lacks a period which others have."""
    combos = frame.select(keys[1:]).unique(maintain_order=True) if keys[1:] else None
    if combos is None:
        return []
    every = combos.join(frame.select("period").unique(maintain_order=True), how="cross")
    lacking = every.join(frame, on=keys, how="anti", maintain_order="left").select(keys)
    return [
        warning("recheck.leaf_missing", " / ".join(members), period=period)
        for period, *members in lacking.iter_rows()
    ]


def _truth(frame: pl.DataFrame, layout: Layout) -> Truth | None:
    """The sums of the file's leaves under its own hierarchies; None where columns are gone."""
    levels = {level for _, levels in layout.hierarchies for level in levels}
    if not levels <= set(frame.columns) or not set(frame["period"]) <= set(layout.periods):
        return None
    label_of = {code: name for code, name in layout.label_of.items() if name in frame.columns}
    leaves = frame.with_columns(pl.col(TICK).alias("quota"), pl.lit(0, pl.Int64).alias("basis"))
    whole = cube(leaves, layout.hierarchies, label_of, layout.periods)
    columns = columns_of(layout.periods, layout.rollups)
    return Truth(whole, columns, layout, tuple(range(len(layout.hierarchies))))


def _told_total(frame: pl.DataFrame) -> Check:
    total = amount(int(frame[TICK].sum()))
    return Check("recheck.leaves_total", frame.height, 0, {"total": total})
