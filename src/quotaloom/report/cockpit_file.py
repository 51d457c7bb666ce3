"""The cockpit's members as a workbook: target, fact, attainment as a formula, pace, last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from quotaloom.core.attainment.ratio import attainment
from quotaloom.report.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.cycle.track.board import Place

OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}
FIRST_ROW: Final = 3
QUOTA, FACT, RATE, AHEAD, AGO, STATUS, CHALLENGE, STRETCHED = range(1, 9)


Line = tuple[int, str, "Place", str]
"""The depth of a member, its name, how it stands, and its status."""


@dataclass(frozen=True, slots=True)
class Book:
    """What is written: sheets of lines by their titles, all under the same heads."""

    sheets: Mapping[str, Sequence[Line]]
    heads: Sequence[str]
    unit: str
    unit_size: int
    decimals: int
    about: str
    stamps: Sequence[tuple[str, str]]


def money_look(decimals: int) -> str:
    """The number format of amounts; one that would read as 0 shows the digits that it has."""
    number, least = "#,##0" + f".{'0' * decimals}" * bool(decimals), f"{0.5 / 10**decimals:g}"
    return f"[>={least}]{number};[<=-{least}]-{number};General"


def write_cockpit(shown: Book, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": money_look(shown.decimals)})
        rate = book.add_format({"num_format": "0.0%"})
        for title, lines in shown.sheets.items():
            sheet = book.add_worksheet(title)
            sheet.write_string(0, 0, title, bold)
            sheet.write_string(1, 0, shown.unit)
            sheet.write_row(FIRST_ROW - 1, 0, shown.heads, bold)
            for row, line in enumerate(lines, FIRST_ROW):
                _line(sheet, row, line, shown.unit_size, (money, rate))
            sheet.set_column(0, 0, 30)
            sheet.set_column(1, STRETCHED, 16)
            sheet.freeze_panes(FIRST_ROW, 1)
            sheet.fit_to_pages(1, 0)
        about = book.add_worksheet(shown.about)
        about.set_column(0, 1, 40)
        for row, pair in enumerate(shown.stamps):
            about.write_row(row, 0, pair)


def _line(
    sheet: Worksheet,
    row: int,
    line: Line,
    size: int,
    looks: tuple[Format, Format],
) -> None:
    """One member; each attainment is a formula with its value, so that it opens anywhere."""
    depth, name, place, status = line
    one, (money, rate) = place.standing, looks
    sheet.write_string(row, 0, "  " * depth + name)
    told = {QUOTA: one.quota, FACT: one.credit, AGO: place.last_year, CHALLENGE: place.challenge}
    for column, amount in told.items():
        if amount is not None:
            sheet.write_number(row, column, amount / size, money)
    stretched = attainment(one.credit, place.challenge)
    for column, below, share in ((RATE, QUOTA, one.attained), (STRETCHED, CHALLENGE, stretched)):
        if share is not None:
            fact, target = (xl_rowcol_to_cell(row, at) for at in (FACT, below))
            sheet.write_formula(row, column, f"={fact}/{target}", rate, float(share))
    if one.ahead is not None:
        sheet.write_number(row, AHEAD, round(float(one.ahead), 1))
    sheet.write_string(row, STATUS, status)
