"""Which row is the header, by what stands in it and below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.headers import is_period, is_value

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.grid import Area, Grid

WINDOW = 200
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Top:
    """The first rows of a grid, as far as the choice looks."""

    cells: list[Row]
    rows: list[int]
    width: int
    merges: tuple[Area, ...]


def choose_header(grid: Grid, asked: int | None) -> int:
    """The index in the grid of the header row. Raises DataRefused where only a person can say."""
    if asked is not None:
        found = np.flatnonzero(grid.rows == asked)
        if not found.size:
            raise DataRefused([_finding("intake.header_row_blank", grid, row=asked)])
        return int(found[0])
    top = _top(grid)
    first = next((at for at in range(len(top.cells)) if _is_dense(top, at)), None)
    if first is None or not _is_header(top.cells[first]):
        raise DataRefused([_finding("intake.header_row_unknown", grid, row=_row(top, first))])
    if _is_two_tier(top, first):
        code = "intake.header_row_ambiguous"
        raise DataRefused([_finding(code, grid, row=top.rows[first], next=top.rows[first + 1])])
    return first


def _finding(code: str, grid: Grid, **params: int) -> Finding:
    return error(code, "", file=grid.file, sheet=grid.sheet, **params)


def _row(top: Top, at: int | None) -> int:
    return top.rows[at or 0]


def _top(grid: Grid) -> Top:
    cells = grid.frame.head(WINDOW).rows()
    filled = [sum(bool(cell and cell.strip()) for cell in row) for row in cells]
    counts = np.bincount(filled)
    usual = counts * (np.arange(len(counts)) > 0)
    width = int(len(usual) - 1 - usual[::-1].argmax())  # the most frequent, the widest of equals
    return Top(cells, [int(row) for row in grid.rows[:WINDOW]], width, grid.merges)


def _is_dense(top: Top, at: int) -> bool:
    filled = sum(bool(cell and cell.strip()) for cell in top.cells[at])
    return filled >= max(min(top.width, 2), (top.width + 1) // 2)


def _is_header(row: Row) -> bool:
    """Words and periods only. A single bare year may as well be an amount."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    words = [cell for cell in cells if not is_value(cell) and not is_period(cell)]
    bare = sum(cell.isdecimal() for cell in cells)
    return bool(words) and bare != 1 and all(is_period(c) or not is_value(c) for c in cells)


def _is_two_tier(top: Top, at: int) -> bool:
    """The row below is a second line of headers: gaps or merges above it, values under it."""
    below = at + 1
    if below + 1 >= len(top.cells) or not _is_header(top.cells[below]):
        return False
    gaps = any(
        not upper and lower for upper, lower in zip(top.cells[at], top.cells[below], strict=True)
    )
    row = top.rows[at]
    merged = any(first <= row <= last for first, _, last, _ in top.merges)
    return (gaps or merged) and _has_values_under_words(top, below)


def _has_values_under_words(top: Top, at: int) -> bool:
    words = [place for place, cell in enumerate(top.cells[at]) if cell and not is_value(cell)]
    body = top.cells[at + 1 : at + 21]
    return any(any(is_value(row[place] or "") for row in body) for place in words)
