"""A file as it came, as a workbook: what is wrong is marked in its cell, and listed once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from quotaloom.report.atomic import replacing
from quotaloom.report.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from quotaloom.core.model.findings import Finding
    from quotaloom.report.wording import Lang
    from quotaloom.warehouse.intake.raw_table import RawTable

OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False}
COLOURS: Final = {"error": "#FFC7CE", "warning": "#FFEB9C", "info": "#DDEBF7"}
WORDS: Final[Mapping[Lang, Sequence[str]]] = {
    "zh": ("数据", "问题清单", "程度", "行", "列", "值", "说明"),
    "en": ("Data", "Findings", "Severity", "Row", "Column", "Value", "What to do"),
}
GRAVITY: Final = {
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    "info": ("说明", "note"),
}


def write_annotated(
    table: RawTable | None, findings: Sequence[Finding], path: Path, lang: Lang
) -> None:
    """Write the workbook whole or not at all.

    Rows stand where they stood in the file, so that an address is true in both. Without a table
    there is only the list. Raises DataRefused when the disk refuses.
    """
    with replacing(path) as fresh, Workbook(str(fresh), OPTIONS) as book:
        if table is not None:
            _cells(book, book.add_worksheet(WORDS[lang][0]), table, findings, lang)
        _list(book, book.add_worksheet(WORDS[lang][1]), findings, lang)


def _cells(
    book: Workbook, sheet: Worksheet, table: RawTable, findings: Sequence[Finding], lang: Lang
) -> None:
    marked = _marked(findings)
    looks = {tone: book.add_format({"bg_color": colour}) for tone, colour in COLOURS.items()}
    bold = book.add_format({"bold": True})
    header = max(table.header_row - 1, 0)
    for place, name in enumerate(table.headers):
        sheet.write_string(header, place, name, bold)
    for row, cells in zip(table.rows.to_list(), table.frame.iter_rows(), strict=True):
        sheet.write_row(row - 1, 0, ["" if cell is None else str(cell) for cell in cells])
    for row, place, text, here in _marks(table, marked):
        sheet.write_string(row - 1, place, text, looks[str(here.severity)])
        sheet.write_comment(row - 1, place, sentence(here, lang))
    sheet.freeze_panes(header + 1, 0)
    sheet.set_column(0, len(table.headers), 16)


def _marks(
    table: RawTable, marked: Mapping[tuple[int, str], Finding]
) -> Iterator[tuple[int, int, str, Finding]]:
    """The cells to mark: row, place of the column, text, and why."""
    rows = {row: at for at, row in enumerate(table.rows.to_list())}
    for (row, letter), here in marked.items():
        if row in rows and letter in table.letters:
            place = table.letters.index(letter)
            cell = table.frame.row(rows[row])[place]
            yield row, place, "" if cell is None else str(cell), here


def _marked(findings: Sequence[Finding]) -> dict[tuple[int, str], Finding]:
    """The first finding of each cell, by row and letter."""
    found: dict[tuple[int, str], Finding] = {}
    for one in findings:
        row, column = one.params.get("row"), str(one.params.get("column", ""))
        if isinstance(row, int) and column:
            found.setdefault((row, column.split(" ", maxsplit=1)[0]), one)
    return found


def _list(book: Workbook, sheet: Worksheet, findings: Sequence[Finding], lang: Lang) -> None:
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, word in enumerate(WORDS[lang][2:]):
        sheet.write_string(0, place, word, bold)
    for row, one in enumerate(findings, 1):
        gravity = GRAVITY[str(one.severity)][0 if lang == "zh" else 1]
        told = (gravity, *(str(one.params.get(name, "")) for name in ("row", "column", "value")))
        for place, text in enumerate((*told, sentence(one, lang))):
            sheet.write_string(row, place, text, wrap)
    sheet.set_column(0, 1, 8)
    sheet.set_column(2, 3, 18)
    sheet.set_column(4, 4, 90)
    sheet.freeze_panes(1, 0)
