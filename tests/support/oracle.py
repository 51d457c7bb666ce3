"""Slow answers that share no code with the engine: dense programs by HiGHS, loops in plain Python.

Every wish is a row of ones and zeros over all cells; nothing is aggregated, shifted or scaled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

ENDLESS = 1e7


@dataclass(frozen=True)
class Row:
    """One wish: the sum of some cells lies in ``[low, high]``, both inclusive."""

    cells: tuple[int, ...]
    low: float
    high: float


def some_table(rows, least, most, *, whole, cost=None):
    """Cells within their bounds that meet every row at the least cost, or None."""
    count = len(least)
    least, most = np.array(least, float), np.minimum(np.array(most, float), ENDLESS)
    if (least > most).any():
        return None
    if not count:
        return [] if all(row.low <= 0 <= row.high for row in rows) else None
    matrix = np.zeros((len(rows), count))
    for number, row in enumerate(rows):
        matrix[number, list(row.cells)] = 1
    wishes = [LinearConstraint(matrix, [r.low for r in rows], [r.high for r in rows])]
    done = milp(
        np.zeros(count) if cost is None else np.array(cost, float),
        integrality=np.full(count, int(whole)),
        bounds=Bounds(least, most),
        constraints=wishes if rows else [],
    )
    assert done.status in {0, 2}, done.message
    return None if done.x is None else done.x.tolist()


def exists(rows, least, most, *, whole=True):
    """Whether any cells meet every row."""
    return some_table(rows, least, most, whole=whole) is not None


def is_irreducible(rows, least, most, *, whole):
    """Whether the rows cannot be met, but all but any one of them can."""
    rest = [rows[:number] + rows[number + 1 :] for number in range(len(rows))]
    return not exists(rows, least, most, whole=whole) and all(
        exists(fewer, least, most, whole=whole) for fewer in rest
    )


def margin_rows(margins):
    """The rows of margins by the name of their group."""
    return {
        margin.name(group): Row(
            tuple(np.flatnonzero(margin.codes == group).tolist()),
            float(max(margin.low[group], -ENDLESS)),
            float(min(margin.high[group], ENDLESS)),
        )
        for margin in margins
        for group in range(margin.size)
    }


def proportional(seed, rows, *, rounds=4000):
    """Plain iterative proportional fitting to exact rows, cell by cell."""
    cells = [float(value) for value in seed]
    for _ in range(rounds):
        worst = 0.0
        for row in rows:
            now = sum(cells[cell] for cell in row.cells)
            if now > 0:
                worst = max(worst, abs(row.low - now))
                for cell in row.cells:
                    cells[cell] *= row.low / now
        if worst < 1e-10:
            break
    return cells


def share_out_slowly(rows, weights, least, most):
    """Whether wishes can be met, and the least that must go to cells without weight.

    None where no whole cells meet the wishes; else the least sum over the weightless cells.
    """
    empty = [float(weight == 0) for weight in weights]
    found = some_table(rows, least, most, whole=True, cost=empty)
    if found is None:
        return None
    return round(sum(value for value, free in zip(found, empty, strict=True) if free))
