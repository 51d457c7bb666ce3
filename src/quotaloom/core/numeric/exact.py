"""Exact shares of whole totals: floor(total * weight / sum) and what remains, at any size.

``total * weight`` of two amounts in 分 passes 64 bits. A quotient guessed in floating point is at
most one unit off while the total is below 2**50; the remainder computed with wrap-around is then
still right (it fits 64 bits while the sum is below 2**61) and tells in which direction. What is
larger is divided with Python's unbounded integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Groups, Ints, Mask

QUICK_TOTAL = 1 << 50
QUICK_SUM = 1 << 61
LIMIT_TOTAL = 1 << 62
LIMIT_SUM = 1 << 63


def quick(totals: Ints, sums: Ints) -> Mask:
    """Which groups the floating guess serves."""
    return (totals < QUICK_TOTAL) & (sums < QUICK_SUM)


def shares(totals: Ints, weights: Ints, sums: Ints, groups: Groups) -> tuple[Ints, Ints]:
    """Floor and remainder of totals[g] * weight / sums[g] on each cell.

    Totals and weights are >= 0; a group whose sum is 0 gets zeros.
    """
    served = quick(totals, sums)
    if not served.all():
        return _long_shares(totals, weights, sums, groups)
    bases = np.maximum(sums, 1)
    guess = groups.each(totals / bases)
    guess *= weights
    part = guess.astype(np.int64)
    over = groups.each(bases)
    rest = groups.each(totals)
    rest *= weights
    rest -= part * over
    low = np.flatnonzero(rest < 0)
    part[low] -= 1
    rest[low] += over[low]
    high = np.flatnonzero(rest >= over)
    part[high] += 1
    rest[high] -= over[high]
    return part, rest


def _long_shares(totals: Ints, weights: Ints, sums: Ints, groups: Groups) -> tuple[Ints, Ints]:
    """The same with unbounded integers, some ten times slower."""
    over = groups.each(np.maximum(sums, 1)).astype(object)
    product = groups.each(totals).astype(object) * weights.astype(object)
    part = product // over
    return part.astype(np.int64), (product - part * over).astype(np.int64)


def exact_sums(values: Ints, groups: Groups) -> tuple[Ints, Mask]:
    """Sum of each group's values >= 0, and which groups pass 2**63 - 1 (their sum is wrong)."""
    widest = int(groups.sizes.max(initial=0))
    if int(values.max(initial=0)) * widest < LIMIT_SUM:
        return groups.sums(values), np.zeros(len(groups), np.bool_)
    low = groups.sums(values & 0xFFFFFFFF)
    high = groups.sums(values >> 32) + (low >> 32)
    return groups.sums(values), high >= 1 << 31
