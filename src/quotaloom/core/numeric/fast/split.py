"""Largest remainder group by group, compiled; what is unusual is left to NumPy by number.

Left to NumPy: a negative weight, a total from 2**50 on, a sum of weights from 2**61 on, a group
without weight that must not be split equally, and held cells that pass their group's total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.fast.jit import jit
from quotaloom.core.numeric.fast.select import desk, raise_largest

if TYPE_CHECKING:
    from quotaloom.core.numeric.fast import Hold, Task
    from quotaloom.core.numeric.fast.select import Desk
    from quotaloom.core.numeric.groups import Bytes, Ints

QUICK_TOTAL = 1 << 50
QUICK_SUM = float(1 << 61)


@jit
def widest(starts: Ints) -> int:
    """The size of the largest group."""
    size = 0
    for group in range(starts.size - 1):
        size = max(size, starts[group + 1] - starts[group])
    return size


@jit
def shares(free: Ints, total: int, over: int, part: Ints, rest: Ints) -> int:
    """Floor and remainder of total * weight / over on each cell; the units left over."""
    ratio = total / over
    left = total
    for i in range(free.size):
        floor = int(free[i] * ratio)
        remainder = free[i] * total - floor * over
        if remainder < 0:
            floor -= 1
            remainder += over
        elif remainder >= over:
            floor += 1
            remainder -= over
        part[i] = floor
        rest[i] = remainder
        left -= floor
    return left


@jit
def quick_sum(weights: Ints) -> int:
    """The sum of the weights, or -1 where one is negative or the sum may pass 2**61."""
    over = 0
    bits = 0
    for i in range(weights.size):
        over += weights[i]
        bits |= weights[i]
    if bits < 0 or float(bits) * weights.size >= QUICK_SUM:
        return -1
    return over


@jit
def split_one(
    total: int, free: Ints, over: int, rank: Ints, part: Ints, scratch: tuple[Ints, Desk]
) -> None:
    """One group with a positive sum into ``part``; the sign goes with the total."""
    rest = scratch[0][: part.size]
    units = shares(free, abs(total), max(over, 1), part, rest)
    if units:
        raise_largest(part, (rest, free, rank), units, over, scratch[1])
    if total < 0:
        for i in range(part.size):
            part[i] = -part[i]


@jit
def split(task: Task, equal: int, out: Ints) -> int:
    """Every group's total over its cells; the first group left to NumPy, or -1."""
    totals, weights, starts, rank = task
    size = widest(starts)
    ones = np.ones(size, np.int64)
    scratch = (np.empty(size, np.int64), desk(size))
    for group in range(totals.size):
        first, past, total = starts[group], starts[group + 1], totals[group]
        if first == past and total == 0:
            continue
        free = weights[first:past]
        over = quick_sum(free)
        if over == 0 and (equal or total == 0):
            free, over = ones[: past - first], past - first
        if over <= 0 or abs(total) >= QUICK_TOTAL:
            return group
        split_one(total, free, over, rank[first:past], out[first:past], scratch)
    return -1


@jit
def spare(weights: Ints, held: Bytes, kept: Ints, free: Ints) -> int:
    """The weights of the cells that are not held into ``free``, 0 elsewhere; the sum of kept."""
    total = 0
    for i in range(weights.size):
        solving = np.int64(held[i]) - 1  # bits, not branches, so that the loop runs in lanes
        free[i] = weights[i] & solving
        total += kept[i] & ~solving
    return total


@jit
def even(held: Bytes, free: Ints) -> int:
    """Weight 1 on each cell that is not held; how many these are."""
    count = 0
    for i in range(held.size):
        free[i] = not held[i]
        count += free[i]
    return count


@jit
def split_held(task: Task, hold: Hold, equal: int, out: Ints) -> int:
    """The same around cells that keep ``kept`` and count inside the total."""
    totals, weights, starts, rank = task
    size = widest(starts)
    spared, parts = np.empty(size, np.int64), np.empty(size, np.int64)
    scratch = (np.empty(size, np.int64), desk(size))
    for group in range(totals.size):
        first, past = starts[group], starts[group + 1]
        if first == past and totals[group] == 0:
            continue
        free, part = spared[: past - first], parts[: past - first]
        held, kept = hold[0][first:past], hold[1][first:past]
        total = totals[group] - spare(weights[first:past], held, kept, free)
        over = quick_sum(free)
        if over == 0 and total != 0 and equal:
            over = even(held, free)
        turned = (total < 0) != (totals[group] < 0) and total != 0
        if over < 0 or (over == 0 and total != 0) or abs(total) >= QUICK_TOTAL or turned:
            return group
        split_one(total, free, over, rank[first:past], part, scratch)
        for i in range(part.size):
            out[first + i] = kept[i] if held[i] else part[i]
    return -1
