"""The figures of a return: what each cell that may be edited says, and what should not be there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import Finding, error, info
from quotaloom.cycle.exchange.sums import summed
from quotaloom.report.handout.figure import Figure, figure, same_sum
from quotaloom.report.handout.table import table_of
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotaloom.core.model.findings import Param
    from quotaloom.cycle.exchange.handout import Cell, Handout
    from quotaloom.cycle.exchange.sheet import Sheet, Spot
    from quotaloom.report.handout.returned import Returned
    from quotaloom.report.handout.table import Table
    from quotaloom.warehouse.outputs import Value


@dataclass(frozen=True, slots=True)
class Said:
    """What a return says. ``figures`` are in units of the measures; a cell with an error has none.

    ``tables`` know where they are, one a sheet of the handout.
    """

    figures: Mapping[Cell, int]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]

    def where(self, cell: Cell) -> dict[str, Param]:
        """The address of a cell."""
        return self.tables[cell[0]].where(cell[1:])


def read_return(returned: Returned, handout: Handout) -> Said:
    """Compare the stamp, find the tables, and read every figure that may be edited.

    Raises DataRefused where the stamp is not as it was written, or a table is gone.
    """
    returned.refuse_other(handout)
    figures: dict[Cell, int] = {}
    tables, findings = [], []
    for place, sheet in enumerate(handout.sheets):
        table = table_of(returned, handout, place)
        said, told = _read(table, sheet)
        figures |= {(place, *spot): units for spot, units in said.items()}
        tables.append(table)
        findings += [*table.findings, *told, *_totals(table, sheet, said)]
    return Said(figures, tuple(tables), tuple(findings))


def _read(table: Table, sheet: Sheet) -> tuple[dict[Spot, int], list[Finding]]:
    """The figures of the lowest lines, and what is to be told of them."""
    figures: dict[Spot, int] = {}
    findings: list[Finding] = []
    for spot, value in _cells(table):
        if not sheet.is_lowest(spot):
            continue
        read = _figure(spot, value, sheet)
        told = read.notice if isinstance(read, Figure) else read
        if told is not None:
            findings.append(replace(told, params={**table.where(spot), **told.params}))
        if isinstance(read, Figure) and sheet.is_entry(spot):
            figures[spot] = read.units
    return figures, findings


def _figure(spot: Spot, value: Value | None, sheet: Sheet) -> Figure | Finding | None:
    """The figure of a cell, None for none, or why there is none; what is as before is not told."""
    base = sheet.base(spot)
    if value is None and base:
        return error("handout.empty")
    if value is None:
        return None if base is None else Figure(base)
    read = figure(value, sheet)
    if isinstance(read, Finding):
        return read
    if read.units == base:
        return Figure(read.units)
    return read if sheet.is_entry(spot) else error("handout.locked", value=str(value)[:80])


def _totals(table: Table, sheet: Sheet, figures: Mapping[Spot, int]) -> Iterator[Finding]:
    """Totals that somebody typed over: neither what they were, nor what they are by the figures.

    Of a rate they are never computed anew.
    """
    if not table.is_in_order:
        yield info("handout.rows_moved", file=table.file, sheet=table.sheet)
        return
    now = summed(sheet, figures) if sheet.adds else None
    for spot, value in _cells(table):
        if sheet.is_lowest(spot) or value is None or isinstance(value, Odd):
            continue
        known = [sheet.base(spot) or 0, *([] if now is None else [int(now[spot])])]
        if not any(same_sum(value, one, sheet) for one in known):
            told = {**table.where(spot), "value": str(value)[:80]}
            yield error("handout.typed_over_sum", sheet.lines[spot[0]].name, **told)


def _cells(table: Table) -> Iterator[tuple[Spot, Value | None]]:
    """The cells of the table in its order, with what they say."""
    lines, heads = sorted(table.lines.items()), sorted(table.heads.items())
    for (line, row), (head, at) in product(lines, heads):
        yield (line, head), table.rows[row].get(at)
