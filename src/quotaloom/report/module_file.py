"""A module of the cockpit as a workbook: its measures, its tables, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from xlsxwriter import Workbook

from quotaloom.core.model.measures.quantity import Unit
from quotaloom.report.atomic import replacing
from quotaloom.report.cockpit_file import OPTIONS, money_look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Figured = Unit | Literal["price"]
"""What a figure is written in: the unit of its measure; a ``price``, money apiece, stays in 元."""
LOOKS: Final[dict[Figured, str]] = {
    "price": "#,##0.00",
    "count": "#,##0",
    "share": "0.0%",
    "day": "#,##0.0",
    "point": "#,##0.0",
}
FIRST_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole number, ``scale`` of which make one of the unit; None where there is none."""

    value: int | None
    scale: int
    unit: Figured


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the name of each row, then its figures under the further heads."""

    name: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Figure]]]


@dataclass(frozen=True, slots=True)
class ModuleBook:
    """The sheets, the unit of money in words, and the stamps of the last sheet."""

    sheets: Sequence[Sheet]
    unit: str
    decimals: int
    about: str
    stamps: Sequence[tuple[str, str]]


def write_module(book: ModuleBook, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as file:
        looks = {unit: file.add_format({"num_format": one}) for unit, one in LOOKS.items()}
        looks["money"] = file.add_format({"num_format": money_look(book.decimals)})
        bold = file.add_format({"bold": True, "bottom": 1})
        for told in book.sheets:
            sheet = file.add_worksheet(told.name)
            sheet.write_string(0, 0, told.name, bold)
            sheet.write_string(1, 0, book.unit)
            sheet.write_row(FIRST_ROW - 1, 0, told.heads, bold)
            _rows(sheet, told, looks)
            sheet.set_column(0, 0, 30)
            sheet.set_column(1, len(told.heads), 16)
            sheet.freeze_panes(FIRST_ROW, 1)
            sheet.fit_to_pages(1, 0)
        about = file.add_worksheet(book.about)
        about.set_column(0, 1, 40)
        for row, pair in enumerate(book.stamps):
            about.write_row(row, 0, pair)


def _rows(sheet: Worksheet, told: Sheet, looks: dict[Figured, Format]) -> None:
    for row, (name, figures) in enumerate(told.rows, FIRST_ROW):
        sheet.write_string(row, 0, name)
        there = [(column, one) for column, one in enumerate(figures, 1) if one.value is not None]
        for column, one in there:
            sheet.write_number(row, column, (one.value or 0) / one.scale, looks[one.unit])
