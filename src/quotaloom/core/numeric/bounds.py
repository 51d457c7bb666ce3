"""Split totals by weight between the lower and the upper bound of each cell, in whole units.

The real solution is unique: every cell gets clip(t * weight, low, high) with one factor t a
group. It is found as CSS flexbox does: share out by weight, total up what passes the lower and
what passes the upper bounds, fix the cells of the graver side at their bound, share out the rest
again. Bounds are whole, so the largest remainders of what is left stay within them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.apportion import NO_RANK, grouped, places_of, raised
from quotaloom.core.numeric.bounds_check import Bounds, held_only, limits, refusals
from quotaloom.core.numeric.bounds_rough import Rounds, begin
from quotaloom.core.numeric.exact import shares
from quotaloom.core.numeric.groups import Groups, whole
from quotaloom.core.numeric.refusal import refuse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.numeric.apportion import OnZero
    from quotaloom.core.numeric.bounds_check import Limits
    from quotaloom.core.numeric.fast import Task
    from quotaloom.core.numeric.groups import Ints, Mask

__all__ = ["Bounds", "spread_bounded"]


def spread_bounded(
    totals: ArrayLike,
    weights: ArrayLike,
    starts: ArrayLike,
    bounds: Bounds,
    *,
    rank: ArrayLike | None = None,
    on_zero: OnZero = "refuse",
) -> Ints:
    """Each group's total over its cells by weight, within the bounds, in whole units.

    Totals and bounds stay below 2**50, a group's weights sum to less than 2**61. Held cells count
    inside the total and leave the weights. A cell of weight 0 gets 0, or the bound next to it;
    where no cell has weight, ``on_zero`` decides. Ties and the sign go as in ``apportion``. Raises
    DataRefused: ``spread.out_of_bounds`` names each group whose cells cannot reach its total.
    """
    amounts, drivers = whole(totals), whole(weights)
    groups = grouped(amounts, drivers, starts)
    task = (amounts, drivers, groups.starts, NO_RANK if rank is None else whole(rank))
    answer = np.empty(groups.cells, np.int64)
    equal = on_zero == "equal"
    if _spread_compiled(task, bounds, answer, equal=equal):
        return answer
    for run, cells, block in groups.blocks():
        own = bounds.cut(cells)
        solved = _solved(amounts[run], drivers[cells], block, own, equal=equal)
        if solved is None:
            refuse(refusals(amounts, drivers, groups, bounds, equal=equal))
            raise AssertionError("a block without a solution has a reason")
        rest = amounts[run] - block.sums(solved.fixed)
        keys = (solved.rest, solved.free, *places_of(task[3], cells))
        answer[cells] = solved.fixed + raised(solved.part, rest, block, *keys)
    return answer


def _spread_compiled(task: Task, bounds: Bounds, answer: Ints, *, equal: bool) -> bool:
    """Whether the compiled kernels are there and had nothing to leave."""
    kernels = fast.kernels_for(len(answer))
    if kernels is None:
        return False
    none = np.empty(0, np.int64)
    low, high = (none if edge is None else edge for edge in (bounds.low, bounds.high))
    hold = (np.empty(0, np.uint8), none)
    if bounds.held is not None and bounds.kept is not None:
        hold = (bounds.held.view(np.uint8), bounds.kept)
    if low.size or high.size:
        return kernels.split_bounded(task, (low, high), hold, equal, answer) < 0
    if hold[0].size:
        return kernels.split_held(task, hold, equal, answer) < 0
    return kernels.split(task, equal, answer) < 0


@dataclass(frozen=True, slots=True)
class _Solved:
    """Cells at a bound (0 elsewhere), weights of the others (0 elsewhere), and their shares."""

    fixed: Ints
    free: Ints
    part: Ints
    rest: Ints


def _solved(
    totals: Ints, weights: Ints, groups: Groups, bounds: Bounds, *, equal: bool
) -> _Solved | None:
    """One block; None where it is refused."""
    if weights.min(initial=0) < 0:
        return None
    if bounds.low is None and bounds.high is None:
        plain = held_only(totals, weights, groups, bounds)
        if plain is not None:
            left = np.abs(totals - groups.sums(plain[0]))
            return _Solved(*plain, *shares(left, plain[1], groups.sums(plain[1]), groups))
    asked = limits(totals, weights, groups, bounds, equal=equal)
    return _settled(totals, asked, groups) if asked.fit(totals) else None


def _settled(totals: Ints, asked: Limits, groups: Groups) -> _Solved:
    """Rough rounds first; then exact ones, over the groups in which the last one fixed a cell."""
    free, fixed = asked.weights.copy(), np.zeros_like(asked.weights)
    fixed[asked.idle] = asked.low[asked.idle]
    state = Rounds(fixed, free, totals - groups.sums(fixed), groups.sums(free))
    begin(state, asked, groups)
    rest = state.rest
    part, more = shares(np.abs(rest), free, state.over, groups)
    taken = _unsettled((part, more), asked, state, groups)
    cells = np.flatnonzero(groups.each(taken))
    while cells.size:
        rest, groups = rest[taken], Groups.sized(groups.sizes[taken])
        own, over = free[cells], groups.sums(free[cells])
        share = shares(np.abs(rest), own, over, groups)
        part[cells], more[cells] = share
        sign = groups.each(np.where(rest < 0, -1, 1)) if (rest < 0).any() else None
        edges = _mirrored(asked.low[cells], asked.high[cells], sign)
        newly, bound = _breached(share, edges, own > 0, over, groups)
        taken = groups.sums(newly) > 0
        passed, amounts = cells[newly], bound if sign is None else bound * sign
        fixed[passed], free[passed] = amounts[newly], 0
        rest = rest - groups.sums(amounts * newly)
        cells = cells[groups.each(taken)]
    return _Solved(fixed, free, part, more)


def _unsettled(share: tuple[Ints, Ints], asked: Limits, state: Rounds, groups: Groups) -> Mask:
    """The groups in which a live cell passes a bound."""
    part, more = share
    sign = groups.each(np.where(state.rest < 0, -1, 1)) if (state.rest < 0).any() else None
    low, high = _mirrored(asked.low, asked.high, sign)
    beyond = part >= high
    beyond &= (more > 0) | (part > high)
    beyond |= part < low
    beyond &= state.free > 0
    return groups.sums(beyond) > 0 if beyond.any() else np.zeros(len(groups), np.bool_)


def _mirrored(low: Ints, high: Ints, sign: Ints | None) -> tuple[Ints, Ints]:
    """The bounds seen from where each group's amount is >= 0."""
    if sign is None:
        return low, high
    return np.where(sign < 0, -high, low), np.where(sign < 0, -low, high)


def _breached(
    share: tuple[Ints, Ints], edges: tuple[Ints, Ints], live: Mask, over: Ints, groups: Groups
) -> tuple[Mask, Ints]:
    """Which live cells pass a bound on the graver side of their group, and that bound."""
    (part, more), (low, high) = share, edges
    under = (part < low) & live
    above = (part + (more > 0) > high) & live
    breached = under | above
    if not breached.any():
        return breached, low
    bound = np.where(under, low, high)
    some = Groups.sized(groups.sums(breached))
    graver = _sign(some.sums((bound - part)[breached]), more[breached], over, some)
    newly = (under & groups.each(graver >= 0)) | (above & groups.each(graver <= 0))
    return newly, bound


def _sign(gap: Ints, more: Ints, over: Ints, groups: Groups) -> Ints:
    """The sign of gap - sum(more) / over for each group, exactly, though the sum may wrap.

    Its quotient, summed in floating point, is at most one off; the remainder tells.
    """
    parts = more / np.maximum(groups.each(over), 1)
    quotient = np.zeros(len(groups), np.int64)
    full = groups.sizes > 0
    quotient[full] = np.add.reduceat(parts, groups.starts[:-1][full]).astype(np.int64)
    remainder = groups.sums(more) - quotient * over
    quotient += (remainder >= over).astype(np.int64) - (remainder < 0)
    remainder = groups.sums(more) - quotient * over
    return np.where(gap == quotient, -np.sign(remainder), np.sign(gap - quotient))
