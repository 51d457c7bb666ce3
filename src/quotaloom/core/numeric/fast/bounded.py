"""Spreading between the bounds of each cell, compiled: the flexbox rule, then whole units.

Group by group: every cell's bounds and free weight are laid on a desk, cells without weight are
fixed; rounds of shares fix the graver side until none passes; the last shares are rounded. Where
the amount to share is negative the whole desk is mirrored, so each step knows only amounts >= 0.
Left to NumPy by number: what cannot be reached, and what ``split`` leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.fast.jit import jit
from quotaloom.core.numeric.fast.select import desk, raise_largest
from quotaloom.core.numeric.fast.split import QUICK_TOTAL, even, quick_sum, shares, widest

if TYPE_CHECKING:
    from quotaloom.core.numeric.fast import Hold, Task
    from quotaloom.core.numeric.fast.select import Desk
    from quotaloom.core.numeric.groups import Bytes, Ints

    Edges = tuple[Ints, Ints]  # low and high of the cells of a group
    Sheet = tuple[Ints, Ints, Ints, Ints, Ints, Ints]  # free, low, high, fixed, part, rest

NONE = QUICK_TOTAL
NEVER = 1 << 62  # the bounds of a cell that is fixed: no share passes them


@jit
def lay_edges(total: int, edges: Edges, low: Ints, high: Ints) -> None:
    """The bounds of one group's cells; where none are wished, by the sign of its total."""
    bottom, top = (0, NONE) if total >= 0 else (-NONE, 0)
    for i in range(low.size):
        low[i] = bottom if edges[0].size == 0 else max(edges[0][i], -NONE)
    for i in range(low.size):
        high[i] = top if edges[1].size == 0 else min(edges[1][i], NONE)


@jit
def lay_free(weights: Ints, hold: Hold, sheet: Sheet) -> None:
    """The weights of one group's cells; a held cell has none, and two equal bounds."""
    free, low, high = sheet[0], sheet[1], sheet[2]
    held, kept = hold
    if held.size == 0:
        free[:] = weights
        return
    for i in range(free.size):
        free[i] = weights[i] & (np.int64(held[i]) - 1)
    for i in range(free.size):  # bits, not branches, so that the loop runs in lanes
        stays = -np.int64(held[i])
        low[i] ^= (low[i] ^ kept[i]) & stays
        high[i] ^= (high[i] ^ kept[i]) & stays


@jit
def sound(sheet: Sheet) -> bool:
    """Whether no bounds cross or are vast."""
    low, high = sheet[1], sheet[2]
    wrong = False
    for i in range(low.size):
        wrong |= (low[i] > high[i]) | (low[i] >= NONE) | (high[i] <= -NONE)
    return not wrong


@jit
def fix_idle(sheet: Sheet) -> tuple[int, bool]:
    """Fix every cell without weight at 0, or at the bound next to it: (their sum, it is exact)."""
    free, low, high, fixed = sheet[0], sheet[1], sheet[2], sheet[3]
    total, bits = 0, 0
    for i in range(free.size):
        still = min(max(0, low[i]), high[i]) if free[i] == 0 else 0
        fixed[i] = still
        total += still
        bits |= abs(still)
        low[i] = low[i] if free[i] else -NEVER
        high[i] = high[i] if free[i] else NEVER
    return total, float(bits) * free.size < float(NEVER)


@jit
def reachable(total: int, sheet: Sheet) -> bool:
    """Whether the free cells can hold ``total`` between them. False as well where sums are vast."""
    free, low, high = sheet[0], sheet[1], sheet[2]
    least, most, bits = 0, 0, 0
    bottomless, topless = False, False
    for i in range(free.size):
        if free[i]:
            bottomless |= low[i] <= -NONE
            topless |= high[i] >= NONE
            least += low[i] if low[i] > -NONE else 0
            most += high[i] if high[i] < NONE else 0
            bits |= abs(low[i]) if low[i] > -NONE else 0
            bits |= abs(high[i]) if high[i] < NONE else 0
    if float(bits) * free.size >= float(NEVER):
        return False
    return (bottomless or least <= total) and (topless or total <= most)


@jit
def mirror(sheet: Sheet) -> None:
    """Change every sign on the desk."""
    low, high, fixed = sheet[1], sheet[2], sheet[3]
    for i in range(low.size):
        low[i], high[i] = -high[i], -low[i]
        fixed[i] = -fixed[i]


@jit
def passed(sheet: Sheet) -> bool:
    """Whether any share passes a bound of its cell."""
    low, high, part, rest = sheet[1], sheet[2], sheet[4], sheet[5]
    some = False
    for i in range(low.size):
        some |= (part[i] < low[i]) | (part[i] + (rest[i] > 0) > high[i])
    return some


@jit
def graver_side(sheet: Sheet, over: int) -> int:
    """1 where the lower bounds are passed by more in sum, -1 the upper, 0 where alike.

    Exact: sum(bound - share) is whole gaps less remainders, and these are carried at ``over``.
    """
    low, high, part, rest = sheet[1], sheet[2], sheet[4], sheet[5]
    gap, more = 0, 0
    for i in range(low.size):
        under = part[i] < low[i]
        above = part[i] + (rest[i] > 0) > high[i]
        if under or above:
            gap += (low[i] if under else high[i]) - part[i]
            more += rest[i]
        carried = more >= over
        more -= over * carried
        gap -= carried
    if gap == 0 and more > 0:
        return -1
    return int(np.sign(gap))


@jit
def fix_passed(sheet: Sheet, side: int) -> tuple[int, int]:
    """Fix what passes its bound on that side (0: on both); the amount and the weight fixed."""
    free, low, high, fixed, part, rest = sheet
    amount, weight = 0, 0
    for i in range(free.size):
        under = side >= 0 and part[i] < low[i]
        above = side <= 0 and part[i] + (rest[i] > 0) > high[i]
        if under or above:
            fixed[i] = low[i] if under else high[i]
            amount += fixed[i]
            weight += free[i]
            free[i] = 0
            low[i], high[i] = -NEVER, NEVER
    return amount, weight


@jit
def settle(total: int, over: int, sheet: Sheet) -> tuple[int, int, int]:
    """Fix cells until the shares of the rest keep their bounds: (units left, weight, sign).

    Units are -1 where the total cannot be reached, or is too large on the way.
    """
    sign, checked = 1, False
    while True:
        if total < 0:
            mirror(sheet)
            total, sign = -total, -sign
        if total >= QUICK_TOTAL:
            return -1, 0, sign
        units = shares(sheet[0], total, max(over, 1), sheet[4], sheet[5])
        if over == 0:
            return (-1 if total else 0), 0, sign
        if not passed(sheet):
            return units, over, sign
        if not checked and not reachable(total, sheet):
            return -1, 0, sign
        checked = True
        amount, weight = fix_passed(sheet, graver_side(sheet, over))
        total -= amount
        over -= weight


@jit
def level(held: Bytes, free: Ints) -> int:
    """Weight 1 on every cell that is not held; how many these are."""
    if held.size:
        return even(held, free)
    free[:] = 1
    return free.size


@jit
def lay(total: int, weights: Ints, edges: Edges, hold: Hold, sheet: Sheet) -> tuple[int, int]:
    """Lay one group on the desk: (free weight, amount for it); weight -1 where NumPy must look."""
    lay_edges(total, edges, sheet[1], sheet[2])
    lay_free(weights, hold, sheet)
    over = quick_sum(sheet[0]) if sound(sheet) else -1
    amount, exact = fix_idle(sheet)
    return (over if exact else -1), total - amount


@jit
def lay_level(total: int, edges: Edges, hold: Hold, sheet: Sheet) -> tuple[int, int]:
    """The same with weight 1 on each cell that is not held."""
    lay_edges(total, edges, sheet[1], sheet[2])
    lay_free(sheet[0], hold, sheet)
    over = level(hold[0], sheet[0])
    amount, exact = fix_idle(sheet)
    return (over if exact else -1), total - amount


@jit
def cut(desks: Ints, size: int) -> Sheet:
    """The desk of a group of so many cells."""
    return (
        desks[0, :size],
        desks[1, :size],
        desks[2, :size],
        desks[3, :size],
        desks[4, :size],
        desks[5, :size],
    )


@jit
def place_units(left: int, over: int, rank: Ints, sheet: Sheet, scratch: Desk, out: Ints) -> bool:
    """Settle and round one group whose desk is laid; False where NumPy must look."""
    units, over, sign = settle(left, over, sheet)
    free, fixed, part, rest = sheet[0], sheet[3], sheet[4], sheet[5]
    if units < 0:
        return False
    if units:
        raise_largest(part, (rest, free, rank), units, over, scratch)
    for i in range(out.size):
        out[i] = sign * (fixed[i] + part[i])
    return True


@jit
def split_bounded(task: Task, edges: Edges, hold: Hold, equal: int, out: Ints) -> int:
    """Every group's total within its cells' bounds; the first group left to NumPy, or -1."""
    totals, weights, starts, rank = task
    desks = np.empty((6, widest(starts)), np.int64)
    scratch = desk(desks.shape[1])
    for group in range(totals.size):
        first, past, total = starts[group], starts[group + 1], totals[group]
        if first == past and total == 0:
            continue
        sheet = cut(desks, past - first)
        own = (hold[0][first:past], hold[1][first:past])
        bounds = (edges[0][first:past], edges[1][first:past])
        over, left = lay(total, weights[first:past], bounds, own, sheet)
        if over == 0 and left != 0 and equal:
            over, left = lay_level(total, bounds, own, sheet)
        if over < 0 or abs(total) >= QUICK_TOTAL:
            return group
        if not place_units(left, over, rank[first:past], sheet, scratch, out[first:past]):
            return group
    return -1
