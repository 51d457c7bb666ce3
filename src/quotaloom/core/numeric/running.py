"""Cumulative rounding (累计舍入): after each cell the sum so far is the rounded exact sum.

Made for phasing over time: 102 over four quarters is 25, 26, 25, 26. A sum so far that falls
between two whole numbers exactly is rounded down (towards zero). Every cell is less than one unit
from its exact share, and so is every sum of neighbouring cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import exact
from quotaloom.core.numeric.apportion import OnZero, driven, grouped
from quotaloom.core.numeric.groups import whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.numeric.groups import Groups, Ints


def running(
    totals: ArrayLike, weights: ArrayLike, starts: ArrayLike, *, on_zero: OnZero = "refuse"
) -> Ints:
    """Each group's total over its cells in their order, so that sums so far stay true.

    Arguments, limits and refusals are those of ``apportion``; a weight of 1 on each cell is the
    equal phasing. running(-T) = -running(T).
    """
    amounts, drivers = whole(totals), whole(weights)
    groups = grouped(amounts, drivers, starts)
    drivers, sums = driven(amounts, drivers, groups, on_zero=on_zero)
    answer = np.empty(groups.cells, np.int64)
    for run, cells, block in groups.blocks():
        answer[cells] = _run_block(amounts[run], drivers[cells], sums[run], block)
    return answer


def _run_block(totals: Ints, weights: Ints, sums: Ints, groups: Groups) -> Ints:
    """Round the exact sums so far, then take their differences."""
    before = np.concatenate(([0], np.cumsum(weights)))  # wraps; the differences below do not
    so_far = before[1:] - groups.each(before[groups.starts[:-1]])
    part, rest = exact.shares(np.abs(totals), so_far, sums, groups)
    part += rest > groups.each(sums) - rest
    steps = np.diff(part, prepend=0)
    full = groups.sizes > 0
    first = groups.starts[:-1][full]
    steps[first] = part[first]
    return np.where(groups.each(totals < 0), -steps, steps)
