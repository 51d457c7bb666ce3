"""The first sheet: the total, its growth, the top members of every hierarchy, the periods."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from quotaloom.report.numbers import MILLE, growth, scaled, shares, yuan
from quotaloom.report.workbook.book import put_text, reference
from quotaloom.report.workbook.charts import HEIGHT, member_chart, member_height, period_chart
from quotaloom.report.workbook.style import RATE, RISE, fitting, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.workbook.book import Book
    from quotaloom.report.workbook.grid import Grid
    from quotaloom.report.workbook.plan import Plan

MOST: Final = 15  # top members shown; the rest is one line
CHART_COLUMN: Final = 7
ROW_HEIGHT: Final = 18  # points; a point is 4/3 of a pixel
GAP: Final = 14
FIRST: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table: ``formula`` finds the quota on its sheet, "" for what is left over."""

    label: str
    quota: int
    basis: int
    last_year: int | None
    formula: str


def write_overview(book: Book, plan: Plan) -> None:
    """Add the overview, charts beside the tables."""
    sheet = book.sheet(plan.overview)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_footer("&L&A&R&P / &N")
    tables = [top_entries(book, grid) for grid in plan.dimensions]
    labels = [entry.label for table in tables for entry in table]
    sheet.set_column(0, 0, fitting([*labels, book.word("target")], 20))
    amount = text_width(book.display.text(-abs(book.decomposition.total))) + 3
    sheet.set_column(1, 3, max(14, amount))
    sheet.set_column(4, 5, 12)
    sheet.set_column(6, 6, 3)
    put_text(sheet, 0, 0, book.headline(), book.styles.title())
    sheet.set_row(0, 30)
    put_text(sheet, 1, 0, book.unit_note(), book.styles.note())
    _write_cards(book, plan, sheet)
    row = FIRST
    spans = []
    for grid, entries in zip(plan.dimensions, tables, strict=True):
        past = _write_members(book, sheet, grid, entries, row)
        spans.append((row + 2, past - 3, max((one.quota for one in entries), default=0)))
        row = past
    past = _write_periods(book, sheet, plan.breakdown, row)
    _place_charts(book, plan, sheet, spans, (row + 2, past - 3))


def _place_charts(
    book: Book,
    plan: Plan,
    sheet: Worksheet,
    members: Sequence[tuple[int, int, int]],
    periods: tuple[int, int],
) -> None:
    """The periods' chart beside the cards, then one for each hierarchy with several members."""
    top = 0
    if periods[1] > periods[0]:
        chart = period_chart(book, plan.overview, periods)
        sheet.insert_chart(3, CHART_COLUMN, chart)
        top = HEIGHT + GAP
    for grid, (first, last, largest) in zip(plan.dimensions, members, strict=True):
        if last > first:
            chart = member_chart(book, plan.overview, grid, (first, last), largest=largest)
            sheet.insert_chart(3, CHART_COLUMN, chart, {"y_offset": top})
            top += member_height(last - first + 1) + GAP


def _write_cards(book: Book, plan: Plan, sheet: Worksheet) -> None:
    made, styles = book.decomposition, book.styles
    look = {"font_size": 14, "bold": True, "font_color": "#1F3864", "align": "left"}
    money = styles.make(num_format=styles.amount_format, **look)
    names = ("target", "last_year", "growth", "leaves", "checks")
    for column, name in enumerate(names):
        put_text(sheet, 3, column, book.word(name), styles.note())
    sheet.set_row(4, 26)
    whole = f"={reference(plan.breakdown.title)}{plan.breakdown.cell(0)}"
    sheet.write_formula(4, 0, whole, money, yuan(made.total))
    if made.last_year is None:
        put_text(sheet, 4, 1, "—", styles.make(**look))
    else:
        sheet.write_number(4, 1, yuan(made.last_year), money)
    risen = growth(made.total, made.last_year)
    rate = styles.make(num_format=RISE, **look)
    shown = "—" if risen is None else float(risen)
    sheet.write_formula(4, 2, '=IF(N(B5)>0,A5/B5-1,"—")', rate, shown)
    sheet.write_number(4, 3, made.leaves.height, styles.make(num_format="#,##0", **look))
    failed = sum(check.failed > 0 for check in made.checks)
    verdict = book.word("some_fail", count=failed) if failed else book.word("all_pass")
    put_text(sheet, 4, 4, verdict, styles.make(**look))


def top_entries(book: Book, grid: Grid) -> list[Entry]:
    """The top members, the largest first, ties in tree order; beyond 15 one line for the rest."""
    tree = book.cube.trees[grid.tree]
    lines = [grid.line_of[node] for node in tree.tops() if node in grid.line_of]
    lines.sort(key=lambda line: -int(grid.sums[line, 0]))
    at = reference(grid.title)
    entries = [
        Entry(
            grid.lines[line].label,
            int(grid.sums[line, 0]),
            grid.basis[line],
            (grid.last_year or {}).get(grid.lines[line].node),
            f"={at}{grid.cell(line)}",
        )
        for line in lines
    ]
    if len(entries) <= MOST:
        return entries
    rest = entries[MOST - 1 :]
    known = [entry.last_year for entry in rest]
    return [
        *entries[: MOST - 1],
        Entry(
            book.word("others", count=len(rest)),
            sum(entry.quota for entry in rest),
            sum(entry.basis for entry in rest),
            None if None in known else sum(amount or 0 for amount in known),
            "",
        ),
    ]


def _write_members(
    book: Book, sheet: Worksheet, grid: Grid, entries: Sequence[Entry], row: int
) -> int:
    """Write a table from a row on; the row after it and a blank one."""
    put_text(sheet, row, 0, book.word("by_member", name=grid.top_name), book.styles.section())
    heads = ("history", "last_year", "quota", "growth", "share")
    _write_header(book, sheet, row + 1, [grid.top_name, *map(book.word, heads)])
    first, parts = row + 2, shares([entry.quota for entry in entries])
    last = first + len(entries)
    whole = f"{reference(grid.title)}{grid.cell(0)}"
    for at, (entry, part) in enumerate(zip(entries, parts, strict=True), first):
        left = f"={whole}-SUM(D{first + 1}:D{last - 1})"
        _write_entry(book, sheet, at, "leaf", entry, entry.formula or left)
        _write_share(book, sheet, at, 5, part)
    basis = sum(entry.basis for entry in entries)
    before = (grid.last_year or {}).get(-1)
    total = Entry(book.word("total"), int(grid.sums[0, 0]), basis, before, "")
    added = f"=SUM(D{first + 1}:D{last})" if entries else f"={whole}"
    _write_entry(book, sheet, last, "total", total, added)
    _write_share(book, sheet, last, 5, MILLE if parts and parts[0] is not None else None, "total")
    return last + 2


def _write_header(book: Book, sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts):
        put_text(sheet, row, column, text, book.styles.header(right=column > 0))


def _write_entry(
    book: Book, sheet: Worksheet, row: int, band: str, entry: Entry, formula: str
) -> None:
    styles = book.styles
    put_text(sheet, row, 0, entry.label, styles.text(band))
    basis = scaled(entry.basis, book.decomposition.basis_scale)
    sheet.write_number(row, 1, basis, styles.amount(band))
    if entry.last_year is None:
        put_text(sheet, row, 2, "—", styles.amount(band))
    else:
        sheet.write_number(row, 2, yuan(entry.last_year), styles.amount(band))
    sheet.write_formula(row, 3, formula, styles.amount(band), yuan(entry.quota))
    risen = growth(entry.quota, entry.last_year)
    shown = "—" if risen is None else float(risen)
    rise = f'=IF(N(C{row + 1})>0,D{row + 1}/C{row + 1}-1,"—")'
    sheet.write_formula(row, 4, rise, styles.rate(band, RISE), shown)


def _write_share(
    book: Book, sheet: Worksheet, row: int, column: int, part: int | None, band: str = "leaf"
) -> None:
    style = book.styles.rate(band, RATE)
    if part is None:
        put_text(sheet, row, column, "—", style)
    else:
        sheet.write_number(row, column, part / MILLE, style)


def _write_periods(book: Book, sheet: Worksheet, grid: Grid, row: int) -> int:
    """Write the table of the leaf periods; the row after it and a blank one."""
    put_text(sheet, row, 0, book.word("by_period"), book.styles.section())
    heads = ("period", "quota", "share", "cumulative")
    _write_header(book, sheet, row + 1, [book.word(head) for head in heads])
    places = [place for place, column in enumerate(grid.columns) if column.is_leaf]
    parts = shares([int(grid.sums[0, place]) for place in places])
    running = list(accumulate(part or 0 for part in parts))
    first, there = row + 2, reference(grid.title)
    for at, (place, part, run) in enumerate(zip(places, parts, running, strict=True), first):
        put_text(sheet, at, 0, grid.columns[place].label, book.styles.text("leaf"))
        formula, value = f"={there}{grid.cell(0, place)}", yuan(int(grid.sums[0, place]))
        sheet.write_formula(at, 1, formula, book.styles.amount("leaf"), value)
        _write_share(book, sheet, at, 2, part)
        _write_share(book, sheet, at, 3, None if part is None else run)
    last = first + len(places)
    put_text(sheet, last, 0, book.word("total"), book.styles.text("total"))
    added = f"=SUM(B{first + 1}:B{last})"
    sheet.write_formula(last, 1, added, book.styles.amount("total"), yuan(int(grid.sums[0, 0])))
    _write_share(book, sheet, last, 2, None if None in parts else MILLE, "total")
    put_text(sheet, last, 3, "", book.styles.text("total"))
    return last + 2
