"""The leaves of a workbook that ``decompose`` wrote, also after a person edited them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.report.period_columns import columns_of
from quotaloom.report.recheck_result import TICKS
from quotaloom.report.recheck_sums import Tally
from quotaloom.report.recheck_workbook import grid_of, layout_of
from quotaloom.warehouse.outputs import OutputWorkbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.report.period_columns import Column
    from quotaloom.report.recheck_grid import GridCells


@dataclass(frozen=True, eq=False)
class WorkbookLeaves:
    """``frame`` has period, the columns that name a leaf, and ``quota`` in 分, by row of the sheet.

    ``unit`` is in 分; ``axes`` are the levels of each hierarchy, ``label_of`` names the column
    that holds the names of a code column.
    """

    frame: pl.DataFrame
    axes: tuple[tuple[str, ...], ...]
    label_of: Mapping[str, str]
    unit: int


def workbook_leaves(path: Path) -> WorkbookLeaves:
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
    return WorkbookLeaves(frame, axes, layout.label_of, layout.unit)


def _frame(grid: GridCells, columns: tuple[Column, ...], file: str) -> pl.DataFrame:
    lines = [line for line in grid.lines if line.is_lowest]
    places = [place for place, column in enumerate(columns) if column.is_leaf]
    amounts = [line.amount(place) for line in lines for place in places]
    fine = TICKS // MINOR
    odd = sum(amount % fine != 0 for amount in amounts)
    if odd:
        raise DataRefused([error("edit.parts_of_fen", file, cells=odd)])
    span = len(places)
    keys = {
        key: [line.keys[at] or None for line in lines for _ in range(span)]
        for at, key in enumerate(grid.keys)
    }
    return pl.DataFrame(
        {
            "period": [columns[place].label for place in places] * len(lines),
            **keys,
            "basis": [0] * len(amounts),
            "quota": [amount // fine for amount in amounts],
        },
        schema_overrides={**dict.fromkeys(["period", *keys], pl.String), "quota": pl.Int64},
    )
