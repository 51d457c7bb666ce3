"""Rounds in floating point fix what exact rounds fix, and leave alone what they cannot tell."""

from __future__ import annotations

import numpy as np
import pytest

from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from quotaloom.core.numeric.bounds_check import limits
from quotaloom.core.numeric.bounds_rough import Rounds, begin
from quotaloom.core.numeric.groups import Groups
from tests.support.split_oracles import bounded

CELLS = 12


def plan(draw: int, largest: int):
    """A plan that has a solution: some bounds at the share itself, some missing, some equal."""
    rng = np.random.default_rng(draw)
    weights = rng.integers(0, 10**10, CELLS)
    fair = weights * (int(rng.integers(1, largest)) / weights.sum())
    middle = fair * rng.uniform(0.7, 1.4, CELLS)
    low, high = (middle * 0.8).astype(np.int64), (middle * 1.2).astype(np.int64) + 1
    low[0] = high[1] = int(fair[0])
    low[2], high[3] = -(2**50), 2**50
    high = np.maximum(low, high)
    high[4] = low[4] if draw % 3 == 0 else high[4]
    total = int(np.where(high < 2**50, rng.integers(low, high + 1, CELLS), low).clip(0).sum())
    return total, weights, low, high


def state_of(total, weights, low, high):
    groups = Groups.sized(np.array([CELLS]))
    asked = limits(np.array([total]), weights, groups, Bounds.of(low=low, high=high), equal=False)
    fixed = np.where(asked.weights == 0, asked.low, 0)
    rest = np.array([total]) - groups.sums(fixed)
    return Rounds(fixed, asked.weights.copy(), rest, groups.sums(asked.weights)), asked, groups


@pytest.mark.parametrize("largest", [50, 10**5, 10**9, 10**12, 2**48])
@pytest.mark.parametrize("sign", [1, -1])
def test_cells_of_any_size_are_what_the_rule_says(largest: int, sign: int) -> None:
    solved = 0
    for draw in range(60):
        total, weights, low, high = plan(draw, largest)
        if sign < 0:
            total, low, high = -total, -high, -low
        wanted = bounded(total, weights.tolist(), low.tolist(), high.tolist())
        if wanted is not None:
            cells = spread_bounded([total], weights, [0, CELLS], Bounds.of(low=low, high=high))
            assert cells.tolist() == wanted
            solved += 1
    assert solved > 20


@pytest.mark.parametrize("draw", range(30))
def test_what_is_fixed_ends_where_it_was_fixed(draw: int) -> None:
    state, asked, groups = state_of(*plan(draw, 10**12))
    begin(state, asked, groups)
    settled = (state.free == 0) & (asked.weights > 0)
    total, weights, low, high = plan(draw, 10**12)
    wanted = bounded(total, weights.tolist(), low.tolist(), high.tolist())
    if wanted is not None:
        assert state.fixed[settled].tolist() == np.array(wanted)[settled].tolist()
        assert state.rest.sum() == total - state.fixed.sum()
        assert state.over.sum() == state.free.sum()


def test_large_breaches_are_fixed_and_small_ones_left_to_whole_numbers() -> None:
    weights, low = np.full(CELLS, 10), np.zeros(CELLS, np.int64)
    for cap, fixed in ((5 * 10**8, 1), (10**9 - 1, 0), (10**9, 0), (10**9 + 1, 0)):
        high = np.array([cap] + [10**10] * (CELLS - 1))
        state, asked, groups = state_of(CELLS * 10**9, weights, low, high)
        begin(state, asked, groups)
        assert (state.free == 0).sum() == fixed
