"""Real cells rounded so that the sums along every axis are right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.numeric.apportion import apportion
from quotaloom.core.numeric.margins import UNBOUNDED
from quotaloom.core.numeric.rounding import Axis, Near, rounded, swept
from tests.core.numeric.raking import grid
from tests.support.counts import examples


def axis(codes, *targets):
    return Axis(np.array(codes, np.int32), np.array(targets))


def test_one_axis_is_rounded_by_largest_remainder() -> None:
    cells, missed = rounded(
        Near(np.array([2.6, 2.6, 4.8, 1.5, 3.5])), [axis([0, 0, 0, 1, 1], 10, 5)]
    )
    assert (cells.tolist(), missed) == ([3, 2, 5, 1, 4], 0)


@given(st.integers(0, 2**32), st.integers(0, 10**6))
def test_one_axis_agrees_with_apportionment(draw: int, total: int) -> None:
    rng = np.random.default_rng(draw)
    weights = rng.integers(1, 10**4, rng.integers(1, 40))
    real = total * (weights / weights.sum())
    cells, missed = rounded(Near(real), [axis(np.zeros(len(weights)), total)])
    assert missed == 0
    expected = apportion([total], weights, [0, len(weights)])
    differ = cells != expected  # only where rests are alike on the grid
    assert np.abs(real % 1 - np.median(real[differ] % 1) if differ.any() else 0).min() < 1e-5
    assert (np.abs(cells - real) < 1).all()


@pytest.mark.heavy
@settings(max_examples=examples(2000))
@given(st.integers(0, 2**32), st.integers(1, 5), st.sampled_from([0.3, 5.0, 10.0**9]))
def test_a_dense_table_has_right_sums_and_cells_next_to_their_real_value(
    draw: int, count: int, scale: float
) -> None:
    rng = np.random.default_rng(draw)
    sizes = tuple(rng.integers(1, 6 if count < 4 else 4, count))
    codes = grid(sizes)
    parts = [rng.dirichlet(np.full(size, 2.0)) for size in sizes]
    total = int(scale * len(codes[0])) + 1
    real = total * np.prod([part[c] for part, c in zip(parts, codes, strict=True)], axis=0)
    targets = [apportion([total], (p * 2**40).astype(np.int64), [0, len(p)]) for p in parts]
    axes = [axis(c, *t) for c, t in zip(codes, targets, strict=True)]
    cells, missed = rounded(Near(real), axes)
    assert missed == 0
    assert (cells >= 0).all()
    for one in axes:
        np.testing.assert_array_equal(np.bincount(one.codes, cells, len(one.targets)), one.targets)
    assert np.abs(cells - real).max() < 2


def test_the_first_axis_is_right_where_the_others_cannot_be() -> None:
    near = Near(np.array([0.5, 0.5]), None, np.array([1, 1]))
    cells, missed = rounded(near, [axis([0, 1], 1, 0), axis([0, 1], 0, 1)])
    assert (cells.tolist(), missed) == ([1, 0], 1)


def test_a_row_is_forced_beyond_floors_where_its_sum_asks_for_it() -> None:
    near = Near(np.array([0.2, 0.2, 5.0]), None, np.array([3, 9, 9]))
    cells, missed = rounded(near, [axis([0, 0, 1], 7, 5)])
    assert (cells.tolist(), missed) == ([3, 4, 5], 0)
    cells, missed = rounded(near, [axis([0, 0, 1], 0, 2)])
    assert (cells.tolist(), missed) == ([0, 0, 2], 0)
    cells, missed = rounded(near, [axis([0, 0, 1], 13, 5)])
    assert (cells.tolist(), missed) == ([3, 9, 5], 1)


def test_a_group_without_cells_is_counted() -> None:
    assert rounded(Near(np.array([1.0])), [axis([0], 1, 4)])[1] == 4


def test_bounds_are_summed_along_the_sides_and_open_ones_stay_open() -> None:
    codes = grid((2, 2, 2, 2))
    high = np.where(np.arange(16) < 8, 1, UNBOUNDED)
    axes = [axis(c, 8, 8) for c in codes]
    cells, missed = rounded(Near(np.ones(16), np.zeros(16, int), high), axes)
    assert (cells.tolist(), missed) == ([1] * 16, 0)
    axes[0] = axis(codes[0], 5, 11)
    cells, missed = rounded(Near(np.ones(16), np.zeros(16, int), high), axes)
    assert missed == 0
    assert cells[:8].max() <= 1


def test_sweeping_mends_an_axis_along_its_lines_and_leaves_the_kept_ones() -> None:
    codes = grid((2, 2, 2))
    axes = [axis(c, 4, 4) for c in codes]
    near = Near(np.ones(8))
    start = np.array([2, 1, 1, 1, 0, 1, 1, 1])
    cells, wrong = swept(near, start, axes)
    assert (cells.tolist(), wrong) == ([1] * 8, 0)
    cells, wrong = swept(near, start, axes, kept=1)
    assert cells.tolist() == start.tolist()
    assert wrong == 0  # the other axes were right; the kept one is not looked at
