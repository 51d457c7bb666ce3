"""From class totals to whole cells: first each tuple's part of a class, then its periods.

The class totals hold exactly at every step, so no wish can break. Inside them each hierarchy,
rounded alone, says what its members should get, and so does the calendar; whole units move until
they do, as far as the existing cells allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.classes import exact_sums
from quotaloom.core.allocation.nodes import exact_parts, grid_parts, whole_nodes, whole_periods
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.repair import GRID, GRID_BITS, Table, repair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.classes import Classes
    from quotaloom.core.allocation.cube import Cube

GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Interior:
    """Whole cells, shape (tuples, periods), and how many units miss a rounded-alone node."""

    cells: NDArray[np.int64]
    astray: int


def fill(
    cube: Cube, classes: Classes, units: NDArray[np.int64], caps: NDArray[np.int64] | None
) -> Interior:
    """Spread the units of each class over its cells, in proportion to their weight."""
    blocks = [np.flatnonzero(classes.of_period == b) for b in range(classes.blocks)]
    seasonal = cube.seasonal()
    real = _tuple_parts(cube, classes, units, seasonal, blocks, caps)
    rows, astray = _whole_tuples(cube, classes, units, real, blocks, caps)
    cells = np.zeros(cube.size, dtype=np.int64)
    for b, periods in enumerate(blocks):
        part = seasonal[:, periods]
        limit = None if caps is None else caps[:, periods]
        wishes = _period_targets(cube, classes, units, b, periods)
        filled, missed = _whole_periods(rows[:, b], part, limit, wishes)
        cells[:, periods] = filled
        astray += missed
    return Interior(cells, astray)


def _tuple_parts(  # the real value of each tuple's part of each block
    cube: Cube,
    classes: Classes,
    units: NDArray[np.int64],
    seasonal: NDArray[np.int64],
    blocks: Sequence[NDArray[np.int64]],
    caps: NDArray[np.int64] | None,
) -> NDArray[np.float64]:
    shares = np.stack([seasonal[:, periods].sum(axis=1) for periods in blocks], axis=1)
    weights = cube.basis.astype(np.float64)[:, None] * shares
    number = classes.of_tuple.astype(np.int64)[:, None] * classes.blocks + np.arange(classes.blocks)
    whole = np.array([float(weight) for weight in classes.weights])
    counts = np.bincount(classes.of_tuple, minlength=len(whole) // classes.blocks)
    flat = np.repeat(np.maximum(counts, 1), classes.blocks).astype(np.float64)
    empty = whole == 0
    scale = units / np.where(empty, flat, np.maximum(whole, 1e-300))
    real = np.where(empty[number], 1.0, weights) * scale[number]
    if caps is None:
        return np.asarray(real)
    room = np.stack([caps[:, periods].sum(axis=1) for periods in blocks], axis=1)
    if (real <= room).all():
        return np.asarray(real)
    margin = Margin.exact(number.reshape(-1).astype(np.int32), units)
    done = fit(real.reshape(-1), [margin], high=room.reshape(-1).astype(np.float64))
    return done.cells.reshape(real.shape)


def _whole_tuples(
    cube: Cube,
    classes: Classes,
    units: NDArray[np.int64],
    real: NDArray[np.float64],
    blocks: Sequence[NDArray[np.int64]],
    caps: NDArray[np.int64] | None,
) -> tuple[NDArray[np.int64], int]:
    """Whole parts of each tuple in each block: class sums exact, member sums as rounded alone."""
    count, width = real.shape
    group = (classes.of_tuple.astype(np.int64)[:, None] * width + np.arange(width)).reshape(-1)
    grid = np.rint(real.reshape(-1) * GRID).astype(np.int64)
    room = np.full(count * width, UNBOUNDED)
    if caps is not None:
        room = np.stack([caps[:, p].sum(axis=1) for p in blocks], axis=1).reshape(-1)
    room = np.where((real.reshape(-1) > 0), room, 0)
    cells = _running_by_group(grid, group, units, room)
    simple = width == 1 and int((units > 0).sum()) == 1 and caps is None
    targets = [
        member_targets(cube, axis, real.sum(axis=1), int(units.sum()), exact=simple)
        for axis in range(len(cube.hierarchies))
    ]
    axes = [np.repeat(members, width) for members in cube.members]
    low = np.zeros_like(cells)
    table = Table(cells, grid, low, room, axes, targets, group.astype(np.int32))
    astray = repair(table)
    return table.cells.reshape(count, width), astray


def member_targets(
    cube: Cube, axis: int, real: NDArray[np.float64], total: int, *, exact: bool
) -> NDArray[np.int64]:
    """What each leaf of a hierarchy gets when the hierarchy is rounded alone."""
    hierarchy, members = cube.hierarchies[axis], cube.members[axis]
    if exact and cube.basis.any() and len(cube.profiles) == 1:
        leaves = exact_sums(members.astype(np.int64), cube.basis, hierarchy.leaf_count)
        sums = hierarchy.roll_up(np.array(leaves, dtype=np.int64))
        whole = np.append(sums, sum(leaves))
        floors, rests = exact_parts(whole, total)
    else:
        leaves = np.bincount(members, weights=real, minlength=hierarchy.leaf_count)
        running = np.concatenate([[0.0], np.cumsum(leaves)])
        sums = running[hierarchy.spans[:, 1]] - running[hierarchy.spans[:, 0]]
        floors, rests = grid_parts(sums)
    values = whole_nodes(hierarchy, floors, rests, total)
    return np.asarray(values[hierarchy.leaf_nodes])


def _running_by_group(
    grid: NDArray[np.int64],
    group: NDArray[np.int64],
    units: NDArray[np.int64],
    room: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Round along the running total inside each group; each group sums to its units exactly."""
    order = np.argsort(group, kind="stable")
    sorted_group = group[order]
    bounded = np.minimum(grid[order], np.minimum(room[order], UNBOUNDED >> GRID_BITS) << GRID_BITS)
    running = np.cumsum(bounded)
    first = np.searchsorted(sorted_group, sorted_group)
    running -= np.where(first > 0, running[first - 1], 0)
    carried = np.minimum((running + GRID // 2) >> GRID_BITS, units[sorted_group])
    last = np.append(sorted_group[1:] != sorted_group[:-1], True)
    carried[last] = units[sorted_group[last]]
    before = np.concatenate([[0], carried[:-1]])
    before[first == np.arange(len(first))] = 0
    cells = np.empty_like(carried)
    cells[order] = carried - before
    return _inside(cells, group, room)


def _inside(
    cells: NDArray[np.int64], group: NDArray[np.int64], room: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Pass what exceeds a cell's room on to cells of the same group that still have some."""
    over = np.maximum(cells - room, 0)
    if not over.any():
        return cells
    cells = cells - over
    left = np.zeros(int(group.max()) + 1, dtype=np.int64)
    np.add.at(left, group, over)
    free = room - cells
    for number in np.flatnonzero(left).tolist():
        places = np.flatnonzero((group == number) & (free > 0))
        taken = np.minimum(np.cumsum(np.minimum(free[places], left[number])), left[number])
        cells[places] += np.diff(taken, prepend=0)
    return cells


def _period_targets(
    cube: Cube,
    classes: Classes,
    units: NDArray[np.int64],
    block: int,
    periods: NDArray[np.int64],
) -> list[int]:
    """What each period of a block gets when the calendar is rounded alone."""
    shapes, width = len(cube.profiles), classes.blocks
    patterns = len(units) // width
    codes = classes.of_tuple.astype(np.int64) * shapes + cube.shape
    annual = exact_sums(codes, cube.basis, patterns * shapes)
    profiles = cube.profiles[:, periods].tolist()
    reals = [Fraction(0)] * len(periods)
    for a in range(patterns):
        weight, amount = classes.weights[a * width + block], int(units[a * width + block])
        if amount == 0:
            continue
        for place in range(len(periods)):
            mine = sum(annual[a * shapes + g] * profiles[g][place] for g in range(shapes))
            share = Fraction(mine, weight) if weight else Fraction(1, len(periods))
            reals[place] += amount * share
    paths = [tuple(reversed(cube.rollups.get(cube.periods[p].label, ()))) for p in periods.tolist()]
    return whole_periods(reals, paths, int(units[block::width].sum()))


def _whole_periods(
    rows: NDArray[np.int64],
    weights: NDArray[np.int64],
    caps: NDArray[np.int64] | None,
    targets: list[int],
) -> tuple[NDArray[np.int64], int]:
    """Each row over its periods; row sums exact, period sums as rounded alone where possible."""
    count, span = weights.shape
    if span == 1:
        return rows[:, None], 0
    weights = np.where(weights.sum(axis=1, keepdims=True) == 0, 1, weights)
    real = rows[:, None] * (weights / weights.sum(axis=1, keepdims=True))
    row = np.repeat(np.arange(count, dtype=np.int32), span)
    room = np.where(weights > 0, UNBOUNDED, 0)
    if caps is not None:
        room = np.minimum(room, caps)
        if (real > room).any():
            margin = Margin.exact(row, rows)
            real = fit(real.reshape(-1), [margin], high=room.reshape(-1).astype(np.float64)).cells
            real = real.reshape(count, span)
    grid = np.rint(real * GRID).astype(np.int64)
    cells = _inside(_dithered(grid, rows).reshape(-1), row.astype(np.int64), room.reshape(-1))
    period = np.tile(np.arange(span, dtype=np.int32), count)
    table = Table(
        cells,
        grid.reshape(-1),
        np.zeros_like(cells),
        room.reshape(-1),
        [period],
        [np.array(targets, dtype=np.int64)],
        row,
    )
    astray = repair(table)
    return table.cells.reshape(count, span), astray


def _dithered(grid: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Round each row along its running total from a start that differs from row to row.

    The starts follow the golden ratio, so that the left-over units of many alike rows fall on all
    periods by their weight and not all on the largest.
    """
    starts = ((np.arange(len(rows)) * GOLDEN) % 1.0 * GRID).astype(np.int64)[:, None]
    running = np.cumsum(grid, axis=1) + starts
    carried = np.clip(running >> GRID_BITS, 0, rows[:, None])
    carried[:, -1] = rows
    return np.diff(carried, axis=1, prepend=0)
