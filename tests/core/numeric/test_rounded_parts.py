"""Parts that are rounded together add up, and no part is moved by a whole step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric.rounded_parts import rounded_parts

PARTS = st.lists(st.lists(st.integers(-(10**12), 10**12), max_size=6), min_size=1, max_size=5)


@given(PARTS, st.sampled_from([1, 7, 100, 10_000]))
def test_groups_sum_to_their_totals_and_parts_stay_within_a_step(groups, step):
    totals = [_nearest(sum(group), step) for group in groups]
    starts = np.cumsum([0, *map(len, groups)])
    flat = [part for group in groups for part in group]
    found = rounded_parts(np.array(flat, np.int64), step, totals, starts)
    assert all(
        abs(one * step - part) < step for one, part in zip(found.tolist(), flat, strict=True)
    )
    for total, first, past in zip(totals, starts, starts[1:], strict=False):
        assert found[first:past].sum() == total


def _nearest(value, step):
    return (2 * value + step) // (2 * step)


def test_the_largest_remainder_goes_up_and_the_earlier_of_two_alike():
    assert rounded_parts([150, 150, 120], 100, [4], [0, 3]).tolist() == [2, 1, 1]
    assert rounded_parts([-150, 150], 100, [0], [0, 2]).tolist() == [-1, 1]


def test_a_total_that_is_no_neighbour_is_the_caller_s_fault():
    with pytest.raises(ValueError, match="not next"):
        rounded_parts([150, 150], 100, [5], [0, 2])
