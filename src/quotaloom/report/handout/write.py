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

    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.cycle.exchange.sheet import Head, Line, Sheet, Spot
    from quotaloom.report.handout.stamp import Called, Saying

KEYS, NAMES, GROWTH, LAST_YEAR, BEFORE = range(5)  # columns: keys hidden, then three, then periods
KEY_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5  # from 0; the keys of the columns are hidden
DEEPEST: Final = 7  # outline levels that Excel has
ENTRY: Final = "#FFFBE6"
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}
ALLOWED: Final = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """The formats of one sheet."""

    title: Format
    note: Format
    name: Format
    member: Format
    head: Format
    rate: Format
    locked: Format
    total: Format
    entry: Format


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """One sheet being written: what it holds, its looks, and what its keys begin with."""

    sheet: Sheet
    paper: Worksheet
    looks: _Looks
    mark: str


def write_handout(handout: Handout, path: Path, saying: Saying) -> None:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        titles = Titles()
        about = titles.take(word("about", saying.lang))
        for place, sheet in enumerate(handout.sheets):
            alone = handout.stamp.scope or handout.title
            title = saying.sheets[place].measure if len(handout.sheets) > 1 else alone
            paper = book.add_worksheet(titles.take(title), PlainSheet)
            page = _Page(sheet, paper, _looks(book, sheet), handout.mark(place))
            _above(page, handout, saying, saying.sheets[place])
            for line in range(len(sheet.lines)):
                _line(page, line)
            _shape(paper, sheet)
        write_stamp(book, handout, saying, about)


def column_key(mark: str, head: Head) -> str:
    """What stands in the hidden row above a column."""
    return f"{mark}:{head.label or '*'}"


def row_key(mark: str, line: int) -> str:
    """What stands in the hidden column before a line."""
    return f"{mark}|{line + 1}"


def _above(page: _Page, handout: Handout, saying: Saying, called: Called) -> None:
    """What the sheet is, and the heads of its columns."""
    paper, looks, lang = page.paper, page.looks, saying.lang
    named = (handout.title, handout.stamp.scope, called.measure)
    put_text(paper, 0, NAMES, " · ".join(one for one in named if one), looks.title)
    unit, version = word("unit", lang, unit=called.unit), word("position", lang)
    put_text(paper, 1, NAMES, f"{unit} · {version} {handout.stamp.position}", looks.note)
    put_text(paper, 2, NAMES, word("how" if page.sheet.adds else "how_rate", lang), looks.note)
    put_text(paper, KEY_ROW, KEYS, page.mark, looks.note)
    put_text(paper, HEAD_ROW, NAMES, word("member", lang), looks.member)
    put_text(paper, HEAD_ROW, GROWTH, word("growth", lang), looks.head)
    put_text(paper, HEAD_ROW, LAST_YEAR, word("last_year", lang), looks.head)
    for place, head in enumerate(page.sheet.heads):
        put_text(paper, KEY_ROW, BEFORE + place, column_key(page.mark, head), looks.note)
        put_text(paper, HEAD_ROW, BEFORE + place, head.title, looks.head)


def _line(page: _Page, place: int) -> None:
    paper, looks, line, row = page.paper, page.looks, page.sheet.lines[place], FIRST_ROW + place
    paper.set_row(row, None, None, {"level": min(line.depth, DEEPEST)})
    put_text(paper, row, KEYS, row_key(page.mark, place), looks.note)
    put_text(paper, row, NAMES, "\u3000" * line.depth + line.name, looks.name)
    _past(page, row, line)
    for at in range(len(page.sheet.heads)):
        _cell(page, (place, at))


def _cell(page: _Page, spot: Spot) -> None:
    """A figure, or the sum of others; nothing where none is given."""
    sheet, looks = page.sheet, page.looks
    (place, at), units = spot, sheet.base(spot)
    line, head, cell = sheet.lines[place], sheet.heads[at], (FIRST_ROW + place, BEFORE + at)
    is_total = bool(head.parts or line.below)
    look = looks.total if is_total else looks.entry if at in line.entry else looks.locked
    if is_total and sheet.adds:
        told = _across(cell[0], head.parts) if head.parts else _down(cell[0], at, line.below)
        page.paper.write_formula(*cell, told, look, in_sheet(sheet, units or 0))
    elif units is None:
        page.paper.write_blank(*cell, None, look)
    else:
        page.paper.write_number(*cell, in_sheet(sheet, units), look)


def _past(page: _Page, row: int, line: Line) -> None:
    """Last year, and how much more the first column is."""
    now = line.figures[0]
    if line.last_year is None or now is None:
        return
    page.paper.write_number(row, LAST_YEAR, line.last_year / page.sheet.size, page.looks.locked)
    grown = growth(now * page.sheet.unit, line.last_year)
    if grown is not None:
        past, cell = (f"{letters(one)}{row + 1}" for one in (LAST_YEAR, BEFORE))
        told = f"={cell}/{past}-1"
        page.paper.write_formula(row, GROWTH, told, page.looks.rate, float(grown))


def in_sheet(sheet: Sheet, units: int) -> int | float:
    """A figure as a cell holds it: whole where it is whole, else the nearest double."""
    whole, rest = divmod(units * sheet.unit, sheet.size)
    return whole if not rest else units * sheet.unit / sheet.size


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


def _shape(paper: Worksheet, sheet: Sheet) -> None:
    paper.outline_settings(symbols_below=False)
    paper.set_row(KEY_ROW, None, None, {"hidden": True})
    paper.set_column(KEYS, KEYS, 4, None, {"hidden": True})
    paper.set_column(NAMES, NAMES, 36)
    paper.set_column(GROWTH, BEFORE + len(sheet.heads) - 1, 14)
    paper.freeze_panes(FIRST_ROW, GROWTH)
    paper.set_landscape()
    paper.fit_to_pages(1, 0)
    paper.protect("", ALLOWED)


def _looks(book: Workbook, sheet: Sheet) -> _Looks:
    figure = "#,##0" + "." * bool(sheet.decimals) + "0" * sheet.decimals
    figure += "" if sheet.adds else "%"
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
        locked=book.add_format({"num_format": figure, **line}),
        total=book.add_format({"num_format": figure, **line, **band}),
        entry=book.add_format({"num_format": figure, **line, **typed}),
    )
