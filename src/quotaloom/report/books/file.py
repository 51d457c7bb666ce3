"""A reconciliation as a workbook: the bridge with formulas, the control totals, every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from quotaloom.cycle.books.verb import steps
from quotaloom.report.atomic import replacing
from quotaloom.report.books.words import FIGURES, WORDS, step_word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.cycle.books.verb import Books
    from quotaloom.report.wording import Lang

OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
FIRST_ROW: Final = 3
_SCALE: Final = 10_000
_LINE: Final = ("date", "figure", "paper", "contract", "region", "gross", "net", "origin")


def write_books(found: Books, path: Path, lang: Lang) -> Path:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        _bridge(book.add_worksheet(WORDS["title"][lang]), found, (bold, money), lang)
        _checks(book.add_worksheet(WORDS["checks"][lang][:31]), found, (bold, money), lang)
        _lines(book.add_worksheet(WORDS["origin"][lang]), found, (bold, money), lang)
    return path


def _bridge(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    """A column a part; each subtotal is the formula of the steps above it, with its value."""
    bold, money = looks
    sheet.write_string(0, 0, WORDS["head"][lang].format(period=found.period.label), bold)
    columns = [(WORDS["whole"][lang], found.whole), *found.parts]
    for column, (name, figures) in enumerate(columns, 1):
        sheet.write_string(FIRST_ROW - 1, column, name, bold)
        _column(sheet, column, figures, money)
    for row, (name, sign, _) in enumerate(steps(found.whole), FIRST_ROW):
        sheet.write_string(row, 0, step_word(name, sign, lang))
    last = FIRST_ROW + len(found.whole)
    sheet.write_string(last, 0, WORDS["of_which"][lang])
    sheet.write_number(last, 1, found.retained / _SCALE, money)
    sheet.write_string(last + 1, 0, WORDS["closes" if found.closes else "open"][lang])
    sheet.set_column(0, len(columns), 24)
    sheet.freeze_panes(FIRST_ROW, 1)


def _column(sheet: Worksheet, column: int, figures: Mapping[str, int], money: Format) -> None:
    above = ""
    for row, (_, sign, amount) in enumerate(steps(figures), FIRST_ROW):
        cell = xl_rowcol_to_cell(row, column)
        if sign:
            sheet.write_number(row, column, amount / _SCALE, money)
            above += f"{'+' if sign > 0 else '-'}{cell}"
        else:
            sheet.write_formula(row, column, f"={above}", money, amount / _SCALE)
            above = cell


def _checks(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    bold, money = looks
    heads = ("figure", "region", "contract", "control", "own", "difference", "lines")
    sheet.write_row(0, 0, [WORDS[one][lang] for one in heads], bold)
    for row, one in enumerate(found.checks, 1):
        sheet.write_row(row, 0, (FIGURES[one.figure][lang], one.region, one.contract))
        sheet.write_number(row, 3, one.control / _SCALE, money)
        sheet.write_number(row, 4, one.own / _SCALE, money)
        sheet.write_formula(row, 5, f"=D{row + 1}-E{row + 1}", money, one.difference / _SCALE)
        papers = one.lines.select("paper", "§file", "§row").iter_rows()
        sheet.write_string(row, 6, "; ".join(f"{paper} {file}:{at}" for paper, file, at in papers))
    sheet.set_column(0, len(heads), 20)


def _lines(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    """Every posting of the period, with the row that it came from."""
    bold, money = looks
    sheet.write_row(0, 0, [WORDS[one][lang] for one in _LINE], bold)
    row = 0
    for stage, figure in _SHOWN.items():
        for line in found.lines(stage).iter_rows(named=True):
            row += 1
            told = (str(line["date"]), FIGURES[figure][lang], line["paper"] or "")
            sheet.write_row(row, 0, (*told, line["contract"], line["region"]))
            sheet.write_number(row, 5, line["gross"] / _SCALE, money)
            sheet.write_number(row, 6, line["net"] / _SCALE, money)
            sheet.write_string(row, 7, f"{line['§file']}:{line['§row']}")
    sheet.set_column(0, len(_LINE), 18)
    sheet.freeze_panes(1, 0)


_SHOWN: Final = {
    "booked": "booked_gross",
    "returned": "returned_net",
    "recognised": "recognised_net",
    "invoiced": "invoiced",
    "collected": "collected",
}
