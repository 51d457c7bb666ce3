"""Give one unit more to the largest remainders of one group: a histogram, then a quickselect.

The histogram is of remainder / sum in floating point, which keeps order but may tie what is not
equal; only inside the bin that holds the edge are whole numbers compared, so the choice is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.fast.jit import jit

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Ints

    Keys = tuple[Ints, Ints, Ints]  # remainders, weights, ranks of the cells of one group
    Desk = tuple[Ints, Ints, Ints]  # scratch: bin of each cell, cells of the edge, tally of bins

BINS = 4096
FEW = 24  # cells that are selected without a histogram
BELOW_ONE = 1 - 2.0**-50


@jit
def desk(size: int) -> Desk:
    """Scratch for groups of at most ``size`` cells."""
    return np.empty(size, np.int64), np.empty(size, np.int64), np.empty(BINS, np.int64)


@jit
def before(i: int, j: int, keys: Keys) -> bool:
    """Whether cell i comes first: larger remainder, larger weight, lower rank, earlier place."""
    rest, weights, rank = keys
    if rest[i] != rest[j]:
        return bool(rest[i] > rest[j])
    if weights[i] != weights[j]:
        return bool(weights[i] > weights[j])
    if rank.size and rank[i] != rank[j]:
        return bool(rank[i] < rank[j])
    return i < j


@jit
def partition(cells: Ints, low: int, high: int, keys: Keys) -> int:
    """Put those before the middle one of cells[low..high] in front of it; where it then stands."""
    middle = (low + high) // 2
    cells[middle], cells[high] = cells[high], cells[middle]
    pivot = cells[high]
    edge = low
    for i in range(low, high):
        if before(cells[i], pivot, keys):
            cells[i], cells[edge] = cells[edge], cells[i]
            edge += 1
    cells[edge], cells[high] = cells[high], cells[edge]
    return edge


@jit
def select(cells: Ints, count: int, wanted: int, keys: Keys) -> None:
    """Bring the first ``wanted`` of cells[:count] to the front, in any order among themselves."""
    low, high = 0, count - 1
    while low < high:
        edge = partition(cells, low, high, keys)
        if edge == wanted:
            return
        if edge < wanted:
            low = edge + 1
        else:
            high = edge - 1


@jit
def fill(rest: Ints, over: int, place: Ints, tally: Ints) -> int:
    """Bin each remainder and count the bins; how many bins there are."""
    bins = 16
    while bins < rest.size and bins < BINS:
        bins *= 2
    scale = bins * BELOW_ONE / over
    tally[:bins] = 0
    for i in range(rest.size):
        mark = np.uint32(rest[i] * scale)
        place[i] = mark
        tally[mark] += 1
    return bins


@jit
def pass_edge(part: Ints, rest: Ints, units: int, over: int, scratch: Desk) -> tuple[int, int]:
    """Raise the cells of the bins above the edge; (cells in the edge's bin, units left)."""
    place, cells, tally = scratch
    edge = fill(rest, over, place, tally)
    while units > 0:
        edge -= 1
        units -= tally[edge]
    for i in range(rest.size):
        part[i] += place[i] > edge
    crowd = 0
    for i in range(rest.size):
        if place[i] == edge:
            cells[crowd] = i
            crowd += 1
    return crowd, units + crowd


@jit
def raise_largest(part: Ints, keys: Keys, units: int, over: int, scratch: Desk) -> None:
    """Add 1 to the ``units`` cells of the group that come first; 0 < units < size."""
    cells = scratch[1]
    crowd = part.size
    if crowd > FEW:
        crowd, units = pass_edge(part, keys[0], units, over, scratch)
    else:
        for i in range(crowd):
            cells[i] = i
    if crowd > units:
        select(cells, crowd, units, keys)
    for i in range(units):
        part[cells[i]] += 1
