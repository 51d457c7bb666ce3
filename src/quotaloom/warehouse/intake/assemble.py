"""A grid with its header row chosen becomes a table, or is refused with everything wrong in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity, error, info, warning
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.intake.header_row import choose_header
from quotaloom.warehouse.intake.headers import clean_header, is_look_alike
from quotaloom.warehouse.intake.raw_table import RawTable
from quotaloom.warehouse.intake.settle import (
    doubts_of,
    settle_hidden,
    settle_mends,
    settle_merges,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.warehouse.intake.grid import Grid
    from quotaloom.warehouse.intake.raw_table import RawOptions


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid whose header row, at the index ``at``, gives ``headers`` by position."""

    grid: Grid
    at: int
    headers: dict[int, str]
    findings: tuple[Finding, ...]


def lay_out(grid: Grid, header_row: int | None) -> Layout:
    """Choose the header row, or take the one asked. Raises DataRefused where that is not clear."""
    if grid.frame.is_empty():
        raise DataRefused([error("intake.no_rows", "", **_at(grid))])
    at = choose_header(grid, header_row)
    row = int(grid.rows[at])
    raw = _raw_headers(grid, at, row)
    below = grid.frame[at + 1 :]
    places = [place for place in range(len(raw)) if raw[place] or below[:, place].count()]
    headers, findings = _headers(grid, row, {place: raw[place] for place in places})
    findings += _notes(grid, row, at + grid.skipped)
    return Layout(grid, at, headers, (*grid.findings, *findings))


def table_of(layout: Layout, options: RawOptions, columns: Sequence[str] | None) -> RawTable:
    """The table of some columns. Raises DataRefused with every finding in what is read."""
    grid = replace(layout.grid)  # hidden rows leave this copy, cells are filled and mended in it
    header_row = int(grid.rows[layout.at])
    kept = {p: name for p, name in layout.headers.items() if columns is None or name in columns}
    findings = [*layout.findings]
    findings += settle_merges(grid, header_row, kept, options)
    findings += settle_hidden(grid, header_row, options)
    mended = settle_mends(grid, header_row, kept, options.mends) if options.mends else ()
    findings += doubts_of(grid, header_row, kept, mended)
    return replace(_refused_or_made(grid, layout.at, kept, findings), mended=mended)


def _notes(grid: Grid, header_row: int, above: int) -> list[Finding]:
    found = []
    if above:
        found.append(info("intake.header_row_chosen", "", **_at(grid, row=header_row, above=above)))
    if grid.blank:
        found.append(info("intake.blank_rows_ignored", "", **_at(grid, count=grid.blank)))
    return found


def _refused_or_made(
    grid: Grid, at: int, kept: dict[int, str], findings: list[Finding]
) -> RawTable:
    header_row = int(grid.rows[at])
    body = grid.frame[at + 1 :]
    if body.is_empty():
        findings.append(error("intake.no_rows", "", **_at(grid, row=header_row)))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DataRefused(findings)
    names = body.columns
    return RawTable(
        file=grid.file,
        sheet=grid.sheet,
        header_row=header_row,
        headers=tuple(kept.values()),
        letters=tuple(letter(place) for place in kept),
        frame=body.select(pl.col(names[place]).alias(name) for place, name in kept.items()),
        rows=pl.Series("row", grid.rows[at + 1 :], dtype=pl.UInt32),
        date_columns=_date_columns(grid, body, kept),
        findings=tuple(findings),
        about=dict(grid.about),
    )


def _at(grid: Grid, **params: Param) -> dict[str, Param]:
    return {"file": grid.file, "sheet": grid.sheet, **params}


def _raw_headers(grid: Grid, at: int, header_row: int) -> list[str]:
    """The header cells; an empty one shows what is merged down into it."""
    raw = [cell or "" for cell in grid.frame.row(at)]
    for row, column, last_row, _ in grid.merges:
        if row < header_row <= last_row and column < len(raw) and not raw[column]:
            above = np.flatnonzero(grid.rows == row)
            raw[column] = (grid.frame[int(above[0]), column] or "") if above.size else ""
    return raw


def _headers(grid: Grid, row: int, raw: dict[int, str]) -> tuple[dict[int, str], list[Finding]]:
    """Cleaned names by place; a column without a name is called by its letter in brackets."""
    clean = {place: clean_header(text) for place, text in raw.items()}
    findings: list[Finding] = []
    counts = Counter(name for name in clean.values() if name)
    for place, name in clean.items():
        column = f"{letter(place)} {name}".strip()
        where = _at(grid, row=row, column=column)
        if not name:
            findings.append(warning("intake.header_blank", "", **where))
            clean[place] = f"({letter(place)})"
        elif counts[name] > 1:
            findings.append(error("intake.header_twice", name, **where))
        elif is_look_alike(name):
            findings.append(error("intake.header_look_alike", name, **where))
        elif name != raw[place]:
            was = " ".join(raw[place].split())
            findings.append(info("intake.header_cleaned", name, **where, was=was))
    return clean, findings


def _date_columns(grid: Grid, body: pl.DataFrame, kept: dict[int, str]) -> frozenset[str]:
    if not grid.dates:
        return frozenset()
    filled = {place: body[:, place].count() for place in kept}
    return frozenset(n for place, n in kept.items() if 2 * grid.dates[place] > filled[place])
