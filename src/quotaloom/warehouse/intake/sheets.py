"""Which sheet of a workbook is read, and the grid in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.warehouse.intake.doubtful import OF_WORKBOOKS, doubtful_text
from quotaloom.warehouse.intake.grid import Grid
from quotaloom.warehouse.intake.sheet_choice import chosen_sheet, listed
from quotaloom.warehouse.intake.sheet_xml import FirstValue, SheetCells
from quotaloom.warehouse.intake.workbook import read_workbook
from quotaloom.warehouse.intake.xml_part import MANY_TAGS, read_part
from quotaloom.warehouse.intake.zip_package import ZipPackage

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.workbook import Workbook


def read_sheet(path: Path, asked: str | None) -> Grid:
    """The grid of the sheet ``asked``, or of the only visible one that holds anything."""
    with ZipPackage(path) as package:
        book = read_workbook(package)
        filled = partial(_has_values, package, book)
        sheet = book.sheets[chosen_sheet(package.file, book.sheets, asked, filled)]
        cells = SheetCells(book, package.file, sheet.name)
        read_part(
            package.chunks(sheet.part),
            cells,
            file=package.file,
            part=sheet.part,
            most_tags=MANY_TAGS,
        )
        cells.finish()
    if not cells.rows:
        raise DataRefused([error("intake.no_rows", file=path.name, sheet=sheet.name)])
    grid = _grid(cells, path.name, sheet.name)
    grid.findings = _findings(cells, book, path.name, sheet.name)
    grid.about = {
        "date_system": "1904" if book.from_1904 else "1900",
        "sheets": listed(book.sheets),
    }
    doubtful_text(grid, OF_WORKBOOKS)
    return grid


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook that hold cells, in order, hidden ones too."""
    with ZipPackage(path) as package:
        return tuple(sheet.name for sheet in read_workbook(package).sheets if sheet.part)


def _has_values(package: ZipPackage, book: Workbook, at: int) -> bool:
    sheet, listener = book.sheets[at], FirstValue()
    read_part(
        package.chunks(sheet.part),
        listener,
        file=package.file,
        part=sheet.part,
        most_tags=MANY_TAGS,
    )
    return listener.found


def _grid(cells: SheetCells, file: str, sheet: str) -> Grid:
    height = len(cells.rows)
    width = max(place + 1 for place, column in enumerate(cells.columns) if column)
    for column in cells.columns[:width]:
        column.extend([None] * (height - len(column)))
    frame = pl.DataFrame(
        {str(place): column for place, column in enumerate(cells.columns[:width])},
        schema={str(place): pl.String for place in range(width)},
    )
    return Grid(
        file,
        sheet,
        frame,
        np.array(cells.rows, dtype=np.uint32),
        blank=cells.last_row - height,
        dates=tuple(cells.dates),
        merges=tuple(cells.merges),
        hidden=frozenset(cells.hidden),
        doubts=cells.doubts,
    )


def _findings(cells: SheetCells, book: Workbook, file: str, sheet: str) -> list[Finding]:
    found = [info(code, file=file) for code in book.dropped]
    if cells.unknown_styles:
        count = cells.unknown_styles
        found.append(warning("intake.style_missing", file=file, sheet=sheet, count=count))
    if book.from_1904:
        found.append(info("intake.date_system_1904", file=file, sheet=sheet))
    return found
