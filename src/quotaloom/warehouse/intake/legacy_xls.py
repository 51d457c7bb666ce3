"""Old .xls workbooks (BIFF) into a grid."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info
from quotaloom.warehouse.intake.biff import book_records, sheet_records
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.doubtful import OF_WORKBOOKS, doubtful_text
from quotaloom.warehouse.intake.grid import Grid, letter
from quotaloom.warehouse.intake.numbers import is_rounded, moment_text, number_text
from quotaloom.warehouse.intake.ole import CompoundError, CompoundFile
from quotaloom.warehouse.intake.raw_table import MAX_COLUMNS, MAX_ROWS, MIB
from quotaloom.warehouse.intake.sheet_choice import chosen_sheet, listed
from quotaloom.warehouse.intake.workbook import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.biff import BookRecords, SheetRecords

Value = int | float | str | bool | time | date | timedelta
SPARSE = 50  # places a cell, beyond which a cell reader that fills them all is not asked
FOREIGN = {"WordDocument": "Word .doc / WPS .wps", "PowerPoint Document": "PowerPoint .ppt"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An .xls read twice: once for its values, once for what its records say."""

    file: str
    values: CalamineWorkbook
    book: BookRecords
    sheets: list[SheetRecords]


def read_xls(path: Path, asked: str | None) -> Grid:
    """The grid of the sheet ``asked``, or of the only visible one that holds anything."""
    opened = _opened(path)
    sheets = _sheets(opened)
    with contained(path.name):
        at = chosen_sheet(path.name, sheets, asked, partial(_has_values, opened.values))
    name = sheets[at].name
    grid = _grid(opened, name, opened.sheets[at])
    grid.about = {
        "date_system": "1904" if opened.book.from_1904 else "1900",
        "sheets": listed(sheets),
    }
    if opened.book.from_1904:
        grid.findings.append(info("intake.date_system_1904", file=path.name, sheet=name))
    doubtful_text(grid, OF_WORKBOOKS)
    return grid


def xls_sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets that hold cells, in order, hidden ones too."""
    return tuple(sheet.name for sheet in _sheets(_opened(path)) if sheet.part)


def _is_far(records: SheetRecords) -> bool:
    """A cell beyond the caps, or so far off that nearly all of the sheet is empty."""
    area = (records.last_row + 1) * (records.last_column + 1)
    return records.last_column >= MAX_COLUMNS or area > max(SPARSE * records.cells, MIB)


def _far(file: str, sheet: str, records: SheetRecords) -> Finding:
    return error(
        "intake.far_cell",
        file=file,
        sheet=sheet,
        row=records.last_row + 1,
        column=letter(records.last_column),
        rows=MAX_ROWS,
        columns=MAX_COLUMNS,
    )


def _opened(path: Path) -> Opened:
    with contained(path.name):
        data = path.read_bytes()
    try:
        stream = _stream(CompoundFile(data), path.name)
        book = book_records(stream)
        if book.is_encrypted:
            raise DataRefused([error("intake.password_protected", file=path.name)])
        sheets = [sheet_records(stream, offset) for _, offset in book.sheets]
    except (CompoundError, struct.error, IndexError) as failure:
        reason = str(failure)
        raise DataRefused([error("intake.file_damaged", reason, file=path.name)]) from None
    names = [name for name, _ in book.sheets]
    if far := [_far(path.name, n, r) for n, r in zip(names, sheets, strict=True) if _is_far(r)]:
        raise DataRefused(far)  # before the cell reader makes room for all that lies between
    with contained(path.name):
        values = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(values.sheet_names) != len(sheets):
            raise CompoundError("sheets")
        return Opened(path.name, values, book, sheets)


def _stream(compound: CompoundFile, file: str) -> bytes:
    """The workbook's stream. Raises DataRefused where the compound file holds something else."""
    streams = compound.streams
    if "EncryptedPackage" in streams:
        raise DataRefused([error("intake.password_protected", file=file)])
    book = next((name for name in ("Workbook", "Book") if name in streams), None)
    if book is None:
        what = next((kind for mark, kind in FOREIGN.items() if mark in streams), "OLE")
        raise DataRefused([error("intake.format_refused", what, file=file)])
    return compound.read(book)


def _has_values(values: CalamineWorkbook, at: int) -> bool:
    return values.get_sheet_by_index(at).height > 0


def _sheets(opened: Opened) -> list[Sheet]:
    return [
        Sheet(
            sheet.name,
            sheet.visible == SheetVisibleEnum.Visible,
            "sheet" if sheet.typ == SheetTypeEnum.WorkSheet else "",
        )
        for sheet in opened.values.sheets_metadata
    ]


def _grid(opened: Opened, name: str, records: SheetRecords) -> Grid:
    grid = Grid(opened.file, name, pl.DataFrame(), np.zeros(0, np.uint32))
    with contained(opened.file):
        sheet = opened.values.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
        merges = sheet.merged_cell_ranges or []
    width = max((len(row) for row in cells), default=0)
    dates = [0] * width
    columns: list[list[str | None]] = [[] for _ in range(width)]
    for number, row in enumerate(cells, 1):
        for place, value in enumerate(row):
            columns[place].append(_text(grid, value, number, place))
            dates[place] += isinstance(value, date)
    for (row_at, place), text in records.errors.items():
        if place < width and row_at < len(cells):
            columns[place][row_at] = text
    frame = pl.DataFrame(
        {str(place): column for place, column in enumerate(columns)},
        schema={str(place): pl.String for place in range(width)},
    )
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    rows = np.arange(1, frame.height + 1, dtype=np.uint32)
    grid.frame, grid.rows = frame.filter(filled), rows[filled.to_numpy()]
    grid.blank, grid.dates = int((~filled).sum()), tuple(dates)
    grid.merges = tuple((r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in merges)
    grid.hidden = frozenset({row + 1 for row in records.hidden} & {int(row) for row in grid.rows})
    return grid


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
