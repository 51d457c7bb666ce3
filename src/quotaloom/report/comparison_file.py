"""Versions side by side as a workbook: the lines and causes that a page shows, with formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from quotaloom.report.atomic import replacing
from quotaloom.report.numbers import growth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.comparison import Line

FIRST_ROW: Final = 3  # below title, unit and a blank line
DEEPEST: Final = 7  # outline levels that Excel has
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the sheets, in the language of the page."""

    sheet: str
    member: str
    change: str
    rate: str
    unit: str
    causes: str
    cause: str
    about: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown: versions by name, lines with depth, causes of the whole (text, 分), stamps."""

    title: str
    versions: Sequence[str]
    lines: Sequence[tuple[Line, int]]
    causes: Sequence[tuple[str, int]]
    stamps: Sequence[tuple[str, str]]
    words: Words
    unit_size: int
    decimals: int


@dataclass(frozen=True, slots=True)
class _Look:
    """The formats of a book."""

    head: Format
    money: Format
    rate: Format


def write_comparison(shown: Sheet, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        decimals = "." * bool(shown.decimals) + "0" * shown.decimals
        look = _Look(
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "#,##0" + decimals}),
            book.add_format({"num_format": "0.0%"}),
        )
        _lines(book.add_worksheet(shown.words.sheet), shown, look)
        _pairs(book.add_worksheet(shown.words.causes), shown, look)
        _stamps(book.add_worksheet(shown.words.about), shown, look)


def _lines(sheet: Worksheet, shown: Sheet, look: _Look) -> None:
    words = shown.words
    sheet.write_string(0, 0, shown.title, look.head)
    sheet.write_string(1, 0, words.unit)
    heads = [words.member, shown.versions[0]]
    for name in shown.versions[1:]:
        heads += [name, words.change, words.rate]
    for place, text in enumerate(heads):
        sheet.write_string(FIRST_ROW, place, text, look.head)
    for row, (line, depth) in enumerate(shown.lines, FIRST_ROW + 1):
        sheet.set_row(row, None, None, {"level": min(depth, DEEPEST)})
        sheet.write_string(row, 0, "\u3000" * depth + line.name)
        _figures(sheet, row, line, shown, look)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(heads), 16)


def _figures(sheet: Worksheet, row: int, line: Line, shown: Sheet, look: _Look) -> None:
    """Each version, and how it differs from the first as a formula with its value beside it."""
    size = shown.unit_size
    base = xl_rowcol_to_cell(row, 1, col_abs=True)
    _figure(sheet, row, 1, line.values[0], look.money, size)
    pairs = zip(line.values[1:], line.changes, strict=True)
    for number, (value, change) in enumerate(pairs):
        place = 2 + 3 * number
        here = xl_rowcol_to_cell(row, place)
        _figure(sheet, row, place, value, look.money, size)
        sheet.write_formula(row, place + 1, f"={here}-{base}", look.money, change / size)
        more = growth(value or 0, line.values[0])
        if more is not None:
            sheet.write_formula(row, place + 2, f"={here}/{base}-1", look.rate, float(more))


def _figure(
    sheet: Worksheet, row: int, place: int, value: int | None, look: Format, size: int
) -> None:
    if value is not None:
        sheet.write_number(row, place, value / size, look)


def _pairs(sheet: Worksheet, shown: Sheet, look: _Look) -> None:
    sheet.write_string(0, 0, shown.words.cause, look.head)
    sheet.write_string(0, 1, shown.words.change, look.head)
    for row, (text, change) in enumerate(shown.causes, 1):
        sheet.write_string(row, 0, text)
        sheet.write_number(row, 1, change / shown.unit_size, look.money)
    sheet.set_column(0, 0, 80)
    sheet.set_column(1, 1, 18)


def _stamps(sheet: Worksheet, shown: Sheet, look: _Look) -> None:
    for row, (name, value) in enumerate(shown.stamps):
        sheet.write_string(row, 0, name, look.head)
        sheet.write_string(row, 1, value)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
