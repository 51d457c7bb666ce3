"""A small table whose columns are known by their headers' words: rosters and profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, Severity, error
from quotaloom.warehouse.intake.aliases import headline
from quotaloom.warehouse.intake.columns import listed
from quotaloom.warehouse.intake.name_text import clean
from quotaloom.warehouse.intake.place import shown
from quotaloom.warehouse.intake.raw import open_raw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its cleaned texts by role ("" where blank or without a column)."""

    table: RawTable
    headers: Mapping[str, str]
    row: int
    cells: Mapping[str, str]

    def fault(self, code: str, role: str, **params: Param) -> Finding:
        """An error about the row's cell of a role."""
        header = self.headers.get(role, "")
        letter = self.table.letters[self.table.headers.index(header)] if header else ""
        address: dict[str, Param] = {
            "file": self.table.file,
            "sheet": self.table.sheet,
            "row": self.row,
            "column": f"{letter} {header}".strip(),
            "value": shown(self.cells.get(role, "")),
        }
        return Finding(code, Severity.ERROR, header, address | params)


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A file read, with the header of each role that it has."""

    table: RawTable
    headers: Mapping[str, str]

    def lines(self) -> Iterator[Line]:
        """The rows in order; cells are cleaned as names are."""
        texts = self.table.frame.select(list(self.headers.values())).cast(pl.String)
        for row, cells in zip(self.table.rows, texts.iter_rows(), strict=True):
            cleaned = (clean(cell) if cell else "" for cell in cells)
            by_role = dict(zip(self.headers, cleaned, strict=True))
            yield Line(self.table, self.headers, int(row), by_role)


def read_named(
    path: Path,
    options: RawOptions | None,
    words: Mapping[str, frozenset[str]],
    required: Collection[str],
) -> NamedTable:
    """Read a file and find the column of each role. Raises DataRefused with all faults."""
    opened = open_raw(path, options)
    headers: dict[str, str] = {}
    faults: list[Finding] = []
    for role, names in words.items():
        hits = [header for header in opened.headers if headline(header).name in names]
        if len(hits) > 1:
            choices = ", ".join(hits)
            faults.append(error("intake.role_unclear", role, file=opened.file, choices=choices))
        elif hits:
            headers[role] = hits[0]
        elif role in required:
            found = listed(opened.headers)
            wanted = ", ".join(sorted(names)[:8])
            faults.append(
                error("intake.role_missing", role, file=opened.file, found=found, wanted=wanted)
            )
    if faults:
        raise DataRefused(faults)
    return NamedTable(opened.load(list(headers.values())), headers)
