"""A block of figures as a spreadsheet copies it: rows of texts, with tabs between them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

LONGEST: Final = 200_000  # characters
MOST_CELLS: Final = 2_000

Block = list[list[str]]


def read_block(text: str, fits: tuple[int, int]) -> Block:
    """The texts row by row, all rows equally wide, "" where a cell is blank.

    ``fits`` is how many rows and columns there are to take them; a single figure fills them all.
    Raises UsageRefused for a block that is empty or does not fit.
    """
    found = [] if len(text) > LONGEST else list(csv.reader(StringIO(text), delimiter="\t"))
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()  # programs end the last line as well
    rows, columns = len(found), max(map(len, found), default=0)
    if not rows:
        raise UsageRefused([error("paste.empty")])
    if rows > fits[0] or columns > fits[1] or rows * columns > MOST_CELLS:
        raise UsageRefused([_too_large(rows, columns, fits)])
    if (rows, columns) == (1, 1):
        return [found[0] * fits[1] for _ in range(fits[0])]
    return [row + [""] * (columns - len(row)) for row in found]


def _too_large(rows: int, columns: int, fits: tuple[int, int]) -> Finding:
    return error(
        "paste.too_large",
        rows=rows,
        columns=columns,
        has_rows=fits[0],
        has_columns=fits[1],
        most=MOST_CELLS,
    )
