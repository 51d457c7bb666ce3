"""What a person must say about a grid's body: merged or hidden, put right, or in doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.findings import error, info
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.intake.mend import OLD_KEPT
from quotaloom.warehouse.intake.raw_table import MAX_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.warehouse.intake.grid import Area, Grid
    from quotaloom.warehouse.intake.mend import Mend
    from quotaloom.warehouse.intake.raw_table import RawOptions


def settle_hidden(grid: Grid, header_row: int, options: RawOptions) -> list[Finding]:
    """Refuse, keep or drop the hidden rows below the header; the grid loses the dropped ones."""
    hidden = sorted(row for row in grid.hidden if row > header_row)
    if not hidden:
        return []
    where: dict[str, Param] = {"file": grid.file, "sheet": grid.sheet}
    count = len(hidden)
    if options.hidden_rows == "refuse":
        return [error("intake.hidden_rows", "", **where, row=hidden[0], count=count)]
    if options.hidden_rows == "read":
        return [info("intake.hidden_rows_read", "", **where, row=hidden[0], count=count)]
    keep = ~np.isin(grid.rows, np.array(hidden, dtype=np.uint32))
    grid.frame, grid.rows = grid.frame.filter(pl.Series(keep)), grid.rows[keep]
    return [info("intake.hidden_rows_skipped", "", **where, row=hidden[0], count=count)]


def settle_merges(
    grid: Grid, header_row: int, headers: Mapping[int, str], options: RawOptions
) -> list[Finding]:
    """Refuse merged cells in the body, or fill each with the value that it shows."""
    if not grid.merges:
        return []
    place_of = {int(row): at for at, row in enumerate(grid.rows)}
    areas = [area for area in grid.merges if _counts(grid, area, header_row, headers, place_of)]
    if not areas:
        return []
    if not options.fill_down:
        return [_merged(grid, area, headers) for area in areas[:MAX_SHOWN]] + _more(
            grid, "intake.merged_cells", len(areas) - MAX_SHOWN
        )
    filled = _filled(grid, areas, place_of)
    where = {"file": grid.file, "sheet": grid.sheet}
    return [info("intake.merged_filled", **where, count=len(areas), cells=filled)]


def settle_mends(
    grid: Grid, header_row: int, headers: Mapping[int, str], mends: Iterable[Mend]
) -> tuple[Mend, ...]:
    """Write what was typed into its cells; answers the mends that met one, with what stood there.

    A cell that is typed empty is blank.
    """
    place_of = {header: place for place, header in headers.items()}
    met = []
    for one in mends:
        own = (one.file, one.sheet) == (grid.file, grid.sheet) and one.row > header_row
        if own and one.row in grid.rows and one.column in place_of:
            at, place = row_at(grid, one.row), place_of[one.column]
            met.append(replace(one, old=(grid.frame[at, place] or "")[:OLD_KEPT]))
            written = grid.frame[:, place].scatter(at, one.new or None)
            grid.frame = grid.frame.with_columns(written)
    return tuple(met)


def doubts_of(
    grid: Grid, header_row: int, headers: Mapping[int, str], mended: Iterable[Mend] = ()
) -> list[Finding]:
    """The doubts in the columns that are read, from the header down, in file order."""
    found: list[Finding] = []
    right = {(one.row, one.column) for one in mended}
    for (code, place), doubts in grid.doubts.kept.items():
        below = [
            doubt
            for doubt in doubts
            if doubt.row >= header_row and (doubt.row, headers.get(place)) not in right
        ]
        if place not in headers or not below:
            continue
        column = f"{letter(place)} {headers[place]}"
        where = {"file": grid.file, "sheet": grid.sheet, "column": column}
        found += [error(code, **where, row=doubt.row, value=doubt.value) for doubt in below]
        found += _more(grid, code, grid.doubts.counts[code, place] - len(doubts))
    return sorted(found, key=lambda finding: int(finding.params.get("row", 1 << 40)))


def _more(grid: Grid, code: str, count: int) -> list[Finding]:
    where = {"file": grid.file, "sheet": grid.sheet}
    return [error("intake.more", code, **where, count=count)] if count > 0 else []


def _counts(
    grid: Grid, area: Area, header_row: int, headers: Mapping[int, str], place_of: dict[int, int]
) -> bool:
    """Whether a merged area hides something: below the header, with a value, in columns read."""
    row, column, last_row, last_column = area
    if row <= header_row or row not in place_of or column >= grid.frame.width:
        return False
    if (row, column) == (last_row, last_column) or not headers.keys() & {
        *range(column, min(last_column, 200) + 1)
    }:
        return False
    return grid.frame[place_of[row], column] is not None


def _merged(grid: Grid, area: Area, headers: Mapping[int, str]) -> Finding:
    row, column, last_row, last_column = area
    return error(
        "intake.merged_cells",
        file=grid.file,
        sheet=grid.sheet,
        row=row,
        column=f"{letter(column)} {headers.get(column, '')}".strip(),
        area=f"{letter(column)}{row}:{letter(last_column)}{last_row}",
        value=str(grid.frame[row_at(grid, row), column])[:60],
    )


def row_at(grid: Grid, row: int) -> int:
    """The index of a row number that is in the grid."""
    return int(np.searchsorted(grid.rows, row))


def _filled(grid: Grid, areas: list[Area], place_of: dict[int, int]) -> int:
    """Write the value of each area into the cells of it that stand in the grid."""
    cells = 0
    columns = {str(place): grid.frame[:, place].to_list() for place in range(grid.frame.width)}
    for row, column, last_row, last_column in areas:
        value = columns[str(column)][place_of[row]]
        first, past = place_of[row], int(np.searchsorted(grid.rows, last_row, side="right"))
        for place in range(column, min(last_column + 1, grid.frame.width)):
            columns[str(place)][first:past] = [value] * (past - first)
        cells += (past - first) * (min(last_column + 1, grid.frame.width) - column) - 1
    grid.frame = pl.DataFrame(columns, schema=grid.frame.schema)
    return cells
