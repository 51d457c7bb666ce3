"""Proportional fitting where cells have bounds: each cell is its product, cut off at its bounds.

First the quick way: cells at a bound are set aside, the others are fitted around them, and who is
at a bound is asked again each round. Where that does not settle, one margin after the other is
solved exactly (cells frozen at the graver side first, as in bounded spreading).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.factors import (
    FARTHEST,
    PATIENCE,
    TINY,
    Factors,
    Fit,
    Progress,
    Wish,
    column_sums,
    fitted,
    goal,
    largest,
    logarithms,
    product,
    restore,
    row_sums,
)
from quotaloom.core.numeric.layout import Side
from quotaloom.core.numeric.margins import real_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.groups import Bytes
    from quotaloom.core.numeric.layout import Layout
    from quotaloom.core.numeric.margins import Margin

    Reals = NDArray[np.float64]
    Bounds = tuple[Reals, Reals]

QUICK_ROUNDS = 80
CAREFUL_ROUNDS = 300
FREEZES = 200
SHORT = 1e-6


def is_within(cells: Reals, bounds: Bounds) -> bool:
    """Whether all cells keep their bounds."""
    return not ((cells < bounds[0]).any() or (cells > bounds[1]).any())


def leaves(seed: Reals, layout: Layout, sides: tuple[Factors, Factors], bounds: Bounds) -> bool:
    """Whether the seed times its factors leaves the bounds: most often an early cell tells."""
    rows, columns = (side.values for side in sides)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        table = seed, layout.starts, layout.edges, layout.columns.codes
        return kernels.leaves(table, (rows, columns), bounds)
    for window in layout.windows:
        cells = np.repeat(rows[window.rows], window.sizes)
        cells *= columns[window.columns]
        cells *= seed[window.cells]
        np.fmax(cells, 0.0, out=cells)  # where margins clash, not all are numbers
        if not is_within(cells, (bounds[0][window.cells], bounds[1][window.cells])):
            return True
    return False


def fit_within(
    seed: Reals,
    layout: Layout,
    margins: Sequence[Margin],
    bounds: Bounds,
    sides: tuple[Factors, Factors],
) -> Fit:
    """The cells nearest to ``seed`` within their bounds; those are >= 0.

    ``sides`` fit the cells without bounds and are where this fit begins.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # where margins clash
        rounds = _quick(seed, layout, margins, bounds, sides)
        cells, sums = _cut(seed, layout, sides, bounds)
    return _done(fitted(cells, missed(sums, layout, margins), margins, rounds), bounds)


def _done(done: Fit, bounds: Bounds) -> Fit:
    return done if done.met else replace(done, cells=np.clip(done.cells, *bounds))


def _cut(
    seed: Reals, layout: Layout, sides: tuple[Factors, Factors], bounds: Bounds
) -> tuple[Reals, tuple[Reals, Reals]]:
    """The product of the factors cut off at the bounds, and its sums of rows and of columns."""
    rows, columns = (side.values for side in sides)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        cells, sums = np.empty_like(seed), (np.empty_like(rows), np.empty_like(columns))
        table = seed, layout.starts, layout.edges, layout.columns.codes
        if kernels.cut(table, (rows, columns), bounds, cells, sums):
            return cells, sums
    cells = product(seed, layout, rows, columns)
    np.clip(cells, *bounds, out=cells)
    return cells, _sums(cells, layout)


def unmoved(layout: Layout, margins: Sequence[Margin]) -> tuple[Factors, Factors]:
    """Factors of rows and of columns that leave the seed as it is."""
    return Factors.of(layout.rows, margins), Factors.of(layout.columns, margins)


def fit_carefully(seed: Reals, layout: Layout, margins: Sequence[Margin], bounds: Bounds) -> Fit:
    """The same where that did not settle: from another beginning, then a hundred times slower."""
    done = fit_within(seed, layout, margins, bounds, unmoved(layout, margins))
    if done.met:
        return done
    with np.errstate(over="ignore", invalid="ignore"):
        cells, rounds = _careful(seed, layout, margins, bounds)
    miss = missed(_sums(cells, layout), layout, margins)
    return _done(fitted(cells, miss, margins, done.rounds + rounds), bounds)


def _sums(cells: Reals, layout: Layout) -> tuple[Reals, Reals]:
    across = row_sums(cells, layout, np.ones(layout.columns.size))
    return across, column_sums(cells, layout, np.ones(layout.rows.size))


def missed(both: tuple[Reals, Reals], layout: Layout, margins: Sequence[Margin]) -> float:
    """The largest miss of any margin, by the sums of rows and of columns."""
    worst = 0.0
    for side, sums in zip((layout.rows, layout.columns), both, strict=True):
        for axis in side.axes:
            worst = max(worst, Wish.on(side, margins[axis]).missed(sums))
    return worst


def _quick(
    seed: Reals,
    layout: Layout,
    margins: Sequence[Margin],
    bounds: Bounds,
    sides: tuple[Factors, Factors],
) -> int:
    """Move the factors until what they make of the free cells meets the margins; the rounds."""
    rows, columns = sides
    progress, rounds, enough = Progress(), 0, goal(largest(margins))
    while progress.goes_on(enough) and rounds < QUICK_ROUNDS:
        before = logarithms(sides)
        now = _parted(seed, layout, bounds, rows.values, columns.values)
        miss = rows.move(now.rows, now.fixed_rows)
        if columns.wishes:
            sums = column_sums(seed, layout, rows.values, moving=now.moving)
            miss = max(miss, columns.move(sums, now.fixed_columns))
        rounds += 1
        after = logarithms(sides)
        progress.mark(miss, before, sides)
        if progress.walks:
            further = _leap(seed, layout, bounds, sides, (before, after))
            restore(sides, further)
            progress.mixing.steps.clear()
    progress.end(sides)
    return rounds


def _leap(
    seed: Reals,
    layout: Layout,
    bounds: Bounds,
    sides: tuple[Factors, Factors],
    step: tuple[Reals, Reals],
) -> Reals:
    """Where a step leads that is repeated until some cell comes to a bound, or off one.

    Up to there all steps are alike: the cells at a bound do not feel them.
    """
    rows, columns = sides
    ends = []
    for vector in step:
        restore(sides, vector)
        ends.append((np.log(rows.values), np.log(columns.values)))
    (rows_before, columns_before), (rows_after, columns_after) = ends
    grown = layout.each_row(rows_after) + layout.each_column(columns_after)
    pace = grown - layout.each_row(rows_before) - layout.each_column(columns_before)
    with np.errstate(divide="ignore", invalid="ignore"):
        grown += np.log(seed)
        times = np.concatenate([(np.log(bound) - grown) / pace for bound in bounds])
    ahead = times[np.isfinite(times) & (times > SHORT)]
    before, after = step
    return np.asarray(after + (1 + SHORT) * ahead.min(initial=FARTHEST) * (after - before))


@dataclass(frozen=True)
class Parted:
    """Which cells are between their bounds (1, else 0), and sums of rows and columns.

    ``rows`` are the sums of the free cells with the factors of the columns, the fixed ones those
    of the cells at a bound.
    """

    moving: Bytes
    rows: Reals
    fixed_rows: Reals
    fixed_columns: Reals


def _parted(seed: Reals, layout: Layout, bounds: Bounds, rows: Reals, columns: Reals) -> Parted:
    free = np.empty(len(seed), dtype=np.uint8)
    sums, fixed_rows = np.empty_like(rows), np.empty_like(rows)
    fixed_columns = np.zeros_like(columns)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        table = seed, layout.starts, layout.edges, layout.columns.codes
        kernels.parted(table, (rows, columns), bounds, free, (sums, fixed_rows, fixed_columns))
        return Parted(free, sums, fixed_rows, fixed_columns)
    for window in layout.windows:
        own = seed[window.cells]
        scaled = columns[window.columns]
        scaled *= own
        cells = np.repeat(rows[window.rows], window.sizes)
        cells *= scaled
        low, high = (bound[window.cells] for bound in bounds)
        still = (cells <= low) | (cells >= high)
        np.fmin(np.fmax(cells, low, out=cells), high, out=cells)  # finite where margins clash
        cells *= still
        fixed_rows[window.rows] = real_sums(window.lines, cells, len(window.sizes))
        fixed_columns += real_sums(window.columns, cells, len(columns))
        moving = ~still
        free[window.cells] = moving
        scaled *= moving
        sums[window.rows] = real_sums(window.lines, scaled, len(window.sizes))
    return Parted(free, sums, fixed_rows, fixed_columns)


def _careful(
    seed: Reals, layout: Layout, margins: Sequence[Margin], bounds: Bounds
) -> tuple[Reals, int]:
    """One margin after the other over all cells, each solved exactly within the bounds."""
    base, enough = seed.copy(), goal(largest(margins))
    axes = [(side, axis) for side in (layout.rows, layout.columns) for axis in side.axes]
    wishes = [_over_cells(side, margins[axis]) for side, axis in axes]
    best, since, rounds = np.inf, 0, 0
    while best > enough and rounds < CAREFUL_ROUNDS and since < PATIENCE:
        miss = max(_solve(base, wish, bounds) for wish in wishes)
        rounds += 1
        since = 0 if miss < 0.98 * best else since + 1
        best = min(best, miss)
    return np.clip(base, *bounds), rounds


def _over_cells(side: Side, margin: Margin) -> Wish:
    codes = margin.codes[side.sample][side.codes]
    return Wish.on(Side((0,), codes, np.arange(len(codes))), margin.on(codes))


def _solve(base: Reals, wish: Wish, bounds: Bounds) -> float:
    """Multiply the cells of each group in place so that, cut at their bounds, they meet it."""
    part, low, high = (
        values if wish.inside is None else values[wish.inside] for values in (base, *bounds)
    )
    sums = _group(wish, np.clip(part, low, high))
    miss = np.maximum(wish.low - sums, sums - wish.high).max(initial=0.0)
    start = part / wish.factors[wish.codes]
    asked = wish.low if wish.exact else _group(wish, np.clip(start, low, high))
    asked = np.clip(asked, wish.low, wish.high)
    factors = _frozen(start, wish, asked, low, high)
    wish.factors = np.ones_like(factors) if wish.exact else factors
    base[slice(None) if wish.inside is None else wish.inside] = start * factors[wish.codes]
    return float(miss)


def _group(wish: Wish, cells: Reals) -> Reals:
    return real_sums(wish.codes, cells, len(wish.low))


def _frozen(start: Reals, wish: Wish, asked: Reals, low: Reals, high: Reals) -> Reals:
    """The factor of each group: freeze the cells beyond a bound on the graver side, repeat."""
    free = start > 0
    held = np.where(free, 0.0, np.clip(start, low, high))
    factors = np.ones(len(asked))
    for _ in range(FREEZES):
        moving = _group(wish, np.where(free, start, 0.0))
        left = np.maximum(asked - _group(wish, held), 0.0)
        np.divide(left, moving, out=factors, where=moving > 0)
        grown = start * factors[wish.codes]
        excess = np.where(free, grown - np.clip(grown, low, high), 0.0)
        tilt = _group(wish, excess)[wish.codes]
        newly = ((excess > 0) & (tilt >= 0)) | ((excess < 0) & (tilt <= 0))
        if not newly.any():
            break
        free &= ~newly
        held = np.where(newly, np.clip(grown, low, high), held)
    return np.maximum(factors, TINY)
