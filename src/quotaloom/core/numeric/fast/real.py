"""Shares that are not rounded, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.numeric.fast.jit import jit

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Ints, Reals


@jit
def real_shares(totals: Reals, weights: Reals, starts: Ints, out: Reals) -> None:
    """totals[g] * weight / (sum of the group's weights); 0 where they sum to 0."""
    for group in range(totals.size):
        own = weights[starts[group] : starts[group + 1]]
        part = out[starts[group] : starts[group + 1]]
        over = own.sum()
        factor = totals[group] / over if over else 0.0
        for i in range(own.size):
            part[i] = own[i] * factor
