"""Shares that are not rounded, in float64: for previews and as the start of a fit. Never money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.groups import Groups

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.numeric.groups import Reals


def real_shares(
    totals: ArrayLike, weights: ArrayLike, starts: ArrayLike, *, out: Reals | None = None
) -> Reals:
    """Each group's total over its cells by weight; zeros where a group has no weight.

    Written into ``out`` where that is given (float64, one a cell).
    """
    amounts, drivers = np.asarray(totals, np.float64), np.ascontiguousarray(weights, np.float64)
    groups = Groups.of(starts, len(drivers))
    answer = np.empty(len(drivers)) if out is None else out
    kernels = fast.kernels_for(groups.cells)
    if kernels is not None:
        kernels.real_shares(amounts, drivers, groups.starts, answer)
        return answer
    full = groups.sizes > 0
    over = np.zeros(len(groups))
    over[full] = np.add.reduceat(drivers, groups.starts[:-1][full])
    factor = np.divide(amounts, over, out=np.zeros(len(groups)), where=over != 0)
    for run, cells, block in groups.blocks():
        np.multiply(drivers[cells], block.each(factor[run]), out=answer[cells])
    return answer
