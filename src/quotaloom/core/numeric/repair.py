"""Move whole units inside the rows of a table until its column sums are right.

A move lowers one cell and raises another of the same row: row sums stay as they are. Where no row
joins a column with too much and one with too little, a chain of moves through other columns does;
so what the reach allows is always found.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.grid import GRID, GRID_BITS, Real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from quotaloom.core.numeric.layout import Layout

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

REACHES = (GRID, 2 * GRID, 1 << 60)  # how near to its real value a moved cell must stay
TRIES = 6
FEW = 16  # where a sixteenth of the units are moved at most, the next cells are looked at
CHAINS = 300  # sums far off their targets are not walked to unit by unit
NARROW, WIDE = 1 << 13, 1 << 16  # cells that are looked at together for moves, for chains
FIRST = 4  # times chains are looked for in so many cells before they are in the whole table
FAR = 1 << 22  # costs beyond it are all alike


@dataclass
class Table:
    """Whole cells near real ones, with the sums wanted of the columns.

    A cell is ``real.whole + offset``; ``low`` and ``high`` bound cells, both inclusive, None
    standing for 0 and for no bound.
    """

    layout: Layout
    real: Real
    offset: NDArray[np.int32] | Ints
    low: Ints | None
    high: Ints | None
    targets: Ints

    @property
    def cells(self) -> Ints:
        """The whole cells."""
        return self.real.whole + self.offset

    def put(self, part: slice, cells: Ints) -> None:
        """Set some cells, however far from their real values."""
        offset = cells - self.real.whole[part]
        if np.abs(offset).max(initial=0) >= 1 << 30:
            self.offset = self.offset.astype(np.int64)
        self.offset[part] = offset

    def surplus(self, part: slice) -> Ints:
        """How far cells lie above their real values, in 1/GRID units."""
        surplus: Ints = (self.offset[part].astype(np.int64) << GRID_BITS) - self.real.part[part]
        return surplus

    def excess(self) -> Ints:
        """How much too large each column is."""
        return self.layout.column_sums(self.cells) - self.targets

    def movable(self, part: slice, reach: int) -> tuple[Mask, Mask, Ints]:
        """Which cells may lose a unit, which may take one, and what each lies above its real."""
        surplus = self.surplus(part)
        cells = self.real.whole[part] + self.offset[part]
        gives = (surplus > GRID - reach) & (cells > (0 if self.low is None else self.low[part]))
        takes = surplus < reach - GRID
        if self.high is not None:
            takes &= cells < self.high[part]
        return gives, takes, surplus


def repair(table: Table) -> int:
    """Mend the columns in place; answers how many units are still in a wrong one."""
    excess = table.excess()
    for reach in REACHES:
        _mend(table, excess, reach)
        parts = list(islice(_parts(table, WIDE), FIRST))
        for part in (*parts, slice(None)):
            _chain_on(table, excess, reach, part)
        if not excess.any():
            break
    return int(np.abs(excess).sum() + 1) // 2


def _parts(table: Table, size: int) -> Iterator[slice]:
    """All cells, so many at a time; a row that is cut counts as two."""
    return (slice(at, at + size) for at in range(0, len(table.offset), size))


def _chain_on(table: Table, excess: Ints, reach: int, part: slice) -> None:
    """Chains of moves inside a part of the cells, as long as there are any and they get on."""
    tries = CHAINS
    while tries and excess.any() and _chains(table, excess, reach, part):
        tries -= 1


def _mend(table: Table, excess: Ints, reach: int) -> None:
    """Move units straight from columns with too much to columns with too little."""
    for part in _parts(table, NARROW):
        if not excess.any():
            break
        tries = TRIES
        while tries and (excess > 0).any() and (excess < 0).any():
            moved = _moved(table, excess, reach, part)
            is_worth = moved * FEW > np.abs(excess).sum() or part.stop >= len(table.offset)
            tries = tries - 1 if moved and is_worth else 0


def _moved(table: Table, excess: Ints, reach: int, part: slice) -> int:
    columns, rows = table.layout.columns.codes[part], table.layout.rows.codes[part]
    side = np.sign(excess).astype(np.int8)[columns]
    gives, takes, surplus = table.movable(part, reach)
    givers = np.flatnonzero(gives & (side > 0))
    takers = np.flatnonzero(takes & (side < 0))
    givers = givers[_by_row(rows[givers], -surplus[givers])]
    takers = takers[_by_row(rows[takers], surplus[takers])]
    lowered, raised = _side_by_side(givers, takers, rows)
    gain = surplus[raised] - surplus[lowered]
    chosen = _affordable(columns[lowered], columns[raised], gain, excess)
    lowered, raised = lowered[chosen], raised[chosen]
    table.offset[part][lowered] -= 1
    table.offset[part][raised] += 1
    np.subtract.at(excess, columns[lowered], 1)
    np.add.at(excess, columns[raised], 1)
    return len(chosen)


def _by_row(rows: NDArray[np.int32], cost: Ints) -> Ints:
    """What sorts by row, then by cost."""
    return np.argsort((rows.astype(np.int64) << 24) + np.clip(cost, -FAR, FAR) + FAR, kind="stable")


def _side_by_side(givers: Ints, takers: Ints, rows: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """The first giver of each row with its first taker, the second with the second, and so on."""
    ours, theirs = rows[givers], rows[takers]
    place = np.searchsorted(theirs, ours) + _places(ours)
    inside = place < np.searchsorted(theirs, ours, side="right")
    return givers[inside], takers[place[inside]]


def _places(keys: NDArray[np.integer]) -> Ints:
    """The place of each entry among its equals, for sorted keys."""
    return np.arange(len(keys)) - np.searchsorted(keys, keys)


def _affordable(lost: NDArray[np.int32], won: NDArray[np.int32], gain: Ints, excess: Ints) -> Ints:
    """The cheapest moves of which no column needs more than it has to lose or to win."""
    order = np.argsort(gain, kind="stable")
    for columns, most in ((lost, excess), (won, -excess)):
        order = order[np.argsort(columns[order], kind="stable")]
        sorted_columns = columns[order]
        order = order[_places(sorted_columns) < most[sorted_columns]]
        order = order[np.argsort(gain[order], kind="stable")]
    return order


def _chains(table: Table, excess: Ints, reach: int, part: slice) -> bool:
    """Apply the shortest chains from too much to too little that share no cell, if there are any.

    Only the cells of ``part`` are looked at.
    """
    columns, rows = table.layout.columns.codes[part], table.layout.rows.codes[part]
    gives, takes, _ = table.movable(part, reach)
    came: dict[int, tuple[int, int]] = {}
    seen = excess > 0
    frontier = seen.copy()
    while frontier.any():
        givers = np.flatnonzero(gives & frontier[columns])
        takers = np.flatnonzero(takes & ~seen[columns])
        lowered, raised = _one_each(givers, takers, rows)
        fresh, first = np.unique(columns[raised], return_index=True)
        steps = zip(fresh.tolist(), lowered[first].tolist(), raised[first].tolist(), strict=True)
        came.update({column: (giver, taker) for column, giver, taker in steps})
        frontier = np.zeros_like(seen)
        frontier[fresh] = True
        seen |= frontier
        reached = fresh[excess[fresh] < 0]
        if len(reached):
            return _walk_back(table.offset[part], columns, came, reached.tolist(), excess)
    return False


def _one_each(givers: Ints, takers: Ints, rows: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """For each taker whose row has a giver, that giver (the first of the row)."""
    with_giver, first = np.unique(rows[givers], return_index=True)
    if len(with_giver) == 0:
        return givers[:0], takers[:0]
    place = np.minimum(np.searchsorted(with_giver, rows[takers]), len(with_giver) - 1)
    met = with_giver[place] == rows[takers]
    return givers[first[place[met]]], takers[met]


def _walk_back(
    offset: NDArray[np.integer],
    columns: NDArray[np.int32],
    came: dict[int, tuple[int, int]],
    ends: list[int],
    excess: Ints,
) -> bool:
    """Apply the chains to the given ends that share no cell and ask no start for too much."""
    used: set[int] = set()
    for end in ends:
        moves, column = [], end
        while column in came:
            moves.append(came[column])
            column = int(columns[moves[-1][0]])
        cells = {cell for move in moves for cell in move}
        if excess[column] <= 0 or cells & used:
            continue
        used |= cells
        excess[column] -= 1
        excess[end] += 1
        for lowered, raised in moves:
            offset[lowered] -= 1
            offset[raised] += 1
    return bool(used)
