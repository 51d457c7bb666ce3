"""A plain table on a sheet: a title, headers, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.report.workbook.book import put_text
from quotaloom.report.workbook.style import fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.workbook.book import Book


def open_sheet(book: Book, title: str, widths: Sequence[int]) -> Worksheet:
    """A sheet of tables with its headline; writing goes on at row 3."""
    sheet = book.sheet(title)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 26)
    put_text(sheet, 0, 0, f"{book.headline()} · {title}", book.styles.title())
    put_text(sheet, 1, 0, book.word("in_unit", unit=book.display.word), book.styles.note())
    return sheet


def put_section(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    """The line above a table."""
    put_text(sheet, row, 0, text, book.styles.section())


def put_header(
    book: Book, sheet: Worksheet, row: int, texts: Sequence[str], *, numbers: range
) -> None:
    """A table's headers; those over numbers stand at the right."""
    for column, text in enumerate(texts):
        put_text(sheet, row, column, text, book.styles.header(right=column in numbers))


def width_of(texts: Sequence[str], most: int = 60) -> int:
    """A column width for these texts."""
    return fitting(texts, 12, most)
