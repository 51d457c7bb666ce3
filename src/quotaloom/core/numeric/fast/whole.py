"""What raking does with whole numbers, compiled: sums, places in a table, running totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.fast.jit import jit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.numeric.groups import Ints, Mask, Reals

    Codes = NDArray[np.int32]


@jit
def group_sums(codes: Codes, cells: Ints, out: Ints) -> None:
    """Add each cell to its group; code -1 is left out."""
    for cell in range(codes.size):
        if codes[cell] >= 0:
            out[codes[cell]] += cells[cell]


@jit
def line_sums(cells: NDArray[np.integer], starts: Ints, out: Ints) -> None:
    """The sum of the cells [starts[r], starts[r + 1])."""
    for row in range(out.size):
        total = 0
        for cell in range(starts[row], starts[row + 1]):
            total += cells[cell]
        out[row] = total


@jit
def still_cells(seed: Reals, low: Ints, high: Ints, cells: Ints, moving: Mask) -> int:
    """Mark the cells that can move, write the others; answers how many bounds cross."""
    crossed = 0
    for cell in range(seed.size):
        crossed += low[cell] > high[cell]
        moves = seed[cell] > 0 and low[cell] < high[cell]
        moving[cell] = moves
        cells[cell] = 0 if moves else low[cell]
    return crossed


@jit
def nests(finer: Codes, coarser: Codes, over: Codes) -> bool:
    """Write the coarser group around each finer one; False where it has two."""
    for cell in range(finer.size):
        known = over[finer[cell]]
        if known < 0:
            over[finer[cell]] = coarser[cell]
        elif known != coarser[cell]:
            return False
    return True


@jit
def seats(rows: Codes, columns: Codes, width: int, taken: Codes) -> bool:
    """Write the number of each cell on its place in the full table; False where two have one."""
    for cell in range(rows.size):
        seat = rows[cell] * np.int64(width) + columns[cell]
        if taken[seat] >= 0:
            return False
        taken[seat] = cell
    return True


@jit
def seated(taken: Codes, width: int, order: Ints, rows: Codes, columns: Codes) -> None:
    """The cells of the taken places in order, with their rows and columns."""
    place = row = column = 0
    for seat in range(taken.size):
        if taken[seat] >= 0:
            order[place], rows[place], columns[place] = taken[seat], row, column
            place += 1
        column += 1
        if column == width:  # counting on is quicker than a division a seat
            row, column = row + 1, 0


@jit
def gather(cells: NDArray[np.generic], order: Ints, out: NDArray[np.generic]) -> None:
    """The cells in another order."""
    for place in range(order.size):
        out[place] = cells[order[place]]


@jit
def on_grid(cells: Reals, grid: int, whole: Ints, part: NDArray[np.int32]) -> None:
    """Whole part and fraction in 1/grid units, the nearest ones."""
    for cell in range(cells.size):
        floor = np.floor(cells[cell])
        over = np.int64(np.rint((cells[cell] - floor) * grid))
        carried = over >= grid
        whole[cell] = np.int64(floor) + carried
        part[cell] = over - grid * carried


@jit
def running(
    part: NDArray[np.int32], starts: Ints, begin: Ints, bits: int, out: NDArray[np.int32]
) -> None:
    """The whole units that each row's running total passes, from where the row begins."""
    for row in range(begin.size):
        total = begin[row]
        before = np.int64(0)
        for cell in range(starts[row], starts[row + 1]):
            total += part[cell]
            units = total >> bits
            out[cell] = units - before
            before = units
