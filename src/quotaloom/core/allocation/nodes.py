"""Round a hierarchy alone, top-down: every node gets the floor or the ceiling of its real value."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.repair import GRID, GRID_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.hierarchies import Hierarchy


def whole_nodes(
    hierarchy: Hierarchy, floors: NDArray[np.int64], rests: NDArray[np.int64], total: int
) -> NDArray[np.int64]:
    """Whole node values, children summing to their parent and the top members to ``total``.

    ``floors`` and ``rests`` (on one common scale, larger is nearer to the next unit) describe the
    real value of each node. Left-over units go to the largest rest; a tie to the larger floor,
    then in tree order.
    """
    values = floors.copy()
    parents = hierarchy.parents.astype(np.int64)
    for depth in range(int(hierarchy.depths.max(initial=0)) + 1):
        nodes = np.flatnonzero(hierarchy.depths == depth)
        above = parents[nodes]
        group = np.unique(above, return_inverse=True)[1].reshape(-1)
        asked = np.zeros(int(group.max(initial=0)) + 1, dtype=np.int64)
        asked[group] = np.where(above < 0, total, values[np.maximum(above, 0)])
        np.subtract.at(asked, group, floors[nodes])
        values[nodes] += _left_over(group, asked, rests[nodes], floors[nodes])
    return values


def _left_over(
    group: NDArray[np.int64],
    asked: NDArray[np.int64],
    rests: NDArray[np.int64],
    floors: NDArray[np.int64],
) -> NDArray[np.int64]:
    """How many units more, or fewer, each entry gets so that each group gets what is asked."""
    sizes = np.bincount(group, minlength=len(asked))
    each = np.floor_divide(asked, np.maximum(sizes, 1))
    left = asked - each * sizes
    order = np.lexsort((np.arange(len(group)), -floors, -rests, group))
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - starts[group[order]]
    extra: NDArray[np.int64] = each[group] + (place < left[group])
    return extra


def exact_parts(
    weights: NDArray[np.int64], total: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Floors and remainders of ``total * weight / top`` where the largest weight is the whole.

    ``weights`` are node sums, the whole being their top members' sum, given as the last entry.
    Exact for any size.
    """
    whole = max(int(weights[-1]), 1)
    products = weights[:-1].astype(object) * total
    floors = (products // whole).astype(np.int64)
    rests = (products - floors.astype(object) * whole).astype(np.int64)
    return floors, rests


def grid_parts(real: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Floors and rests of real values on the grid of 2**-20 unit."""
    grid = np.rint(real * GRID).astype(np.int64)
    return grid >> GRID_BITS, grid & (GRID - 1)


def whole_periods(
    reals: Sequence[Fraction], paths: Sequence[tuple[str, ...]], total: int
) -> list[int]:
    """Whole period values that sum to ``total``; halves, quarters and months nest.

    ``paths`` holds the labels above each period, coarsest first. Ties go to the larger value,
    then to the earlier period.
    """
    if not reals:
        return []
    if not any(paths):
        return _rounded(list(reals), total)
    branches: dict[str, list[int]] = defaultdict(list)
    for place, path in enumerate(paths):
        branches[path[0] if path else str(place)].append(place)
    sums = [sum((reals[p] for p in places), Fraction(0)) for places in branches.values()]
    result = [0] * len(reals)
    for places, part in zip(branches.values(), _rounded(sums, total), strict=True):
        below = [paths[p][1:] for p in places]
        inner = whole_periods([reals[p] for p in places], below, part)
        for place, value in zip(places, inner, strict=True):
            result[place] = value
    return result


def _rounded(reals: list[Fraction], total: int) -> list[int]:
    floors = [real.numerator // real.denominator for real in reals]
    left = total - sum(floors)
    order = sorted(range(len(reals)), key=lambda i: (floors[i] - reals[i], -reals[i], i))
    each, more = divmod(left, len(reals))
    for place, index in enumerate(order):
        floors[index] += each + (place < more)
    return floors
