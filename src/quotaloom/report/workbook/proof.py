"""The sheet of checks: what was checked when computed, and formulas that go on checking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.report.numbers import yuan
from quotaloom.report.wording import sentence
from quotaloom.report.workbook.book import letters, put_text, reference
from quotaloom.report.workbook.table import open_sheet, put_header, put_section, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.wish import Wish
    from quotaloom.report.workbook.book import Book
    from quotaloom.report.workbook.grid import Grid
    from quotaloom.report.workbook.plan import Plan

PASS, FAIL = "✓", "✗"


@dataclass(frozen=True, slots=True)
class _Live:
    """A comparison that the spreadsheet program repeats after every edit, amounts in 分."""

    text: str
    formula: str
    shown: int
    expected: int


def write_proof(book: Book, plan: Plan, wishes: Sequence[Wish]) -> None:
    """Add the sheet of checks."""
    live = _live(book, plan)
    texts = [line.text for line in live] + [wish.text for wish in wishes]
    said = [sentence(check, book.lang) for check in book.decomposition.checks]
    sheet = open_sheet(book, plan.proof, [width_of([*texts, *said], 100), 16, 16, 16, 16, 10])
    row = _write_checks(book, sheet, said, 3)
    row = _write_live(book, sheet, live, row)
    if wishes:
        _write_wishes(book, sheet, plan, wishes, row)


def _write_checks(book: Book, sheet: Worksheet, said: Sequence[str], row: int) -> int:
    put_section(book, sheet, row, book.word("done"))
    heads = ("check", "count", "failed", "result")
    put_header(book, sheet, row + 1, [book.word(head) for head in heads], numbers=range(1, 3))
    row += 2
    for check, text in zip(book.decomposition.checks, said, strict=True):
        put_text(sheet, row, 0, text, book.styles.text("leaf"))
        sheet.write_number(row, 1, check.count, book.styles.count())
        sheet.write_number(row, 2, check.failed, book.styles.count())
        put_text(sheet, row, 3, FAIL if check.failed else PASS, _mark(book))
        row += 1
    return row + 1


def _write_live(book: Book, sheet: Worksheet, live: Sequence[_Live], row: int) -> int:
    put_section(book, sheet, row, book.word("live"))
    heads = ("check", "shown", "expected", "difference", "result")
    put_header(book, sheet, row + 1, [book.word(head) for head in heads], numbers=range(1, 4))
    row += 2
    amount = book.styles.amount("leaf")
    for line in live:
        at = row + 1
        put_text(sheet, row, 0, line.text, book.styles.text("leaf"))
        sheet.write_formula(row, 1, line.formula, amount, yuan(line.shown))
        sheet.write_number(row, 2, yuan(line.expected), amount)
        off = line.shown - line.expected
        sheet.write_formula(row, 3, f"=ROUND(B{at}-C{at},2)", amount, yuan(off))
        verdict = f'=IF(D{at}=0,"{PASS}","{FAIL}")'
        sheet.write_formula(row, 4, verdict, _mark(book), FAIL if off else PASS)
        row += 1
    return row + 1


def _live(book: Book, plan: Plan) -> list[_Live]:
    main, made = plan.breakdown, book.decomposition
    whole, total = f"{reference(main.title)}{main.cell(0)}", int(main.sums[0, 0])
    text = book.word("live_total", sheet=main.title)
    found = [_Live(text, f"={whole}", total, made.total)]
    first, last = main.row(0), main.row(len(main.lines) - 1)
    leaf, there = letters(main.depth_column + 1), reference(main.title)
    marks = f"{there}${leaf}${first}:${leaf}${last}"
    amounts = f"{there}{main.letter(0)}${first}:{main.letter(0)}${last}"
    text = book.word("live_leaves", sheet=main.title)
    found.append(_Live(text, f'=SUMIF({marks},">0",{amounts})', total, made.total))
    for grid in plan.dimensions:
        text = book.word("live_dimension", sheet=grid.title, other=main.title)
        found.append(_Live(text, _difference(main, grid), 0, 0))
    return found


def _difference(main: Grid, grid: Grid) -> str:
    """How far two sheets' totals are apart, period by period."""
    last = len(grid.columns) - 1
    one = f"{reference(main.title)}{main.cell(0)}:{main.cell(0, last)}"
    children = [place for place, line in enumerate(grid.lines) if line.depth == 1]
    top = f"{reference(grid.title)}{grid.cell(0)}:{grid.cell(0, last)}"
    return f"=SUMPRODUCT(ABS(ROUND({one}-{top},2)))" if children else "=0"


def _write_wishes(
    book: Book, sheet: Worksheet, plan: Plan, wishes: Sequence[Wish], row: int
) -> None:
    put_section(book, sheet, row, book.word("wishes"))
    heads = ("wish", "kind", "low", "high", "reached", "result")
    put_header(book, sheet, row + 1, [book.word(head) for head in heads], numbers=range(2, 5))
    row += 2
    margins = book.decomposition.margins
    for wish, margin in zip(wishes, margins, strict=True):
        put_text(sheet, row, 0, wish.text, book.styles.text("leaf"))
        put_text(sheet, row, 1, book.word(wish.kind), book.styles.text("leaf"))
        _put_limit(book, sheet, row, 2, wish.low)
        _put_limit(book, sheet, row, 3, wish.high)
        _put_reached(book, sheet, plan, row, wish, margin.reached)
        row += 1


def _put_limit(book: Book, sheet: Worksheet, row: int, column: int, limit: int | None) -> None:
    style = book.styles.amount("leaf")
    if limit is None:
        put_text(sheet, row, column, "—", style)
    else:
        sheet.write_number(row, column, yuan(limit), style)


def _put_reached(
    book: Book, sheet: Worksheet, plan: Plan, row: int, wish: Wish, amount: int
) -> None:
    style, cell = book.styles.amount("leaf"), _cell_of(book, plan, wish)
    verdict = PASS if wish.admits(amount) else FAIL
    if not cell:
        sheet.write_number(row, 4, yuan(amount), style)
        put_text(sheet, row, 5, verdict, _mark(book))
        return
    sheet.write_formula(row, 4, f"={cell}", style, yuan(amount))
    at = row + 1
    low = f'OR(C{at}="—",ROUND(E{at},2)>=C{at})'
    high = f'OR(D{at}="—",ROUND(E{at},2)<=D{at})'
    formula = f'=IF(AND({low},{high}),"{PASS}","{FAIL}")'
    sheet.write_formula(row, 5, formula, _mark(book), verdict)


def _cell_of(book: Book, plan: Plan, wish: Wish) -> str:
    """Where the wish's sum stands on a tree sheet, "" where no single cell holds it."""
    columns = {column.label: place for place, column in enumerate(book.columns)} | {"": 0}
    if not wish.is_found:
        return ""
    if not wish.where:
        main = plan.breakdown
        return f"{reference(main.title)}{main.cell(0, columns[wish.period])}"
    for grid in plan.dimensions:
        line = _line_of(grid, wish)
        if line is not None:
            return f"{reference(grid.title)}{grid.cell(line, columns[wish.period])}"
    return ""


def _line_of(grid: Grid, wish: Wish) -> int | None:
    """The line of the node whose path from the top the wish names, if it stands on this sheet."""
    if not all(header in grid.keys for header, _ in wish.where):
        return None
    places = [(grid.keys.index(header), member) for header, member in wish.where]
    return next(
        (
            line
            for line, row in enumerate(grid.key_rows)
            if grid.lines[line].depth == len(places)
            and all(row[place] == member for place, member in places)
        ),
        None,
    )


def _mark(book: Book) -> object:
    return book.styles.cell("leaf", bold=True)
