"""Cells that show a sum, compared with what the leaves add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error, warning
from quotaloom.report.recheck.result import amount, same, ticks
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.report.recheck.grid import GridCells, GridLine
    from quotaloom.report.recheck.truth import Truth
    from quotaloom.warehouse.outputs import Value


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell, whose sum it shows, and what that is in 1/10,000 元. ``place`` counts from 0."""

    sheet: str
    row: int
    place: int
    subject: str
    shown: Value
    true: int

    def address(self) -> dict[str, Param]:
        """The params of a finding about the cell."""
        return {"sheet": self.sheet, "row": self.row, "column": letter(self.place)}


@dataclass(slots=True)
class Tally:
    """Sums and unreadable sheets counted, and a finding for each thing that does not hold."""

    findings: list[Finding] = field(default_factory=list)
    compared: int = 0
    wrong: int = 0
    lost_sheets: int = 0
    _unsaved: dict[str, list[Sum]] = field(default_factory=dict)

    def compare(self, sums: Iterable[Sum]) -> None:
        """Compare each sum. A formula that was saved without its value shows nothing yet."""
        for one in sums:
            if one.shown is Odd.UNSAVED:
                self._unsaved.setdefault(one.sheet, []).append(one)
                continue
            self.compared += 1
            shown = ticks(one.shown)
            if shown is None or not same(shown, one.true):
                self.wrong += 1
                self.findings.append(_differs(one, shown))

    def lose(self, sheet: Finding) -> None:
        """Count a sheet that cannot be compared."""
        self.lost_sheets += 1
        self.findings.append(sheet)

    def refuse(self, lines: Sequence[Finding]) -> None:
        """Count lines whose sums nobody knows as sums that do not hold."""
        self.compared += len(lines)
        self.wrong += len(lines)
        self.findings += lines

    def unsaved(self) -> list[Finding]:
        """A finding for each sheet with formulas that were saved without their values."""
        return [
            warning("recheck.formula_without_value", title, **sums[0].address(), count=len(sums))
            for title, sums in self._unsaved.items()
        ]


def _differs(one: Sum, shown: int | None) -> Finding:
    true = amount(one.true)
    if shown is None:
        value = one.shown.value if isinstance(one.shown, Odd) else str(one.shown)[:60]
        return error(
            "recheck.sum_unreadable", one.subject, **one.address(), value=value, expected=true
        )
    off = amount(shown - one.true)
    return error(
        "recheck.sum_differs",
        one.subject,
        **one.address(),
        value=amount(shown),
        expected=true,
        difference=off,
    )


def grid_sums(grid: GridCells, truth: Truth, tree: int, *, has_leaves: bool) -> Iterator[Sum]:
    """The sums that a tree sheet shows.

    With ``has_leaves`` its lowest lines hold the leaf cells, which all else is compared with.
    """
    for line in grid.lines:
        if (true := truth.line(line, grid.keys, tree)) is not None:
            yield from _line_sums(grid, line, true, truth, has_leaves=has_leaves)


def _line_sums(
    grid: GridCells, line: GridLine, true: list[int], truth: Truth, *, has_leaves: bool
) -> Iterator[Sum]:
    for at, shown in line.cells.items():
        column = truth.columns[at]
        if not (has_leaves and line.is_lowest and column.is_leaf):
            subject = " · ".join(filter(None, (line.label, column.label)))
            yield Sum(grid.title, line.row, grid.places[at], subject, shown, true[at])


def unknown_lines(grid: GridCells, truth: Truth, tree: int) -> list[Finding]:
    """An error for each line with amounts that names members nobody has leaves for."""
    return [
        error("recheck.row_unknown", line.label, sheet=grid.title, row=line.row)
        for line in grid.lines
        if truth.line(line, grid.keys, tree) is None
    ]
