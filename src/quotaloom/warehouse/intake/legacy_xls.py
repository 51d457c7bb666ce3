"""Old .xls workbooks (BIFF) into a grid."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.doubtful import doubtful_text
from quotaloom.warehouse.intake.grid import Grid
from quotaloom.warehouse.intake.numbers import is_rounded, moment_text, number_text
from quotaloom.warehouse.intake.sheets import listed
from quotaloom.warehouse.intake.workbook import Sheet

if TYPE_CHECKING:
    from pathlib import Path

Value = int | float | str | bool | time | date | timedelta


def read_xls(path: Path, asked: str | None) -> Grid:
    """The grid of the sheet ``asked``, or of the only visible one that holds anything."""
    with contained(path.name):
        book = CalamineWorkbook.from_path(path)
        name, sheets = _chosen(book, path.name, asked)
        sheet = book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
    grid = Grid(path.name, name, pl.DataFrame(), np.zeros(0, np.uint32))
    width = max((len(row) for row in cells), default=0)
    dates = [0] * width
    columns: list[list[str | None]] = [[] for _ in range(width)]
    for number, row in enumerate(cells, 1):
        for place, value in enumerate(row):
            columns[place].append(_text(grid, value, number, place))
            dates[place] += isinstance(value, date)
    frame = pl.DataFrame(
        {str(place): column for place, column in enumerate(columns)},
        schema={str(place): pl.String for place in range(width)},
    )
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    rows = np.arange(1, frame.height + 1, dtype=np.uint32)
    grid.frame, grid.rows = frame.filter(filled), rows[filled.to_numpy()]
    grid.blank, grid.dates = int((~filled).sum()), tuple(dates)
    grid.about = {"sheets": sheets}
    doubtful_text(grid, exported=False)
    return grid


def _chosen(book: CalamineWorkbook, file: str, asked: str | None) -> tuple[str, str]:
    sheets = [
        Sheet(
            sheet.name,
            sheet.visible == SheetVisibleEnum.Visible,
            "sheet" if sheet.typ == SheetTypeEnum.WorkSheet else "",
        )
        for sheet in book.sheets_metadata
    ]
    names = listed(sheets)
    if asked is not None:
        if any(sheet.name == asked and sheet.part for sheet in sheets):
            return asked, names
        raise DataRefused([error("intake.sheet_unknown", asked, file=file, sheets=names)])
    visible = [sheet for sheet in sheets if sheet.visible and sheet.part]
    filled = [s for s in visible if book.get_sheet_by_name(s.name).height]
    if len(filled) == 1:
        return filled[0].name, names
    code = "intake.sheets_several" if filled else "intake.sheets_empty"
    raise DataRefused([error(code, file=file, sheets=listed(filled) or names)])


def _text(grid: Grid, value: Value, row: int, place: int) -> str | None:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return moment_text(value)
    if isinstance(value, (time, timedelta)):
        return str(value)
    text = number_text(repr(value))
    if text is None:
        grid.doubts.add("intake.number_unreadable", row, place, repr(value))
        return repr(value)
    if is_rounded(text):
        grid.doubts.add("intake.precision_lost", row, place, text)
    return text
