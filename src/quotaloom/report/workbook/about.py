"""The sheet that says what the workbook is, how to check it, and what to look at."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from quotaloom.report.summary_table import columns_of_text
from quotaloom.report.wording import sentences_of
from quotaloom.report.workbook.book import put_text
from quotaloom.report.workbook.table import open_sheet, put_section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.layout import Layout
    from quotaloom.report.workbook.book import Book
    from quotaloom.report.workbook.plan import Plan

TEXT_WIDTH = 110
LINE_HEIGHT = 18


def write_about(book: Book, plan: Plan, layout: Layout) -> None:
    """Add the sheet. Its last lines are for the check and say so."""
    sheet = open_sheet(book, plan.about, [26, TEXT_WIDTH])
    put_text(sheet, 1, 0, book.word("made_by", version=version("quotaloom")), book.styles.note())
    row = 3
    for title, text in (("what", "what_text"), ("how", "how_text")):
        put_section(book, sheet, row, book.word(title))
        row = _put_lines(book, sheet, row, [book.word(text)]) + 1
    put_section(book, sheet, row, book.word("findings"))
    row = _put_lines(book, sheet, row, _findings(book)) + 1
    put_section(book, sheet, row, book.word("sheets"))
    for title, text in _sheets(book, plan):
        put_text(sheet, row + 1, 0, title, book.styles.make())
        row = _put_lines(book, sheet, row + 1, [text]) - 1
    row += 2
    put_text(sheet, row, 0, book.word("machine"), book.styles.note())
    sheet.print_area(0, 0, row, 1)
    small = book.styles.make(font_size=8, font_color="#9CA3AF", align="fill")
    for at, (mark, part) in enumerate(layout.chunks(), row + 1):
        put_text(sheet, at, 0, mark, small)
        put_text(sheet, at, 1, part, small)


def _put_lines(book: Book, sheet: Worksheet, row: int, lines: Sequence[str]) -> int:
    """Write texts beside what they are about; the row after them."""
    for at, text in enumerate(lines, row):
        sheet.set_row(at, LINE_HEIGHT * (1 + columns_of_text(text) // (TEXT_WIDTH - 10)))
        put_text(sheet, at, 1, text, book.styles.make(text_wrap=True))
    return row + len(lines)


def _sheets(book: Book, plan: Plan) -> list[tuple[str, str]]:
    names = [name for name, _ in book.decomposition.hierarchies]
    return [
        (plan.overview, book.word("sheet_overview")),
        (plan.breakdown.title, book.word("sheet_breakdown")),
        *(
            (grid.title, book.word("sheet_dimension", name=names[grid.tree]))
            for grid in plan.dimensions
        ),
        *(
            (grid.title, book.word("sheet_member", name=grid.lines[0].label))
            for grid in plan.members
        ),
        (plan.basis, book.word("sheet_basis")),
        (plan.proof, book.word("sheet_proof")),
    ]


def _findings(book: Book) -> list[str]:
    found: list[Finding] = [*book.decomposition.findings, *book.notes]
    marks = {"error": "✗", "warning": "!", "info": "·"}
    said = sentences_of(found, book.lang)
    lines = [f"{marks[one.severity]} {text}" for one, text in zip(found, said, strict=True)]
    return lines or [book.word("no_findings")]
