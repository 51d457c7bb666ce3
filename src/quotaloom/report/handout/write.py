"""Write a handout as a workbook: figures that may be typed over, sums that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from quotaloom.report.atomic import replacing
from quotaloom.report.handout.stamp import write_stamp
from quotaloom.report.handout.words import word
from quotaloom.report.numbers import growth
from quotaloom.report.workbook.book import PlainSheet, letters, put_text
from quotaloom.report.workbook.style import BANDS, FAINT, INPUT, LINE
from quotaloom.report.workbook.titles import Titles

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.cycle.exchange.handout import Handout, Line
    from quotaloom.report.handout.stamp import Saying

KEYS, NAMES, GROWTH, LAST_YEAR, BEFORE = range(5)  # columns: keys hidden, then three, then periods
KEY_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5  # from 0; the keys of the columns are hidden
DEEPEST: Final = 7  # outline levels that Excel has
ENTRY: Final = "#FFFBE6"
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}
ALLOWED: Final = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """The formats of one workbook."""

    title: Format
    note: Format
    name: Format
    member: Format
    head: Format
    rate: Format
    locked: Format
    total: Format
    entry: Format


def write_handout(handout: Handout, path: Path, saying: Saying) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        titles = Titles()
        about = titles.take(word("about", saying.lang))
        title = titles.take(handout.stamp.scope or handout.title)
        sheet = book.add_worksheet(title, PlainSheet)
        looks = _looks(book, handout)
        _heads(sheet, handout, saying, looks)
        for place in range(len(handout.lines)):
            _line(sheet, handout, place, looks)
        _shape(sheet, handout)
        write_stamp(book, handout, saying, about)


def column_key(handout: Handout, head: int) -> str:
    """What stands in the hidden row above a column."""
    return f"{handout.mark}:{handout.heads[head].label or '*'}"


def row_key(handout: Handout, line: int) -> str:
    """What stands in the hidden column before a line."""
    return f"{handout.mark}|{line + 1}"


def _heads(sheet: Worksheet, handout: Handout, saying: Saying, looks: _Looks) -> None:
    lang = saying.lang
    named = f"{handout.title} · {handout.stamp.scope}" if handout.stamp.scope else handout.title
    put_text(sheet, 0, NAMES, named, looks.title)
    unit, version = word("unit", lang, unit=saying.unit), word("position", lang)
    put_text(sheet, 1, NAMES, f"{unit} · {version} {handout.stamp.position}", looks.note)
    put_text(sheet, 2, NAMES, word("how", lang), looks.note)
    put_text(sheet, KEY_ROW, KEYS, handout.mark, looks.note)
    put_text(sheet, HEAD_ROW, NAMES, word("member", lang), looks.member)
    put_text(sheet, HEAD_ROW, GROWTH, word("growth", lang), looks.head)
    put_text(sheet, HEAD_ROW, LAST_YEAR, word("last_year", lang), looks.head)
    for place, head in enumerate(handout.heads):
        put_text(sheet, KEY_ROW, BEFORE + place, column_key(handout, place), looks.note)
        put_text(sheet, HEAD_ROW, BEFORE + place, head.title, looks.head)


def _line(sheet: Worksheet, handout: Handout, place: int, looks: _Looks) -> None:
    line, row = handout.lines[place], FIRST_ROW + place
    sheet.set_row(row, None, None, {"level": min(line.depth, DEEPEST)})
    put_text(sheet, row, KEYS, row_key(handout, place), looks.note)
    put_text(sheet, row, NAMES, "\u3000" * line.depth + line.name, looks.name)
    _past(sheet, handout, (row, line), looks)
    for at, head in enumerate(handout.heads):
        shown = in_sheet(handout, line.figures[at])
        cell = row, BEFORE + at
        if head.parts:
            sheet.write_formula(*cell, _across(row, head.parts), looks.total, shown)
        elif line.below:
            sheet.write_formula(*cell, _down(row, at, line.below), looks.total, shown)
        else:
            sheet.write_number(*cell, shown, looks.entry if at in line.entry else looks.locked)


def _past(sheet: Worksheet, handout: Handout, at: tuple[int, Line], looks: _Looks) -> None:
    """Last year, and how much more the first column is."""
    row, line = at
    if line.last_year is None:
        return
    sheet.write_number(row, LAST_YEAR, line.last_year / handout.size, looks.locked)
    grown = growth(line.figures[0] * handout.unit, line.last_year)
    if grown is not None:
        past, now = (f"{letters(one)}{row + 1}" for one in (LAST_YEAR, BEFORE))
        sheet.write_formula(row, GROWTH, f"={now}/{past}-1", looks.rate, float(grown))


def in_sheet(handout: Handout, figure: int) -> int | float:
    """A figure as a cell holds it: whole where it is whole, else the nearest double."""
    whole, rest = divmod(figure * handout.unit, handout.size)
    return whole if not rest else figure * handout.unit / handout.size


def _across(row: int, parts: tuple[int, ...]) -> str:
    """The sum of other columns of the row."""
    cells = [f"{letters(BEFORE + part)}{row + 1}" for part in parts]
    if all(after == part + 1 for part, after in pairwise(parts)):
        return f"=SUM({cells[0]}:{cells[-1]})"
    return "=" + "+".join(cells)


def _down(row: int, head: int, below: int) -> str:
    """The sum of the branch: subtotals within it are left out, so nothing is counted twice."""
    column = letters(BEFORE + head)
    return f"=SUBTOTAL(9,{column}{row + 2}:{column}{row + 1 + below})"


def _shape(sheet: Worksheet, handout: Handout) -> None:
    sheet.outline_settings(symbols_below=False)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_column(KEYS, KEYS, 4, None, {"hidden": True})
    sheet.set_column(NAMES, NAMES, 36)
    sheet.set_column(GROWTH, BEFORE + len(handout.heads) - 1, 14)
    sheet.freeze_panes(FIRST_ROW, GROWTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", ALLOWED)


def _looks(book: Workbook, handout: Handout) -> _Looks:
    money = "#,##0" + "." * bool(handout.decimals) + "0" * handout.decimals
    line = {"border": 1, "border_color": LINE}
    band = {"bg_color": BANDS["node"], "bold": True}
    top = {"bold": True, "bg_color": BANDS["top"], **line}
    typed = {"font_color": INPUT, "bg_color": ENTRY, "locked": False}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 14}),
        note=book.add_format({"font_color": FAINT, "font_size": 9}),
        name=book.add_format({**line}),
        member=book.add_format(top),
        head=book.add_format({**top, "align": "right"}),
        rate=book.add_format({"num_format": "0.0%", **line}),
        locked=book.add_format({"num_format": money, **line}),
        total=book.add_format({"num_format": money, **line, **band}),
        entry=book.add_format({"num_format": money, **line, **typed}),
    )
