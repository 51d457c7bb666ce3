"""Fit real cells to margins by iterative proportional fitting, with bounds on cells and sums.

Each step multiplies the cells of a group so that the group meets its margin. An inequality keeps
the product of its own corrections and never pushes past 1 (the Kullback-Leibler projection of
Bregman); a cell at its bound stays there while the others carry the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.margins import Margin

FREEZES = 12
TINY = 1e-200  # a factor of 0 could never be taken back


@dataclass(frozen=True)
class Fit:
    """The fitted cells, the largest miss of any margin relative to the total, and the rounds."""

    cells: NDArray[np.float64]
    miss: float
    rounds: int


def fit(
    seed: NDArray[np.float64],
    margins: Sequence[Margin],
    *,
    low: NDArray[np.float64] | None = None,
    high: NDArray[np.float64] | None = None,
    tolerance: float = 1e-11,
    most_rounds: int = 500,
) -> Fit:
    """The cells nearest to ``seed`` in relative entropy that meet every margin.

    ``seed`` is >= 0; a zero stays zero unless ``low`` lifts it. ``tolerance`` is relative to the
    largest margin. Margins that contradict each other show as ``miss`` above it.
    """
    base = seed.astype(np.float64).copy()
    bounds = None if low is None and high is None else _bounds(base, low, high)
    state = [np.ones(margin.size) for margin in margins]
    scale = max((float(np.abs(m.high).max(initial=0.0)) for m in margins), default=1.0) or 1.0
    miss, rounds, stalled = np.inf, 0, 0
    while rounds < most_rounds and miss > tolerance and stalled < 40:
        before, rounds = miss, rounds + 1
        miss = 0.0
        for margin, factors in zip(margins, state, strict=True):
            miss = max(miss, _step(base, margin, factors, bounds) / scale)
        stalled = stalled + 1 if miss > 0.999 * before else 0
    cells = base if bounds is None else np.clip(base, *bounds)
    return Fit(cells, miss, rounds)


def _bounds(
    base: NDArray[np.float64],
    low: NDArray[np.float64] | None,
    high: NDArray[np.float64] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    least = np.zeros_like(base) if low is None else low.astype(np.float64)
    most = np.full_like(base, np.inf) if high is None else high.astype(np.float64)
    return least, most


def _step(
    base: NDArray[np.float64],
    margin: Margin,
    factors: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> float:
    """Meet one margin in place; answers how far it was missed before."""
    inside = None if margin.codes.min(initial=0) >= 0 else np.flatnonzero(margin.codes >= 0)
    part = base if inside is None else base[inside]
    groups = margin.codes if inside is None else margin.codes[inside]
    limits = bounds if inside is None or bounds is None else (bounds[0][inside], bounds[1][inside])
    sums = _sums(part, groups, margin.size, limits)
    miss = float(np.maximum(margin.low - sums, sums - margin.high).max(initial=0.0))
    if margin.is_exact:
        change = _solve(part, groups, sums, margin.low.astype(np.float64), limits)
    else:
        change = _capped(part, groups, margin, factors, limits)
    part *= change[groups]
    if inside is not None:
        base[inside] = part
    factors *= change
    return miss


def _capped(
    part: NDArray[np.float64],
    groups: NDArray[np.int32],
    margin: Margin,
    factors: NDArray[np.float64],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> NDArray[np.float64]:
    """Take the margin's own earlier correction back, then correct only what leaves its range."""
    start = part / factors[groups]
    sums = _sums(start, groups, margin.size, limits)
    wish = np.clip(sums, margin.low, margin.high).astype(np.float64)
    solved = _solve(start, groups, sums, wish, limits)
    return np.where(wish == sums, 1.0, solved) / factors


def _sums(
    part: NDArray[np.float64],
    groups: NDArray[np.int32],
    size: int,
    limits: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> NDArray[np.float64]:
    cells = part if limits is None else np.clip(part, *limits)
    return np.bincount(groups, weights=cells, minlength=size)


def _solve(
    part: NDArray[np.float64],
    groups: NDArray[np.int32],
    sums: NDArray[np.float64],
    wish: NDArray[np.float64],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> NDArray[np.float64]:
    """What each group's cells are multiplied by so that the group sums to its wish."""
    if limits is None:
        change = np.divide(wish, sums, out=np.ones_like(sums), where=sums > 0)
        return np.maximum(change, TINY)
    return _bounded_change(part, groups, wish, limits)


def _bounded_change(
    part: NDArray[np.float64],
    groups: NDArray[np.int32],
    wish: NDArray[np.float64],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Solve sum(clip(change * part)) = wish for each group by freezing cells at their bounds."""
    low, high = limits
    size = len(wish)
    change = np.ones(size)
    for _ in range(FREEZES):
        grown = part * change[groups]
        free = (grown > low) & (grown < high)
        held = np.bincount(
            groups, weights=np.where(free, 0.0, np.clip(grown, low, high)), minlength=size
        )
        moving = np.bincount(groups[free], weights=part[free], minlength=size)
        left = wish - held
        usable = (moving > 0) & (left > 0)
        following = np.divide(left, moving, out=change.copy(), where=usable)
        following[~usable & (left > 1e-9 * (1 + wish))] *= 2
        following[~usable & (left < -1e-9 * (1 + wish))] /= 2
        if np.allclose(following, change, rtol=1e-14, atol=0):
            return following
        change = following
    return change
