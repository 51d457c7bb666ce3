"""A tree by periods on one sheet: where everything stands, and the writing of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

from quotaloom.report.numbers import growth, scaled, yuan
from quotaloom.report.period_columns import summed
from quotaloom.report.workbook.book import letters, put_text
from quotaloom.report.workbook.lines import HERE, add_up, children_of
from quotaloom.report.workbook.style import RATE, RISE, fitting, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quotaloom.report.cube import Ints
    from quotaloom.report.period_columns import Column
    from quotaloom.report.workbook.book import Book
    from quotaloom.report.workbook.lines import Line

Kind = Literal["breakdown", "dimension", "member"]

THERE: Final = "\ue001"  # stands for the letters of the same period's column on another sheet
ROW: Final = "\ue002"
HEADER: Final = 3  # rows are counted from 0: title, note, band, header
OPEN_LINES: Final = 60
A3: Final = 8
A4: Final = 9
MOST_ON_A4: Final = 9  # columns that are still read on A4


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet of lines by periods.

    ``keys`` names a line's members under their own headers and ``numbers`` the leaf that stands
    on it, both in hidden columns; ``extras`` are the figures before the periods. ``formulas`` has
    the formula of a line's leaf-period cells, by HERE and by THERE on the sheet of ``source``,
    None where a value stands. ``is_cut``: the lowest lines are not leaves, they did not fit.
    """

    title: str
    kind: Kind
    lines: Sequence[Line]
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    key_rows: Sequence[tuple[str, ...]]
    numbers: tuple[str, ...]
    number_rows: Sequence[tuple[int, ...]]
    extras: tuple[str, ...]
    quota: Ints
    basis: Sequence[int]
    formulas: Sequence[str | None]
    notes: tuple[str, ...] = ()
    last_year: Mapping[int, int] | None = None
    tree: int = -1
    source: Grid | None = None
    is_cut: bool = False
    top_name: str = ""

    @cached_property
    def depth_column(self) -> int:
        """Where a line's depth stands."""
        return 1 + len(self.keys)

    @cached_property
    def first_extra(self) -> int:
        """Where the shown figures begin."""
        return self.depth_column + 1 + len(self.numbers)

    @cached_property
    def first_period(self) -> int:
        """Where the whole stands, and the periods after it."""
        return self.first_extra + len(self.extras)

    @cached_property
    def sums(self) -> Ints:
        """``[line, column]``."""
        return summed(self.quota, self.columns)

    @cached_property
    def line_of(self) -> dict[int, int]:
        """The line of each node; of the total under -1."""
        found: dict[int, int] = {-1: 0}
        for place, line in enumerate(self.lines):
            if line.node >= 0:
                found.setdefault(line.node, place)
        return found

    def row(self, line: int) -> int:
        """The row of a line as Excel counts it."""
        return HEADER + 2 + line

    def letter(self, column: int) -> str:
        """The letters of a period's column."""
        return letters(self.first_period + column)

    def cell(self, line: int, column: int = 0) -> str:
        """The address of an amount on its own sheet."""
        return f"{self.letter(column)}{self.row(line)}"

    def sums_below(self) -> list[str | None]:
        """The formula of each line that adds up the lines right below it."""
        depth = letters(self.depth_column)
        return [
            add_up([self.row(child) for child in below], line.depth + 1, depth) if below else None
            for line, below in zip(self.lines, children_of(self.lines), strict=True)
        ]


def write_grid(book: Book, grid: Grid) -> None:
    """Add the sheet of a grid."""
    sheet = book.sheet(grid.title)
    _set_columns(book, grid, sheet)
    _set_page(grid, sheet)
    _write_head(book, grid, sheet)
    writer = _Lines(book, grid, sheet)
    shown = _open_depth(grid.lines)
    below = [bool(children) for children in children_of(grid.lines)]
    for place, line in enumerate(grid.lines):
        level = min(line.depth, book.limits.outline)
        folded = line.depth == shown and below[place]
        options = {"level": level, "hidden": line.depth > shown, "collapsed": folded}
        sheet.set_row(HEADER + 1 + place, None, None, options)
        writer.write(place)


def _open_depth(lines: Sequence[Line]) -> int:
    """The deepest level that is open at first: as many as show at most 60 lines, at least one."""
    deepest = max(line.depth for line in lines)
    for depth in count(1):
        if depth >= deepest or sum(line.depth <= depth + 1 for line in lines) > OPEN_LINES:
            return depth
    return deepest


def _set_columns(book: Book, grid: Grid, sheet: Worksheet) -> None:
    sheet.set_column(0, 0, fitting((2 * line.depth * " " + line.label for line in grid.lines), 16))
    sheet.set_column(1, grid.first_extra - 1, 10, None, {"level": 1, "hidden": True})
    widest = max(13, _amount_width(book, grid, 0))
    sheet.set_column(grid.first_extra, grid.first_period - 1, widest)
    # the column beside folded ones carries their + sign
    sheet.set_column(grid.first_extra, grid.first_extra, widest, None, {"collapsed": True})
    for place, column in enumerate(grid.columns):
        options = {"level": min(column.depth, book.limits.outline)}
        width = _amount_width(book, grid, place)
        at = grid.first_period + place
        sheet.set_column(at, at, width, None, options)


def _amount_width(book: Book, grid: Grid, column: int) -> int:
    amounts = grid.sums[:, column]
    largest = max(abs(int(amounts.max())), abs(int(amounts.min())))
    shown = text_width(book.display.text(-largest)) + 1
    return max(9, shown, text_width(grid.columns[column].label) + 2)


def _set_page(grid: Grid, sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    sheet.freeze_panes(HEADER + 1, grid.first_period + 1)
    sheet.outline_settings(symbols_below=False, symbols_right=True)
    sheet.set_landscape()
    sheet.set_paper(A3 if len(grid.columns) > MOST_ON_A4 else A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(HEADER - 1, HEADER)
    sheet.set_footer("&L&A&R&P / &N")
    everything = "A1:XFD1048576"
    sheet.ignore_errors({"number_stored_as_text": everything, "formula_differs": everything})


def _write_head(book: Book, grid: Grid, sheet: Worksheet) -> None:
    sheet.set_row(0, 26)
    title = "" if grid.kind == "breakdown" else f" · {grid.title}"
    put_text(sheet, 0, 0, book.headline() + title, book.styles.title())
    put_text(sheet, 1, 0, " ".join(grid.notes), book.styles.note())
    bands = {0: book.word("in_unit", unit=book.display.word), grid.first_period: book.word("quota")}
    for column in range(grid.first_period + len(grid.columns)):
        right = column == grid.first_period
        put_text(sheet, HEADER - 1, column, bands.get(column, ""), book.styles.header(right=right))
    sheet.set_row(HEADER - 1, 18)
    sheet.set_row(HEADER, 20)
    named = [book.word("name"), *grid.keys, book.word("depth"), *grid.numbers]
    for place, text in enumerate(named):
        put_text(sheet, HEADER, place, text, book.styles.header())
    for place, text in enumerate(figure_headers(book, grid), grid.first_extra):
        put_text(sheet, HEADER, place, text, book.styles.header(right=True))


def figure_headers(book: Book, grid: Grid) -> list[str]:
    """The headers of the shown figures."""
    periods = [column.label or book.word("total") for column in grid.columns]
    return [*(book.word(extra) for extra in grid.extras), *periods]


class _Lines:
    """Writes the lines of a grid, with the formats of each band made once."""

    def __init__(self, book: Book, grid: Grid, sheet: Worksheet) -> None:
        self.book, self.grid, self.sheet = book, grid, sheet
        places = range(len(grid.columns))
        self.letters = [grid.letter(column) for column in places]
        self.there = [(grid.source or grid).letter(column) for column in places]
        self.across = [self._across(column) for column in grid.columns]
        self.present = book.cube.present

    def write(self, place: int) -> None:
        """Write one line."""
        grid, line = self.grid, self.grid.lines[place]
        row, band = HEADER + 1 + place, _band(grid, place)
        style = self.book.styles.text(band, max(line.depth - 1, 0))
        put_text(self.sheet, row, 0, line.label, style)
        plain = self.book.styles.text(band)
        for column, text in enumerate(grid.key_rows[place], 1):
            if text:  # folded columns: no need to paint them
                put_text(self.sheet, row, column, text, plain)
        self.sheet.write_number(row, grid.depth_column, line.depth, plain)
        for column, number in enumerate(grid.number_rows[place], grid.depth_column + 1):
            self.sheet.write_number(row, column, number, plain)
        for column, extra in enumerate(grid.extras, grid.first_extra):
            self._write_extra(place, row, column, extra)
        self._write_amounts(place, row, band)

    def _write_amounts(self, place: int, row: int, band: str) -> None:
        grid, formula = self.grid, self.grid.formulas[place]
        combo = grid.lines[place].combo
        own = self._style(band, entry=formula is None and combo >= 0)
        wide = self._style(band, total=True)
        at = str(row + 1)
        for column, value in enumerate(grid.sums[place].tolist()):
            target = grid.first_period + column
            if not grid.columns[column].is_leaf:
                across = self.across[column].replace(ROW, at)
                self.sheet.write_formula(row, target, across, wide, yuan(value))
            elif formula is not None:
                down = formula.replace(HERE, self.letters[column])
                down = down.replace(THERE, self.there[column])
                self.sheet.write_formula(row, target, down, own, yuan(value))
            elif combo < 0 or self.present[combo, grid.columns[column].leaves[0]]:
                self.sheet.write_number(row, target, yuan(value), own)
            else:
                self.sheet.write_blank(row, target, None, own)

    def _style(self, band: str, *, entry: bool = False, total: bool = False) -> Format:
        return self.book.styles.amount(band, entry=entry, total=total)

    def _across(self, column: Column) -> str:
        """The formula of a wider period, ROW standing for the row."""
        parts = [self.grid.letter(part) for part in column.parts]
        if not parts:
            return ""
        if len(parts) > 1 and column.parts[-1] - column.parts[0] == len(parts) - 1:
            return f"=SUM({parts[0]}{ROW}:{parts[-1]}{ROW})"
        return "=" + "+".join(f"{part}{ROW}" for part in parts)

    def _write_extra(self, place: int, row: int, column: int, extra: str) -> None:
        grid, styles, band = self.grid, self.book.styles, _band(self.grid, place)
        quota = int(grid.sums[place, 0])
        before = (grid.last_year or {}).get(grid.lines[place].node)
        if extra == "history":
            basis = scaled(grid.basis[place], self.book.decomposition.basis_scale)
            self.sheet.write_number(row, column, basis, styles.amount(band))
        elif extra == "last_year":
            self._write_known(row, column, before, styles.amount(band))
        elif extra == "growth":
            last = f"{letters(column - 1)}{row + 1}"
            formula = f'=IF(N({last})>0,{grid.cell(place)}/{last}-1,"—")'
            risen = growth(quota, before)
            shown: float | str = "—" if risen is None else float(risen)
            self.sheet.write_formula(row, column, formula, styles.rate(band, RISE), shown)
        else:
            whole = f"{grid.letter(0)}${grid.row(0)}"
            total = int(grid.sums[0, 0])
            formula = f'=IF({whole}=0,"—",{grid.cell(place)}/{whole})'
            part: float | str = quota / total if total else "—"
            self.sheet.write_formula(row, column, formula, styles.rate(band, RATE), part)

    def _write_known(self, row: int, column: int, amount: int | None, style: Format) -> None:
        if amount is None:
            put_text(self.sheet, row, column, "—", style)
        else:
            self.sheet.write_number(row, column, yuan(amount), style)


def _band(grid: Grid, place: int) -> str:
    line = grid.lines[place]
    if line.depth == 0:
        return "total"
    if grid.number_rows[place]:
        return "leaf"
    return "top" if line.depth == 1 else "node"
