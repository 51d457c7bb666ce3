"""The leaves of an output of ``decompose``, also after a person edited it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.report.period_columns import columns_of
from quotaloom.report.recheck.leaves import ROW, TICK, read_leaves, ticks_in, unreadable_in
from quotaloom.report.recheck.result import TICKS
from quotaloom.report.recheck.sums import Tally
from quotaloom.report.recheck.workbook import grid_of, layout_of
from quotaloom.warehouse.outputs import OutputWorkbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.report.period_columns import Column
    from quotaloom.report.recheck.grid import GridCells


@dataclass(frozen=True, eq=False)
class OutputLeaves:
    """``frame`` has period, the columns that name a leaf (null below it), and ``quota`` in 分.

    ``axes`` are the levels of each hierarchy, ``label_of`` names the column that holds the names
    of a code column, ``unit`` is in 分: what the file says of itself, nothing and None for a csv.
    """

    frame: pl.DataFrame
    axes: tuple[tuple[str, ...], ...] = ()
    label_of: Mapping[str, str] = field(default_factory=dict)
    unit: int | None = None


def output_leaves(path: Path) -> OutputLeaves:
    """The leaves of a workbook, csv or parquet file. Raises DataRefused with every address."""
    return _workbook(path) if path.suffix.lower() == ".xlsx" else _file(path)


def _file(path: Path) -> OutputLeaves:
    """A csv or parquet file, with the basis where it has one."""
    frame, unreadable, layout = read_leaves(path)
    if "basis" in frame.columns:
        unreadable = [*unreadable, *unreadable_in(frame, "basis")]
    if unreadable:
        raise DataRefused(unreadable)
    fine = TICKS // MINOR
    _refuse_fractions(frame[TICK].to_list(), path.name)
    keys = [name for name in frame.columns if name not in {ROW, TICK, "basis", "quota"}]
    leaves = frame.select(
        pl.col(keys).replace("", None),
        (pl.col(TICK) // fine).alias("quota"),
    )
    if "basis" in frame.columns:
        leaves = leaves.with_columns((ticks_in(frame, "basis") // fine).alias("basis"))
    if layout is None:
        return OutputLeaves(leaves)
    axes = tuple(levels for _, levels in layout.hierarchies)
    return OutputLeaves(leaves, axes, layout.label_of, layout.unit)


def _refuse_fractions(ticks: list[int], file: str) -> None:
    odd = sum(tick % (TICKS // MINOR) != 0 for tick in ticks)
    if odd:
        raise DataRefused([error("edit.parts_of_fen", file, cells=odd)])


def _workbook(path: Path) -> OutputLeaves:
    """Read the leaf cells of the breakdown sheet; its totals are not looked at.

    Raises DataRefused where the file is no such workbook, was cut to Excel's limits, or lost its
    headers, and where a leaf holds parts of a 分.
    """
    with OutputWorkbook(path) as book:
        layout = layout_of(book)
        if layout is None or (main := layout.breakdown) is None:
            raise DataRefused([error("recheck.layout_missing", path.name, file=path.name)])
        if main.is_cut:
            raise DataRefused([error("edit.workbook_cut", path.name)])
        columns = columns_of(layout.periods, layout.rollups)
        tally = Tally()
        grid = grid_of(book, main, layout, columns, tally)
    if grid is None:
        raise DataRefused(tally.findings)
    frame = _frame(grid, columns, path.name)
    axes = tuple(levels for _, levels in layout.hierarchies)
    return OutputLeaves(frame, axes, layout.label_of, layout.unit)


def _frame(grid: GridCells, columns: tuple[Column, ...], file: str) -> pl.DataFrame:
    lines = [line for line in grid.lines if line.is_lowest]
    places = [place for place, column in enumerate(columns) if column.is_leaf]
    amounts = [line.amount(place) for line in lines for place in places]
    _refuse_fractions(amounts, file)
    span = len(places)
    keys = {
        key: [line.keys[at] or None for line in lines for _ in range(span)]
        for at, key in enumerate(grid.keys)
    }
    return pl.DataFrame(
        {
            "period": [columns[place].label for place in places] * len(lines),
            **keys,
            "quota": [amount // (TICKS // MINOR) for amount in amounts],
        },
        schema_overrides={**dict.fromkeys(["period", *keys], pl.String), "quota": pl.Int64},
    )
