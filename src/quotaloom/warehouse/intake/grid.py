"""A sheet or a text file before anybody knows which row is the header: positions, not names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.raw_table import MAX_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import polars as pl

    from quotaloom.core.model.findings import Finding

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; rows 1-based


@dataclass(slots=True)
class Doubt:
    """One cell that cannot be used. It counts only where its column is read."""

    code: str
    row: int
    column: int
    value: str = ""


@dataclass(slots=True)
class Doubts:
    """All doubts: every one counted, the first thousand a code and column kept with address."""

    kept: dict[tuple[str, int], list[Doubt]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, code: str, row: int, column: int, value: str = "") -> None:
        """Count a doubt and keep it; ``column`` is 0-based, ``row`` 1-based."""
        key = code, column
        self.counts[key] = self.counts.get(key, 0) + 1
        kept = self.kept.setdefault(key, [])
        if len(kept) < MAX_SHOWN:
            kept.append(Doubt(code, row, column, value[:60]))


@dataclass(slots=True)
class Grid:
    """Text cells by position. ``frame`` holds only rows with something in them, all columns text.

    ``rows``: 1-based row or line of each. ``dates``: cells of each column that the workbook stores
    as dates. ``hidden``: hidden rows that hold something. ``blank``: rows without anything.
    ``skipped``: records above the first row of the grid, titles of other shape.
    """

    file: str
    sheet: str
    frame: pl.DataFrame
    rows: np.ndarray
    blank: int = 0
    skipped: int = 0
    dates: tuple[int, ...] = ()
    merges: tuple[Area, ...] = ()
    hidden: frozenset[int] = frozenset()
    doubts: Doubts = field(default_factory=Doubts)
    findings: list[Finding] = field(default_factory=list)
    about: Mapping[str, str] = field(default_factory=dict)


def letter(column: int) -> str:
    """The column letters of a 0-based column: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
