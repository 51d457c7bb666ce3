"""A file as it was read: text under cleaned headers, and the address of every record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.mend import Mend

MAX_COLUMNS = 200  # of a workbook's sheet; csv and parquet have no such cap
MAX_ROWS = 300_000  # the last row of a workbook's sheet that may hold anything
MAX_TEXT = 32_767  # characters of one cell, Excel's own limit, kept for csv too
MAX_SHOWN = 1_000  # findings of one kind that are addressed; all are counted
MIB = 1 << 20
MAX_SHEET = 500 * MIB  # declared or streamed bytes of one member of a workbook
MAX_UNPACKED = 1024 * MIB  # of a whole workbook or of one .gz


@dataclass(frozen=True, slots=True)
class RawOptions:
    """What only a person can know about a file. ``header_row`` is 1-based, a line number in csv.

    ``encoding`` is a Python codec name; ``fill_down`` repeats the value of a merged body cell in
    every cell that the merge covers. ``mends`` take the place of single cells of text files and
    workbooks; those that meet no cell change nothing.
    """

    sheet: str | None = None
    header_row: int | None = None
    delimiter: str | None = None
    encoding: str | None = None
    hidden_rows: Literal["refuse", "read", "skip"] = "refuse"
    fill_down: bool = False
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of one file.

    ``frame`` has one column a header. csv, xlsx and xls give text: null is an empty cell, numbers
    the shortest exact text, dates ISO, booleans TRUE/FALSE, errors as "#REF!". Parquet keeps its
    types (``typed``). ``rows`` holds the 1-based row (csv: the line where the record starts).
    ``date_columns`` are the headers under which the workbook itself stores dates; ``mended`` are
    the cells that were put right, each with what stands there.
    """

    file: str
    sheet: str
    header_row: int
    headers: tuple[str, ...]
    letters: tuple[str, ...]
    frame: pl.DataFrame
    rows: pl.Series
    typed: bool = False
    date_columns: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    mended: tuple[Mend, ...] = ()

    def address(self, header: str, index: int) -> dict[str, str | int]:
        """The params that say where the cell of the 0-based record ``index`` stands."""
        letter = self.letters[self.headers.index(header)]
        row = int(self.rows[index])
        return {"file": self.file, "sheet": self.sheet, "row": row, "column": f"{letter} {header}"}
