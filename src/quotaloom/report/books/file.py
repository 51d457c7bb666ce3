"""A reconciliation as a workbook: the bridge with formulas, the control totals, every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from quotaloom.cycle.books.posting import UNTAXED
from quotaloom.cycle.books.verb import steps
from quotaloom.report.atomic import replacing
from quotaloom.report.books.by_contract import write_contracts
from quotaloom.report.books.notes import notes
from quotaloom.report.books.step_cells import SCALE, write_steps
from quotaloom.report.books.words import FIGURES, WORDS, part_word, step_word

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.cycle.books.verb import Books
    from quotaloom.report.wording import Lang

OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
FIRST_ROW: Final = 3
_LINE: Final = ("date", "figure", "paper", "contract", "region", "gross", "net", "origin")


def write_books(found: Books, path: Path, lang: Lang) -> Path:
    """Write the workbook whole or not at all. Raises DataRefused when the disk refuses."""
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        looks = bold, money
        _bridge(book.add_worksheet(WORDS["title"][lang]), found, looks, lang)
        if found.by == "contract":
            write_contracts(book.add_worksheet(WORDS["contracts"][lang]), found, looks, lang)
        _checks(book.add_worksheet(WORDS["checks"][lang][:31]), found, looks, lang)
        _lines(book.add_worksheet(WORDS["origin"][lang]), found, looks, lang)
    return path


def _bridge(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    """A column a region; below it what the bridge says of itself."""
    bold, money = looks
    sheet.write_string(0, 0, WORDS["head"][lang].format(period=found.period.label), bold)
    columns = [(WORDS["whole"][lang], found.whole)]
    columns += [] if found.by == "contract" else found.parts
    for column, (name, figures) in enumerate(columns, 1):
        sheet.write_string(FIRST_ROW - 1, column, part_word(name, lang), bold)
        write_steps(sheet, (FIRST_ROW, column), figures, money, down=1)
    for row, (name, sign, _) in enumerate(steps(found.whole), FIRST_ROW):
        sheet.write_string(row, 0, step_word(name, sign, lang))
    last = FIRST_ROW + len(found.whole)
    sheet.write_string(last, 0, WORDS["of_which"][lang])
    sheet.write_number(last, 1, found.retained / SCALE, money)
    told = [WORDS["closes" if found.closes else "open"][lang], *notes(found, lang)]
    sheet.write_column(last + 1, 0, told)
    sheet.set_column(0, len(columns), 24)
    sheet.freeze_panes(FIRST_ROW, 1)


def _checks(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    bold, money = looks
    heads = ("figure", "region", "contract", "control", "own", "difference", "lines")
    sheet.write_row(0, 0, [WORDS[one][lang] for one in heads], bold)
    for row, one in enumerate(found.checks, 1):
        sheet.write_row(row, 0, (FIGURES[one.figure][lang], one.region, one.contract))
        sheet.write_number(row, 3, one.control / SCALE, money)
        sheet.write_number(row, 4, one.own / SCALE, money)
        sheet.write_formula(row, 5, f"=D{row + 1}-E{row + 1}", money, one.difference / SCALE)
        papers = one.lines.select("paper", "§file", "§row").iter_rows()
        named = "; ".join(f"{paper} {file}:{at}" for paper, file, at in papers)
        reason = f"{WORDS[f'{one.reason}_paper'][lang]}: {named}" if named else ""
        sheet.write_string(row, 6, reason)
    if found.control.is_part:
        sheet.write_string(len(found.checks) + 2, 0, WORDS["company_controls"][lang])
    sheet.set_column(0, len(heads), 20)


def _lines(sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang) -> None:
    """Every posting of the period, with the row that it came from."""
    bold, money = looks
    sheet.write_row(0, 0, [WORDS[one][lang] for one in _LINE], bold)
    told = [(stage, line) for stage in _SHOWN for line in found.lines(stage).iter_rows(named=True)]
    for row, (stage, line) in enumerate(told, 1):
        paper = str(line["date"]), FIGURES[_SHOWN[stage]][lang], line["paper"] or ""
        where = part_word(line["contract"], lang), part_word(line["region"], lang)
        sheet.write_row(row, 0, (*paper, *where))
        sheet.write_number(row, 5, line["gross"] / SCALE, money)
        if stage != UNTAXED:
            sheet.write_number(row, 6, line["net"] / SCALE, money)
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
