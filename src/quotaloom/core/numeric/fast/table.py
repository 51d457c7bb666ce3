"""What raking does with each cell of a table, row by row, compiled.

Row r owns the cells ``[starts[r], starts[r + 1])``; ``columns`` holds the column of each cell.
Doubles are added in the order in which NumPy's bincount adds them, so sums are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.fast.jit import jit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.numeric.groups import Bytes, Ints, Reals

    Codes = NDArray[np.int32]
    Table = tuple[Reals, Ints, Ints, Codes]  # seed, first cell of rows, window edges, columns
    Factors = tuple[Reals, Reals]  # of the rows, of the columns
    Bounds = tuple[Reals, Reals]
    Sums = tuple[Reals, Reals, Reals]  # free rows, fixed rows, fixed columns


@jit
def row_sums(seed: Reals, starts: Ints, columns: Codes, factors: Reals, out: Reals) -> None:
    """The sum of each row, its cells multiplied by the factors of their columns."""
    for row in range(out.size):
        total = 0.0
        for cell in range(starts[row], starts[row + 1]):
            total += factors[columns[cell]] * seed[cell]
        out[row] = total


@jit
def add_row(seed: Reals, columns: Codes, factor: float, sums: Reals) -> None:
    """Add the cells of one row, multiplied by its factor, to their columns."""
    for cell in range(seed.size):
        sums[columns[cell]] += factor * seed[cell]


@jit
def add_free(seed: Reals, columns: Codes, factor: float, moving: Bytes, sums: Reals) -> None:
    """The same for the cells that are marked only."""
    for cell in range(seed.size):
        sums[columns[cell]] += factor * seed[cell] * moving[cell]


@jit
def add_part(part: Reals, sums: Reals) -> None:
    """Add the sums of one window to those of all, and begin anew."""
    for column in range(part.size):
        sums[column] += part[column]
        part[column] = 0.0


@jit
def column_sums(table: Table, factors: Reals, out: Reals) -> None:
    """The sum of each column, its cells multiplied by the factors of their rows.

    Added up for the rows from one edge of windows to the next, then over all.
    """
    seed, starts, edges, columns = table
    out[:] = 0.0
    part = np.zeros_like(out)
    for window in range(edges.size - 1):
        for row in range(edges[window], edges[window + 1]):
            first, past = starts[row], starts[row + 1]
            add_row(seed[first:past], columns[first:past], factors[row], part)
        add_part(part, out)


@jit
def free_column_sums(table: Table, moving: Bytes, factors: Reals, out: Reals) -> None:
    """The same over the cells that are marked."""
    seed, starts, edges, columns = table
    out[:] = 0.0
    part = np.zeros_like(out)
    for window in range(edges.size - 1):
        for row in range(edges[window], edges[window + 1]):
            own = slice(starts[row], starts[row + 1])
            add_free(seed[own], columns[own], factors[row], moving[own], part)
        add_part(part, out)


@jit
def product(seed: Reals, starts: Ints, columns: Codes, factors: Factors, out: Reals) -> None:
    """Each cell multiplied by the factors of its row and of its column."""
    rows, across = factors
    for row in range(starts.size - 1):
        for cell in range(starts[row], starts[row + 1]):
            out[cell] = rows[row] * across[columns[cell]] * seed[cell]


@jit
def row_leaves(
    seed: Reals, columns: Codes, factor: float, across: Reals, low: Reals, high: Reals
) -> bool:
    """Whether a cell of one row of the product lies outside of its bounds."""
    for cell in range(seed.size):
        grown = factor * across[columns[cell]] * seed[cell]
        grown = grown if grown >= 0 else 0.0  # so is what is not a number
        if grown < low[cell] or grown > high[cell]:
            return True
    return False


@jit
def leaves(table: Table, factors: Factors, bounds: Bounds) -> bool:
    """Whether a cell of the product lies outside of its bounds; what is not a number is 0."""
    seed, starts, _, columns = table
    rows, across = factors
    low, high = bounds
    for row in range(starts.size - 1):
        own = slice(starts[row], starts[row + 1])
        if row_leaves(seed[own], columns[own], rows[row], across, low[own], high[own]):
            return True
    return False


@jit
def cut_row(
    seed: Reals, columns: Codes, factors: Factors, bounds: Bounds, out: Reals, column_sums: Reals
) -> tuple[float, bool]:
    """One row of the product, cut off at its bounds: its sum, and whether all of it was finite."""
    factor, across = factors
    low, high = bounds
    total, is_finite = 0.0, True
    for cell in range(seed.size):
        column = columns[cell]
        grown = factor[0] * across[column] * seed[cell]
        is_finite &= grown < np.inf
        grown = min(max(low[cell], grown), high[cell])
        out[cell] = grown
        total += grown
        column_sums[column] += grown
    return total, is_finite


@jit
def cut(
    table: Table, factors: Factors, bounds: Bounds, out: Reals, sums: tuple[Reals, Reals]
) -> bool:
    """The product cut off at its bounds, its sums of rows and of columns; whether it was finite."""
    seed, starts, edges, columns = table
    rows, across = factors
    row_sums, all_columns = sums
    all_columns[:] = 0.0
    part, every = np.zeros_like(all_columns), True
    for window in range(edges.size - 1):
        for row in range(edges[window], edges[window + 1]):
            own = slice(starts[row], starts[row + 1])
            row_sums[row], is_finite = cut_row(
                seed[own],
                columns[own],
                (rows[row : row + 1], across),
                (bounds[0][own], bounds[1][own]),
                out[own],
                part,
            )
            every &= is_finite
        add_part(part, all_columns)
    return every


@jit
def part_row(
    seed: Reals, columns: Codes, factors: Factors, bounds: Bounds, moving: Bytes, column_sums: Reals
) -> tuple[float, float]:
    """One row of a table with bounds; its first factor is that of the row.

    Answers the sum of its free cells, and that of those at a bound.
    """
    factor, across = factors
    low, high = bounds
    moving_sum = still_sum = 0.0
    for cell in range(seed.size):
        column = columns[cell]
        scaled = across[column] * seed[cell]
        grown = factor[0] * scaled
        is_still = (grown <= low[cell]) | (grown >= high[cell])
        still = np.float64(is_still)
        grown = min(max(low[cell], grown), high[cell]) * still  # no branch: half may be at bounds
        still_sum += grown
        column_sums[column] += grown
        moving[cell] = not is_still
        moving_sum += scaled * (1.0 - still)
    return moving_sum, still_sum


@jit
def parted(table: Table, factors: Factors, bounds: Bounds, moving: Bytes, sums: Sums) -> None:
    """Mark the cells between their bounds; sums of rows, and of rows and columns of the others."""
    seed, starts, edges, columns = table
    rows, across = factors
    low, high = bounds
    free, still, still_columns = sums
    still_columns[:] = 0.0
    part = np.zeros_like(still_columns)
    for window in range(edges.size - 1):
        for row in range(edges[window], edges[window + 1]):
            own = slice(starts[row], starts[row + 1])
            free[row], still[row] = part_row(
                seed[own],
                columns[own],
                (rows[row : row + 1], across),
                (low[own], high[own]),
                moving[own],
                part,
            )
        add_part(part, still_columns)
