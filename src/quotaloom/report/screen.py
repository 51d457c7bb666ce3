"""What a page shows of a plan as a workbook: the same rows, columns and unit, with its version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from quotaloom.report.atomic import replacing
from quotaloom.report.numbers import growth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.pivot import Node

FIRST_ROW: Final = 3  # below title, unit and a blank line
GROWTH, LAST_YEAR, POTENTIAL = range(1, 4)  # columns between the member and the periods
DEEPEST: Final = 7  # outline levels that Excel has
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the sheet, in the language of the page."""

    member: str
    growth: str
    last_year: str
    potential: str
    unit: str
    about: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The lines of a page: nodes with their depth from 0, and the columns chosen.

    ``columns`` pairs the place of a figure in a node with its head; ``stamps`` are the lines of
    the sheet 说明; a cell holds 分 ÷ ``unit_size`` and shows ``decimals``. A potential counts parts
    of which ``potential_size`` are 1, None where there is no column of it.
    """

    title: str
    nodes: Sequence[tuple[Node, int, str]]
    columns: Sequence[tuple[int, str]]
    words: Words
    stamps: Sequence[tuple[str, str]]
    unit_size: int
    decimals: int
    potential_size: int | None = None

    @property
    def heads(self) -> list[str]:
        """The titles of the columns before the periods."""
        words = self.words
        potential = [words.potential] if self.potential_size else []
        return [words.member, words.growth, words.last_year, *potential]


def write_screen(screen: Screen, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        _grid(book, screen)
        _stamps(book, screen)


def _grid(book: Workbook, screen: Screen) -> None:
    sheet, words = book.add_worksheet(_sheet_name(screen.title)), screen.words
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "align": "right"})
    sheet.write_string(0, 0, screen.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, words.unit)
    titles = [*screen.heads, *(title for _, title in screen.columns)]
    for place, title in enumerate(titles):
        sheet.write_string(FIRST_ROW, place, title, head if place else bold)
    money = book.add_format(
        {"num_format": "#,##0" + "." * bool(screen.decimals) + "0" * screen.decimals}
    )
    rate = book.add_format({"num_format": "0.0%"})
    for row, line in enumerate(screen.nodes, FIRST_ROW + 1):
        _line(sheet, row, line, screen, (money, rate))
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(titles), 14)


def _line(
    sheet: Worksheet,
    row: int,
    line: tuple[Node, int, str],
    screen: Screen,
    formats: tuple[Format, Format],
) -> None:
    node, depth, name = line
    money, rate = formats
    sheet.set_row(row, None, None, {"level": min(depth, DEEPEST)})
    sheet.write_string(row, 0, "\u3000" * depth + name)
    figures = node.figures
    grown = growth(figures[0] or 0, node.last_year)
    if grown is not None:
        sheet.write_number(row, GROWTH, float(grown), rate)
    if node.last_year is not None:
        sheet.write_number(row, LAST_YEAR, node.last_year / screen.unit_size, money)
    if screen.potential_size:
        sheet.write_number(row, POTENTIAL, node.behind / screen.potential_size)
    for place, (at, _title) in enumerate(screen.columns, len(screen.heads)):
        if (figure := figures[at]) is not None:
            sheet.write_number(row, place, figure / screen.unit_size, money)


def _stamps(book: Workbook, screen: Screen) -> None:
    sheet = book.add_worksheet(screen.words.about)
    bold = book.add_format({"bold": True})
    for row, (name, value) in enumerate(screen.stamps):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)


def _sheet_name(title: str) -> str:
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "1"
