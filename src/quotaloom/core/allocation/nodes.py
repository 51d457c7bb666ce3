"""Round a hierarchy, or the calendar, alone and top-down: every node gets floor or ceiling."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.classes import exact_sums
from quotaloom.core.numeric.grid import GRID, GRID_BITS, Real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube
    from quotaloom.core.model.hierarchies import Hierarchy

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]


def member_targets(cube: Cube, axis: int, real: Reals, total: int, *, exact: bool) -> Ints:
    """What each leaf of a hierarchy gets when the hierarchy is rounded alone.

    ``real`` is the real value of each tuple. ``exact``: it is the tuple's part of the total by
    weight, so that no floating point needs to decide a tie.
    """
    hierarchy, members = cube.hierarchies[axis], cube.members[axis]
    yearly = cube.profiles.sum(axis=1)
    if exact and (yearly == yearly[0]).all():
        leaves = np.array(
            exact_sums(members.astype(np.int64), cube.basis, hierarchy.leaf_count), dtype=np.int64
        )
        floors, rests = exact_parts(hierarchy.roll_up(leaves), int(leaves.sum()), total)
    else:
        sums = np.bincount(members, weights=real, minlength=hierarchy.leaf_count)
        running = np.concatenate([[0.0], np.cumsum(sums)])
        nodes = Real.of(running[hierarchy.spans[:, 1]] - running[hierarchy.spans[:, 0]])
        floors, rests = nodes.whole, nodes.part.astype(np.int64)
    return np.asarray(whole_nodes(hierarchy, floors, rests, total)[hierarchy.leaf_nodes])


def whole_nodes(hierarchy: Hierarchy, floors: Ints, rests: Ints, total: int) -> Ints:
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


def _left_over(group: Ints, asked: Ints, rests: Ints, floors: Ints) -> Ints:
    """How many units more, or fewer, each entry gets so that each group gets what is asked."""
    sizes = np.bincount(group, minlength=len(asked))
    each = np.floor_divide(asked, np.maximum(sizes, 1))
    left = asked - each * sizes
    order = np.lexsort((np.arange(len(group)), -floors, -rests, group))
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - starts[group[order]]
    extra: Ints = each[group] + (place < left[group])
    return extra


def exact_parts(weights: Ints, whole: int, total: int) -> tuple[Ints, Ints]:
    """Floors and remainders of ``total * weight / whole``, exact for any size."""
    products = weights.astype(object) * total
    floors = products // max(whole, 1)
    rests = products - floors * max(whole, 1)
    return floors.astype(np.int64), rests.astype(np.int64)


def period_targets(cube: Cube, periods: Ints, real: Reals, total: int) -> Ints:
    """What each of some periods gets when the calendar is rounded alone; ``real`` is its sum."""
    values = Real.of(real)
    grids = [
        (whole << GRID_BITS) + part
        for whole, part in zip(values.whole.tolist(), values.part.tolist(), strict=True)
    ]
    labels = [cube.periods[period].label for period in periods.tolist()]
    paths = [tuple(reversed(cube.rollups.get(label, ()))) for label in labels]
    return np.array(whole_periods(grids, paths, total), dtype=np.int64)


def whole_periods(grids: list[int], paths: Sequence[tuple[str, ...]], total: int) -> list[int]:
    """Whole period values that sum to ``total``; halves, quarters and months nest.

    ``grids`` are real values in 1/GRID units, ``paths`` the labels above each period, coarsest
    first. Ties go to the larger value, then to the earlier period.
    """
    if not any(paths):
        return _rounded(grids, total)
    branches: dict[str, list[int]] = defaultdict(list)
    for place, path in enumerate(paths):
        branches[path[0] if path else str(place)].append(place)
    sums = [sum(grids[place] for place in places) for places in branches.values()]
    result = [0] * len(grids)
    for places, part in zip(branches.values(), _rounded(sums, total), strict=True):
        below = [paths[place][1:] for place in places]
        inner = whole_periods([grids[place] for place in places], below, part)
        for place, value in zip(places, inner, strict=True):
            result[place] = value
    return result


def _rounded(grids: list[int], total: int) -> list[int]:
    floors = [grid >> GRID_BITS for grid in grids]
    left = total - sum(floors)
    order = sorted(range(len(grids)), key=lambda i: (-(grids[i] & (GRID - 1)), -grids[i], i))
    each, more = divmod(left, len(grids))
    for place, index in enumerate(order):
        floors[index] += each + (place < more)
    return floors
