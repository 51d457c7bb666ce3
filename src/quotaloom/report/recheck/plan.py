"""The leaf cells themselves, and what was asked of their sums: total, unit, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.findings import error, info
from quotaloom.report.numbers import yuan_text
from quotaloom.report.recheck.result import FEN_TICKS, amount, leaf_ticks
from quotaloom.report.wish import reached
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.outputs import Odd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.findings import Finding, Param
    from quotaloom.report.layout import Layout
    from quotaloom.report.period_columns import Column
    from quotaloom.report.recheck.grid import GridCells, GridLine
    from quotaloom.report.recheck.truth import Truth
    from quotaloom.report.wish import Wish

Told = tuple[list[Check], list["Finding"]]


def check_leaves(grid: GridCells, layout: Layout, columns: Sequence[Column]) -> Told:
    """Whether every leaf line is there once, and each leaf cell a multiple of the unit."""
    lines = [line for line in grid.lines if line.is_lowest]
    findings = _doubles(grid, lines)
    twice = len(findings)
    if len(lines) - twice < layout.lines:
        findings.append(
            error(
                "recheck.leaves_missing",
                grid.title,
                sheet=grid.title,
                expected=layout.lines,
                count=len(lines) - twice,
            )
        )
    cells = [
        (line, at, column.label)
        for line in lines
        for at, column in enumerate(columns)
        if column.is_leaf and at in line.cells
    ]
    off = [
        found
        for line, at, period in cells
        if (found := _off_unit(grid, line, at, period, layout.unit))
    ]
    checks = [
        Check("recheck.leaf_lines", len(lines), len(findings)),
        Check("recheck.unit", len(cells), len(off), {"unit": yuan_text(layout.unit)}),
    ]
    return checks, findings + off


def _doubles(grid: GridCells, lines: Sequence[GridLine]) -> list[Finding]:
    first: dict[tuple[str, ...], int] = {}
    return [
        error("recheck.leaf_twice", line.label, sheet=grid.title, row=line.row, first=before)
        for line in lines
        if (before := first.setdefault(line.keys, line.row)) != line.row
    ]


def _off_unit(grid: GridCells, line: GridLine, at: int, period: str, unit: int) -> Finding | None:
    """What is wrong with a leaf cell, if anything."""
    shown, step = line.cells[at], unit * FEN_TICKS
    where: dict[str, Param] = {
        "sheet": grid.title,
        "row": line.row,
        "column": letter(grid.places[at]),
    }
    subject = f"{line.label} · {period}"
    tick = leaf_ticks(shown)
    if tick is None:
        value = shown.value if isinstance(shown, Odd) else str(shown)[:60]
        return error("recheck.leaf_unreadable", subject, **where, value=value)
    if tick % step == 0:
        return None
    below = tick // step * step
    return error(
        "recheck.no_multiple",
        subject,
        **where,
        value=amount(tick),
        unit=yuan_text(unit),
        below=amount(below),
        above=amount(below + step),
    )


def check_plan(truth: Truth, *, with_wishes: bool = True) -> Told:
    """Whether the leaves add up to the total that was asked for, and keep every wish."""
    layout = truth.layout
    whole, total = truth.whole[0], layout.total * FEN_TICKS
    findings = []
    if whole != total:
        findings.append(
            error(
                "recheck.total_differs",
                value=amount(whole),
                expected=amount(total),
                difference=amount(whole - total),
            )
        )
    checks = [Check("recheck.total", 1, len(findings), {"total": amount(total)})]
    wishes = layout.wishes if with_wishes else ()
    told = [found for wish in wishes if (found := _wish(wish, truth))]
    if wishes:
        missed = sum(found.code != "recheck.wish_unread" for found in told)
        unread = len(told) - missed
        checks.append(Check("recheck.wishes", len(wishes) - unread, missed))
    return checks, findings + told


def _wish(wish: Wish, truth: Truth) -> Finding | None:
    sum_now = reached(wish, truth.cube, truth.columns) if wish.is_found else None
    if sum_now is None:
        return info("recheck.wish_unread", wish.text)
    if wish.admits(sum_now, FEN_TICKS):
        return None
    limits = {
        "low": "" if wish.low is None else yuan_text(wish.low),
        "high": "" if wish.high is None else yuan_text(wish.high),
    }
    shown = amount(sum_now)
    if wish.kind == "bound":
        return error("recheck.bound_broken", wish.text, **limits, value=shown)
    expected = limits["low"] or limits["high"]
    if wish.kind == "hold":
        return error("recheck.hold_moved", wish.text, expected=expected, value=shown)
    return error("recheck.wish_missed", wish.text, expected=expected, value=shown)
