"""The sheet of a reconciliation that has a line a contract, added up below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range

from quotaloom.cycle.books.verb import steps
from quotaloom.report.books.step_cells import SCALE, write_steps
from quotaloom.report.books.words import WORDS, part_word, step_word

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.cycle.books.verb import Books
    from quotaloom.report.wording import Lang


def write_contracts(
    sheet: Worksheet, found: Books, looks: tuple[Format, Format], lang: Lang
) -> None:
    """A line a contract; its subtotals are formulas along the line, the sums below as well."""
    bold, money = looks
    words = [step_word(name, sign, lang) for name, sign, _ in steps(found.whole)]
    sheet.write_row(0, 0, [WORDS["contract"][lang], *words], bold)
    for row, (name, figures) in enumerate(found.parts, 1):
        sheet.write_string(row, 0, part_word(name, lang))
        write_steps(sheet, (row, 1), figures, money, down=0)
    past = len(found.parts) + 1
    sheet.write_string(past, 0, WORDS["whole"][lang], bold)
    for column, (_, _, amount) in enumerate(steps(found.whole), 1):
        cells = xl_range(1, column, past - 1, column)
        sheet.write_formula(past, column, f"=SUM({cells})", money, amount / SCALE)
    sheet.set_column(0, len(words), 22)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, past - 1, len(words))
