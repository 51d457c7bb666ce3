"""Move whole units between cells until the sums along every axis are right.

A move lowers one cell and raises another of the same line: cells that share their group and every
other axis. It mends one axis and leaves all other sums alone. Where no single line joins a member
with too much and one with too little, a chain of moves through other members does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.margins import group_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

GRID_BITS = 20
GRID = 1 << GRID_BITS  # real cells are whole numbers of 1/GRID unit
ROUNDS = 60
CHAINS = 400
WIDEST = 1 << 30
REACHES = (GRID, 2 * GRID, 1 << 60)  # how far from its real value a moved cell may end


@dataclass
class Table:
    """Whole cells on their way to right sums.

    ``real`` is each cell's real value in 1/GRID units; ``low`` and ``high`` are inclusive.
    ``axes`` hold one member code a cell; ``targets`` the right sum of each member. Moves stay
    inside a ``group``, so the sums of the groups never change.
    """

    cells: NDArray[np.int64]
    real: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    axes: Sequence[NDArray[np.int32]]
    targets: Sequence[NDArray[np.int64]]
    group: NDArray[np.int32] | None = None
    lines: dict[int, NDArray[np.int64]] = field(default_factory=dict)

    def excess(self, axis: int) -> NDArray[np.int64]:
        """How much too large each member's sum is."""
        target = self.targets[axis]
        return group_sums(self.axes[axis], self.cells, len(target)) - target

    def line(self, axis: int) -> NDArray[np.int64]:
        """A number for the line of each cell along an axis; equal numbers, equal lines."""
        if axis not in self.lines:
            others = [codes for number, codes in enumerate(self.axes) if number != axis]
            keys = others if self.group is None else [self.group, *others]
            self.lines[axis] = _numbered(keys, len(self.cells))
        return self.lines[axis]

    def surplus(self) -> NDArray[np.int64]:
        """How far each cell lies above its real value, in 1/GRID units."""
        return (self.cells << GRID_BITS) - self.real


def _numbered(keys: Sequence[NDArray[np.int32]], count: int) -> NDArray[np.int64]:
    """One number for each different combination of keys."""
    number = np.zeros(count, dtype=np.int64)
    span = 1
    for key in keys:
        size = int(key.max(initial=0)) + 1
        if span * size > 2**62:
            number, span = np.unique(number, return_inverse=True)[1].astype(np.int64), count
        number, span = number * size + key, span * size
    return number


def repair(table: Table) -> int:
    """Mend every axis in place; answers how many units are still on a wrong member."""
    axes = range(len(table.axes))
    for reach in REACHES:
        for axis in axes:
            _mend(table, axis, reach)
        if not _wrong(table):
            return 0
        for axis in axes:
            _chain(table, axis, reach)
        if not _wrong(table):
            return 0
    return _wrong(table)


def _wrong(table: Table) -> int:
    return sum(int(np.abs(table.excess(a)).sum()) // 2 for a in range(len(table.axes)))


def _mend(table: Table, axis: int, reach: int) -> None:
    """Move units along lines of one axis until its sums are right or no line helps."""
    breadth = 3
    excess = table.excess(axis)
    for _ in range(ROUNDS):
        if not excess.any():
            return
        lowered, raised = _pairs(table, axis, excess, reach, breadth)
        chosen = _affordable(table, axis, excess, lowered, raised)
        if len(chosen):
            table.cells[lowered[chosen]] -= 1
            table.cells[raised[chosen]] += 1
            excess = table.excess(axis)
        elif breadth > WIDEST:
            return
        if 4 * len(chosen) < np.abs(excess).sum():
            breadth *= 8


def _movable(
    table: Table, surplus: NDArray[np.int64], reach: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which cells may give a unit, and which may take one, without passing bound or reach."""
    gives = (table.cells > table.low) & (surplus > GRID - reach)
    takes = (table.cells < table.high) & (surplus < reach - GRID)
    return gives, takes


def _pairs(
    table: Table, axis: int, excess: NDArray[np.int64], reach: int, breadth: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cells to lower and cells to raise, side by side on the same line, best first in each."""
    codes, line = table.axes[axis], table.line(axis)
    side = np.sign(excess).astype(np.int8)[codes]
    surplus = table.surplus()
    gives, takes = _movable(table, surplus, reach)
    givers = np.flatnonzero(gives & (side > 0))
    givers = _best_of_each(givers, codes[givers], -surplus[givers], breadth * excess + 2)
    takers = np.flatnonzero(takes & (side < 0))
    takers = takers[_touched(line[givers], line[takers])]
    givers = givers[np.lexsort((givers, -surplus[givers], line[givers]))]
    takers = takers[np.lexsort((takers, surplus[takers], line[takers]))]
    return _side_by_side(givers, takers, line)


def _touched(wanted: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which lines may be among the wanted ones; some that are not may pass."""
    seen = np.zeros(1 << 20, dtype=np.bool_)
    seen[_hashed(wanted)] = True
    passed: NDArray[np.bool_] = seen[_hashed(lines)]
    return passed


def _hashed(lines: NDArray[np.int64]) -> NDArray[np.int64]:
    return (lines ^ (lines >> 20) ^ (lines >> 40)) & ((1 << 20) - 1)


def _best_of_each(
    cells: NDArray[np.int64],
    members: NDArray[np.int32],
    cost: NDArray[np.int64],
    most: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The cheapest cells of each member, at most ``most`` of them."""
    if len(cells) == 0 or most.min(where=most > 2, initial=1 << 62) >= len(cells):
        return cells
    keys = (members.astype(np.int64) << 40) + np.clip(cost, -(1 << 38), 1 << 38)
    order = np.argsort(keys, kind="stable")
    sorted_members = members[order]
    return cells[order[_places(sorted_members) < most[sorted_members]]]


def _places(keys: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.int64]:
    """The place of each entry among its equals, for sorted keys."""
    count = np.arange(len(keys))
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    return count - np.maximum.accumulate(np.where(fresh, count, 0))


def _side_by_side(
    givers: NDArray[np.int64], takers: NDArray[np.int64], line: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ours, theirs = line[givers], line[takers]
    place = np.searchsorted(theirs, ours) + _places(ours)
    inside = place < np.searchsorted(theirs, ours, side="right")
    return givers[inside], takers[place[inside]]


def _affordable(
    table: Table,
    axis: int,
    excess: NDArray[np.int64],
    lowered: NDArray[np.int64],
    raised: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The cheapest moves that no member needs more of than it has to give or take."""
    codes, surplus = table.axes[axis], table.surplus()
    gain = surplus[raised] - surplus[lowered]
    order = np.lexsort((lowered, gain, codes[lowered]))
    order = order[_places(codes[lowered][order]) < excess[codes[lowered][order]]]
    takers = codes[raised]
    order = order[np.lexsort((lowered[order], gain[order], takers[order]))]
    return order[_places(takers[order]) < -excess[takers[order]]]


def _chain(table: Table, axis: int, reach: int) -> None:
    """Mend an axis by chains of moves, shortest first."""
    for _ in range(CHAINS):
        if not table.excess(axis).any() or not _shortest_chains(table, axis, reach):
            return


def _shortest_chains(table: Table, axis: int, reach: int) -> bool:
    codes, line, excess = table.axes[axis], table.line(axis), table.excess(axis)
    gives, takes = _movable(table, table.surplus(), reach)
    came: dict[int, tuple[int, int]] = {}
    seen = excess > 0
    frontier = seen.copy()
    while frontier.any():
        givers = np.flatnonzero(gives & frontier[codes])
        takers = np.flatnonzero(takes & ~seen[codes])
        lowered, raised = _one_each(givers, takers, line)
        fresh, first = np.unique(codes[raised], return_index=True)
        steps = zip(fresh.tolist(), lowered[first].tolist(), raised[first].tolist(), strict=True)
        came.update({member: (giver, taker) for member, giver, taker in steps})
        frontier = np.zeros_like(seen)
        frontier[fresh] = True
        seen |= frontier
        reached = fresh[excess[fresh] < 0]
        if len(reached):
            return _walk_back(table, codes, came, reached.tolist(), excess)
    return False


def _one_each(
    givers: NDArray[np.int64], takers: NDArray[np.int64], line: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each taker whose line has a giver, that giver (the first of the line)."""
    takers = takers[_touched(line[givers], line[takers])]
    lines, first = np.unique(line[givers], return_index=True)
    if len(lines) == 0:
        return givers[:0], takers[:0]
    place = np.minimum(np.searchsorted(lines, line[takers]), len(lines) - 1)
    met = lines[place] == line[takers]
    return givers[first[place[met]]], takers[met]


def _walk_back(
    table: Table,
    codes: NDArray[np.int32],
    came: dict[int, tuple[int, int]],
    ends: list[int],
    excess: NDArray[np.int64],
) -> bool:
    """Apply the chains to the given ends that share no cell and ask no start for too much."""
    used: set[int] = set()
    left = excess.copy()
    for end in ends:
        moves, member = [], end
        while member in came:
            moves.append(came[member])
            member = int(codes[moves[-1][0]])
        cells = {cell for move in moves for cell in move}
        if left[member] <= 0 or cells & used:
            continue
        used |= cells
        left[member] -= 1
        for lowered, raised in moves:
            table.cells[lowered] -= 1
            table.cells[raised] += 1
    return bool(used)
