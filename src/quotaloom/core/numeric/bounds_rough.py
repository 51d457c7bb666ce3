"""The rounds of bounded spreading in floating point, as far as it tells for certain.

A share computed in doubles is off by less than one unit while amounts are below 2**50. Where no
cell of a group lies that near to a bound, and one side is graver by more than all errors together,
the exact round would fix the very same cells. Groups that leave a doubt are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.exact import QUICK_TOTAL
from quotaloom.core.numeric.groups import Groups

if TYPE_CHECKING:
    from quotaloom.core.numeric.bounds_check import Limits
    from quotaloom.core.numeric.groups import Ints, Mask, Reals

DOUBT = 2.0  # how far beyond the narrowed bounds a share is certain to pass the true ones
FEW = 4  # below one group in so many that still move, the others are put aside


@dataclass(slots=True)
class Rounds:
    """What is fixed so far (0 elsewhere), the free weights, and per group what they share."""

    fixed: Ints
    free: Ints
    rest: Ints
    over: Ints


@dataclass(frozen=True, slots=True)
class _Desk:
    """The cells still looked at: their weights, and their bounds narrowed by one unit each.

    A fixed cell has endless bounds; NaN stands where the bounds leave no room to be narrowed.
    """

    weights: Reals
    low: Reals
    high: Reals

    @classmethod
    def of(cls, asked: Limits) -> _Desk:
        low, high = asked.low.astype(np.float64), asked.high.astype(np.float64)
        low += 1.0
        high -= 1.0
        low[asked.idle], high[asked.idle] = -np.inf, np.inf
        tight = low > high
        if tight.any():
            low[tight] = np.nan
        return cls(asked.weights.astype(np.float64), low, high)

    def on(self, cells: Ints) -> _Desk:
        return _Desk(self.weights[cells], self.low[cells], self.high[cells])

    def fix(self, cells: Ints) -> None:
        self.weights[cells], self.low[cells], self.high[cells] = 0.0, -np.inf, np.inf


def begin(state: Rounds, asked: Limits, groups: Groups) -> None:
    """Go through the first rounds in place; nothing is done where a group is empty."""
    if not groups.sizes.all():
        return
    desk, run = _Desk.of(asked), np.arange(len(groups))
    index: Ints | None = None
    while True:
        passed, above = _passed(desk, state.rest[run], state.over[run], groups)
        if not passed.size:
            return
        cells = passed if index is None else index[passed]
        amounts = np.where(above, asked.high[cells], asked.low[cells])
        ends = np.searchsorted(passed, groups.starts)
        state.rest[run] -= _runs(amounts, ends)
        state.over[run] -= _runs(state.free[cells], ends)
        state.fixed[cells], state.free[cells] = amounts, 0
        desk.fix(passed)
        moved = ends[1:] > ends[:-1]
        if FEW * int(moved.sum()) < len(run):
            kept = np.flatnonzero(groups.each(moved))
            index = kept if index is None else index[kept]
            desk, run, groups = desk.on(kept), run[moved], Groups.sized(groups.sizes[moved])


def _passed(desk: _Desk, rest: Ints, over: Ints, groups: Groups) -> tuple[Ints, Mask]:
    """The cells that this round fixes for certain, and whether each passes its upper bound."""
    share = groups.each(rest / np.maximum(over, 1))
    share *= desk.weights
    within = np.maximum(share, desk.low)
    np.minimum(within, desk.high, out=within)
    excess = np.subtract(share, within, out=share)
    tilt = np.add.reduceat(excess, groups.starts[:-1])
    above, under = excess > DOUBT, excess < -DOUBT
    doubtful = excess != 0  # so is NaN
    doubtful ^= above
    doubtful ^= under
    sure = np.abs(tilt) > groups.sizes * (groups.sizes + 8.0)  # every error of the sum
    sure &= (rest < QUICK_TOTAL) & (rest > -QUICK_TOTAL)
    if doubtful.any():
        sure &= groups.sums(doubtful) == 0
    above &= groups.each(sure & (tilt > 0))
    under &= groups.each(sure & (tilt < 0))
    under |= above
    passed = np.flatnonzero(under)
    return passed, above[passed]


def _runs(values: Ints, ends: Ints) -> Ints:
    """The sums of the runs [ends[g], ends[g + 1]); that they wrap cancels."""
    before = np.concatenate(([0], np.cumsum(values)))[ends]
    return np.diff(before)
