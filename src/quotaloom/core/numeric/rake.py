"""Meet several margins at once, in whole units: fit, round, mend, verify.

The real cells come from iterative proportional fitting of the seed. They are rounded so that every
margin is exact; where that ends short, an integer program looks for what is left. Where whole
units do not exist, the answer is a refusal and never an inexact table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.model.findings import error
from quotaloom.core.numeric import fast
from quotaloom.core.numeric.fit import fit_table
from quotaloom.core.numeric.fit_bounds import fit_carefully
from quotaloom.core.numeric.layout import lay_out, picked
from quotaloom.core.numeric.margins import UNBOUNDED, Margin, group_sums, violations
from quotaloom.core.numeric.rake_search import Question, searched
from quotaloom.core.numeric.rounding import Near, rounded_table, swept
from quotaloom.core.numeric.settle import essential, settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

METHOD = "rake@1"


def rake(
    seed: Reals,
    margins: Sequence[Margin],
    *,
    low: Ints | None = None,
    high: Ints | None = None,
    seconds: float = 60.0,
) -> Ints:
    """Whole cells in proportion to ``seed`` that meet every margin exactly.

    ``seed`` is >= 0; a cell of seed 0 stays 0 unless ``low`` lifts it. ``low`` and ``high`` are
    inclusive; a held cell has both equal. Margins may be exact or ranges, cover all cells or
    some, and nest in any way; neither their order nor that of the cells matters. Raises
    Infeasible: ``rake.conflict`` with an irreducible set of margins that no table meets, or
    ``rake.no_whole_solution`` where only fractions would, or where nothing was found in
    ``seconds``; that finding then has ``proven`` 0.
    """
    cells, moving = _still(seed, low, high)
    spent = np.flatnonzero(cells != 0)
    values = cells[spent]
    left = [
        margin.less(group_sums(margin.codes[spent], values, margin.size))
        for margin in (essential(margins, seed) if len(seed) else margins)
    ]
    _empty(moving, left, low)
    free = np.flatnonzero(moving)
    if len(free) < len(seed):
        left = [margin.on(picked(margin.codes, free)) for margin in left]
    question = Question(seed, margins, low, high)
    cells[free] = _raked(_near(seed, low, high, free), left, question, seconds)
    broken = violations(cells, margins)
    if broken or _outside(cells, low, high):  # the law of the house
        raise AssertionError(f"raking broke {len(broken)} margins: {broken[:3]}")
    return cells


def _still(seed: Reals, low: Ints | None, high: Ints | None) -> tuple[Ints, NDArray[np.bool_]]:
    """The cells that have one possible value, 0 elsewhere, and which cells have more."""
    if low is None or high is None:
        moving = seed > 0
        return np.where(moving, 0, 0 if low is None else low).astype(np.int64), moving
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        cells, moving = np.empty(len(seed), dtype=np.int64), np.empty(len(seed), dtype=np.bool_)
        crossed = kernels.still_cells(seed, low, high, cells, moving)
    else:
        crossed = int((low > high).sum())
        moving = (seed > 0) & (low < high)
        cells = np.where(moving, 0, low)
    if crossed > 0:
        raise Infeasible([error("rake.bounds_crossed", cells=crossed)])
    return cells, moving


def _empty(moving: NDArray[np.bool_], left: Sequence[Margin], low: Ints | None) -> None:
    """Cells of groups that have nothing left stay at 0."""
    for margin in left:
        nothing = np.append(margin.high <= 0, [False])  # code -1 is the last one
        if nothing.any():
            still = nothing[margin.codes]
            moving &= ~still if low is None else ~still | (low > 0)


def _near(seed: Reals, low: Ints | None, high: Ints | None, free: Ints) -> Near:
    """The free cells with the bounds that bind any of them."""
    if len(free) < len(seed):
        low, high = (None if edge is None else picked(edge, free) for edge in (low, high))
        seed = picked(seed, free)
    if low is not None and low.max(initial=0) <= 0:
        low = None
    if high is not None and high.min(initial=UNBOUNDED) >= UNBOUNDED:
        high = None
    if low is not None and low.min() < 0:
        low = np.maximum(low, 0)
    return Near(seed, low, high)


def _outside(cells: Ints, low: Ints | None, high: Ints | None) -> bool:
    under = low is not None and bool((cells < low).any())
    return under or (high is not None and bool((cells > high).any()))


def _raked(seed: Near, margins: Sequence[Margin], question: Question, seconds: float) -> Ints:
    """Whole values for cells that are all free to move."""
    if not margins or not len(seed.real):
        if margins:
            question.refuse_conflict()
        low, high = 0 if seed.low is None else seed.low, seed.high
        return np.clip(np.rint(seed.real), low, high).astype(np.int64)
    asked = essential(margins, seed.real)
    ties = [c for c in (seed.real, seed.low, seed.high) if c is not None]
    layout = lay_out([margin.codes for margin in asked], ties=ties)
    laid = seed.laid(layout)
    bounds = _bounds(laid)
    done = fit_table(laid.real, layout, asked, bounds)
    if not done.met:
        question.refuse_conflict()
        if bounds is not None:
            done = fit_carefully(laid.real, layout, asked, bounds)
    laid = Near(done.cells, laid.low, laid.high)
    axes = settled(done.cells, layout, asked)
    cells, missed = rounded_table(laid, axes, layout)
    cells = layout.given(cells)
    if missed == 0:
        return cells
    near = Near(layout.given(done.cells), seed.low, seed.high)
    cells, missed = swept(near, cells, axes)
    if missed == 0:
        return cells
    answer = searched(near, asked, seconds)
    if answer.cells is None:
        raise question.no_whole_solution(proven=answer.proven)
    return answer.cells


def _bounds(laid: Near) -> tuple[Reals, Reals] | None:
    if laid.low is None and laid.high is None:
        return None
    least = np.zeros_like(laid.real) if laid.low is None else laid.low.astype(np.float64)
    if laid.high is None:
        return least, np.full_like(laid.real, np.inf)
    most = laid.high.astype(np.float64)
    if most.max() >= UNBOUNDED:
        most[laid.high >= UNBOUNDED] = np.inf
    return least, most
