"""A bridge as cells: its steps as numbers, its subtotals as formulas of the steps before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from quotaloom.cycle.books.verb import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SCALE: Final = 10_000  # of the facts, in 元


def write_steps(
    sheet: Worksheet,
    first: tuple[int, int],
    figures: Mapping[str, int],
    money: Format,
    *,
    down: int,
) -> None:
    """The steps from a first cell on, ``down`` (1) or to the right (0)."""
    above, (row, column) = "", first
    for _, sign, amount in steps(figures):
        cell = xl_rowcol_to_cell(row, column)
        if sign:
            sheet.write_number(row, column, amount / SCALE, money)
            above += f"{'+' if sign > 0 else '-'}{cell}"
        else:
            sheet.write_formula(row, column, f"={above}", money, amount / SCALE)
            above = cell
        row, column = row + down, column + 1 - down
