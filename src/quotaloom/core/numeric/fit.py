"""Fit real cells to margins by iterative proportional fitting.

Each step multiplies the cells of a group so that the group meets its margin. An inequality keeps
the product of its own corrections and never pushes past 1 (the Kullback-Leibler projection of
Bregman). What the steps multiply are not the cells but the rows and the columns of a table of
them, so a round costs two sums over the cells however many margins there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.factors import (
    TINY,
    Factors,
    Fit,
    Progress,
    column_sums,
    fitted,
    goal,
    largest,
    logarithms,
    product,
    row_sums,
)
from quotaloom.core.numeric.fit_bounds import fit_carefully, fit_within, is_within, leaves, unmoved
from quotaloom.core.numeric.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.layout import Layout
    from quotaloom.core.numeric.margins import Margin

    Reals = NDArray[np.float64]

MOST_ROUNDS = 500
ROUGHLY = 1e-2


def fit(
    seed: Reals,
    margins: Sequence[Margin],
    *,
    low: Reals | None = None,
    high: Reals | None = None,
    careful: bool = True,
) -> Fit:
    """The cells nearest to ``seed`` in relative entropy that meet every margin.

    ``seed`` is >= 0; a zero stays zero unless ``low`` lifts it. Every cell ends within ``low`` and
    ``high``. Margins that contradict each other show as not ``met``; unless ``careful``, so may
    some that bounds make hard to meet.
    """
    least = np.zeros_like(seed) if low is None else low.astype(np.float64)
    most = np.full_like(seed, np.inf) if high is None else high.astype(np.float64)
    start = np.where((seed <= 0) & (least > 0), TINY, seed)
    if not margins or not len(seed):
        return Fit(np.clip(start, least, most), 0.0, met=True, rounds=0)
    layout = lay_out([margin.codes for margin in margins])
    free = low is None and high is None
    bounds = None if free else (layout.laid(least), layout.laid(most))
    begin = layout.laid(start.astype(np.float64))
    done = fit_table(begin, layout, margins, bounds)
    if careful and bounds is not None and not done.met:
        done = fit_carefully(begin, layout, margins, bounds)
    return Fit(layout.given(done.cells), done.miss, done.met, done.rounds)


def fit_table(
    seed: Reals,
    layout: Layout,
    margins: Sequence[Margin],
    bounds: tuple[Reals, Reals] | None = None,
) -> Fit:
    """The same on cells that are laid out; the axes of the layout are the margins, in order."""
    sides = unmoved(layout, margins)
    scale, begun = largest(margins), 0
    if bounds is not None:  # whether they bind shows long before all margins are met
        with np.errstate(over="ignore", invalid="ignore"):  # where margins clash
            miss, begun = _rounds(seed, layout, *sides, ROUGHLY * scale)
            left = leaves(seed, layout, sides, bounds)
        if left:
            begin = sides if miss <= ROUGHLY * scale else unmoved(layout, margins)
            return fit_within(seed, layout, margins, bounds, begin)
    cells, miss, rounds = _fitted(seed, layout, sides, goal(scale))
    if bounds is not None and not is_within(cells, bounds):
        return fit_within(seed, layout, margins, bounds, sides)
    return fitted(cells, miss, margins, begun + rounds)


def _fitted(
    seed: Reals, layout: Layout, sides: tuple[Factors, Factors], goal: float
) -> tuple[Reals, float, int]:
    """The cells, the largest miss and the rounds that it took."""
    with np.errstate(over="ignore", invalid="ignore"):  # where margins clash
        miss, rounds = _rounds(seed, layout, *sides, goal)
        return product(seed, layout, *(side.values for side in sides)), miss, rounds


def _rounds(
    seed: Reals, layout: Layout, rows: Factors, columns: Factors, goal: float
) -> tuple[float, int]:
    """Move rows and columns in turn until all margins are met or nothing gets better."""
    progress, rounds, sides = Progress(), 0, (rows, columns)
    while progress.goes_on(goal) and rounds < MOST_ROUNDS:
        rounds += 1
        before = logarithms(sides)
        miss = rows.move(row_sums(seed, layout, columns.values))
        if columns.wishes:
            miss = max(miss, columns.move(column_sums(seed, layout, rows.values)))
        progress.mark(miss, before, sides)
    progress.end(sides)
    return progress.miss, rounds
