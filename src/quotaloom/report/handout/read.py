"""The figures of a return: what each cell that may be edited says, and what should not be there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import Finding, Severity, error, info
from quotaloom.cycle.exchange.sums import summed
from quotaloom.report.handout.figure import Figure, figure, same_sum
from quotaloom.report.handout.table import table_of
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotaloom.cycle.exchange.handout import Cell, Handout
    from quotaloom.report.handout.returned import Returned
    from quotaloom.report.handout.table import Table
    from quotaloom.warehouse.outputs import Value


@dataclass(frozen=True, slots=True)
class Said:
    """What a return says. ``figures`` are in units of the measure; ``table`` knows where they are.

    A cell with an error has no figure.
    """

    figures: Mapping[Cell, int]
    table: Table
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the file cannot be taken as it is."""
        return tuple(one for one in self.findings if one.severity == Severity.ERROR)


def read_return(returned: Returned, handout: Handout) -> Said:
    """Compare the stamp, find the table, and read every figure that may be edited.

    Raises DataRefused where the stamp is not as it was written, or the table is gone.
    """
    returned.refuse_other(handout)
    table = table_of(returned, handout)
    findings = list(table.findings)
    figures: dict[Cell, int] = {}
    for cell, value in _cells(table):
        if not _is_lowest(handout, cell):
            continue
        read = _figure(cell, value, handout)
        told = read if isinstance(read, Finding) else read.notice
        if told is not None:
            findings.append(replace(told, params={**table.where(cell), **told.params}))
        if isinstance(read, Figure) and handout.is_entry(cell):
            figures[cell] = read.units
    findings += _sums(table, handout, figures)
    return Said(figures, table, tuple(findings))


def _figure(cell: Cell, value: Value | None, handout: Handout) -> Figure | Finding:
    """The figure of a cell, or why there is none; what changes nothing is not told."""
    base = handout.base(cell)
    if value is None:
        return Figure(0) if base == 0 else error("handout.empty")
    read = figure(value, handout)
    if isinstance(read, Finding):
        return read
    if read.units == base:
        return Figure(base)
    return read if handout.is_entry(cell) else error("handout.locked", value=str(value)[:80])


def _sums(table: Table, handout: Handout, figures: Mapping[Cell, int]) -> Iterator[Finding]:
    """Sums that somebody typed over: neither what they were, nor what they are by the figures."""
    if not table.is_in_order:
        yield info("handout.rows_moved", file=table.file, sheet=table.sheet)
        return
    now = summed(handout, figures)
    for cell, value in _cells(table):
        if _is_lowest(handout, cell) or value is None or isinstance(value, Odd):
            continue
        known = (handout.base(cell), int(now[cell]))
        if not any(same_sum(value, one, handout) for one in known):
            told = {**table.where(cell), "value": str(value)[:80]}
            yield error("handout.typed_over_sum", handout.lines[cell[0]].name, **told)


def _cells(table: Table) -> Iterator[tuple[Cell, Value | None]]:
    """The cells of the table in its order, with what they say."""
    lines, heads = sorted(table.lines.items()), sorted(table.heads.items())
    for (line, row), (head, at) in product(lines, heads):
        yield (line, head), table.rows[row].get(at)


def _is_lowest(handout: Handout, cell: Cell) -> bool:
    """Whether a cell holds a figure itself, and is no sum."""
    return not handout.heads[cell[1]].parts and not handout.lines[cell[0]].below
