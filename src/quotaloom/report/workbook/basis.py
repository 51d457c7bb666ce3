"""The sheet that says where each number came from: parameters, weights, shares, methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.findings import warning
from quotaloom.report.numbers import scaled, yuan
from quotaloom.report.workbook.book import put_text
from quotaloom.report.workbook.parameters import method, parameter
from quotaloom.report.workbook.table import open_sheet, put_header, put_section, width_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.core.model.decomposition import Derivation
    from quotaloom.report.workbook.book import Book

HEADS = ("hierarchy", "path", "method", "raw_weight", "norm_share", "history", "quota", "note")


def write_basis(book: Book, title: str) -> None:
    """Add the sheet: what was asked and chosen, then a line for each node."""
    made = book.decomposition
    names = _names(book)
    paths = [_shown(names, one) for one in made.derivations]
    names_shown = [parameter(name, book.lang) for name in made.parameters]
    first = width_of([*names_shown, *(one.hierarchy for one in made.derivations)], 46)
    sheet = open_sheet(book, title, [first, width_of(paths, 50), 22, 18, 14, 16, 16, 40])
    sheet.freeze_panes(1, 0)
    row = 3
    put_section(book, sheet, row, book.word("parameters"))
    heads = [book.word("parameter"), book.word("value")]
    put_header(book, sheet, row + 1, heads, numbers=range(0))
    row += 2
    for name, value in made.parameters.items():
        put_text(sheet, row, 0, parameter(name, book.lang), book.styles.text("leaf"))
        put_text(sheet, row, 1, value, book.styles.make())
        row += 1
    put_section(book, sheet, row + 1, book.word("derivations"))
    put_header(book, sheet, row + 2, [book.word(head) for head in HEADS], numbers=range(3, 7))
    row += 3
    kept = made.derivations[: max(0, book.limits.rows - row)]
    if len(kept) < len(made.derivations):
        book.notes.append(
            warning("workbook.rows_cut", title, lines=len(made.derivations), kept=len(kept))
        )
    for at, (one, path) in enumerate(zip(kept, paths, strict=False), row):
        _write_line(book, sheet, at, one, path)


def _write_line(book: Book, sheet: Worksheet, row: int, one: Derivation, path: str) -> None:
    styles = book.styles
    text = styles.text("leaf")
    for column, shown in enumerate((one.hierarchy, path, method(one.method, book.lang))):
        put_text(sheet, row, column, shown, text)
    weight = styles.cell("leaf", num_format="#,##0.######", align="right")
    sheet.write_number(row, 3, float(one.raw_weight), weight)
    sheet.write_number(row, 4, float(one.share), styles.rate("leaf", "0.0000%"))
    basis = scaled(one.basis, book.decomposition.basis_scale)
    sheet.write_number(row, 5, basis, styles.amount("leaf"))
    sheet.write_number(row, 6, yuan(one.quota), styles.amount("leaf"))
    put_text(sheet, row, 7, one.note, text)


def _names(book: Book) -> dict[tuple[str, tuple[str, ...]], str]:
    """What people read for each node, by hierarchy and path."""
    return {
        (tree.hierarchy.name, path): label
        for tree in book.cube.trees
        for path, label in zip(tree.paths(), tree.labels, strict=True)
    }


def _shown(names: dict[tuple[str, tuple[str, ...]], str], one: Derivation) -> str:
    steps = (one.path[: depth + 1] for depth in range(len(one.path)))
    return " / ".join(names.get((one.hierarchy, step), step[-1]) for step in steps)
