"""Cells that read but cannot be meant: control characters, mojibake, endless text, lost digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.warehouse.intake.raw_table import MAX_SHOWN, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.warehouse.intake.grid import Grid

# UTF-8 read as Windows-1252: each Chinese character became one of å ä ç … and two signs
SIGNS = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
MOJIBAKE = f"锟斤拷|\ufffd|烫烫烫|[ã-é][{SIGNS}]{{2}}[ã-é]?"
CONTROL = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
ROUNDED = r"^[0-9]\.[0-9]+E\+[0-9]{2,}$"  # what Excel writes into a csv for a long number


def doubtful_text(grid: Grid, *, exported: bool) -> None:
    """Add the doubts of every text column. ``exported``: long numbers may have been cut by Excel."""
    tests: dict[str, Callable[[pl.Series], pl.Series]] = {
        "intake.mojibake": lambda column: column.str.contains(MOJIBAKE),
        "intake.control_character": lambda column: column.str.contains(CONTROL),
        "intake.cell_too_long": lambda column: column.str.len_chars() > MAX_TEXT,
    }
    if exported:
        tests["intake.precision_lost"] = lambda column: column.str.contains(ROUNDED)
    for place, column in enumerate(grid.frame.get_columns()):
        for code, test in tests.items():
            _note(grid, place, column, code, test(column))


def _note(grid: Grid, place: int, column: pl.Series, code: str, hit: pl.Series) -> None:
    places = hit.arg_true()
    for at in places[:MAX_SHOWN]:
        grid.doubts.add(code, int(grid.rows[at]), place, repr(column[at])[1:-1])
    if len(places) > MAX_SHOWN:
        grid.doubts.counts[code, place] += len(places) - MAX_SHOWN
