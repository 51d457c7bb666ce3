"""Sums by group, exact at any size, and the ranges they must lie in."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric.margins import UNBOUNDED, Margin, group_sums, violations

AMOUNTS = st.integers(-(2**42), 2**42) | st.integers(-(2**55), 2**55) | st.integers(-3, 3)
CODES = np.array([0, 1, 1, -1, 2], np.int32)
MARGIN = Margin(
    CODES, np.array([5, -UNBOUNDED, 7]), np.array([5, 9, UNBOUNDED]), ("甲", "乙", "丙")
)


@given(st.lists(st.tuples(st.integers(-1, 4), AMOUNTS), max_size=40))
def test_sums_are_exact_and_cells_without_a_group_count_nowhere(rows) -> None:
    codes = np.array([code for code, _ in rows], np.int32)
    cells = np.array([amount for _, amount in rows], np.int64)
    expected = [sum(amount for code, amount in rows if code == group) for group in range(5)]
    assert group_sums(codes, cells, 5).tolist() == expected


def test_a_margin_knows_what_it_is() -> None:
    assert (MARGIN.size, MARGIN.is_exact, MARGIN.is_full) == (3, False, False)
    whole = Margin.exact(CODES[:3], np.array([5, 9]))
    assert (whole.is_exact, whole.is_full, whole.name(1)) == (True, True, "1")
    assert MARGIN.name(1) == "乙"


def test_what_is_spent_leaves_the_ends_but_opens_none() -> None:
    left = MARGIN.less(np.array([2, 4, 1]))
    assert left.low.tolist() == [3, -UNBOUNDED, 6]
    assert left.high.tolist() == [3, 5, UNBOUNDED]


def test_every_sum_outside_its_range_is_named_with_the_nearest_right_one() -> None:
    assert violations(np.array([5, 4, 5, 100, 7]), [MARGIN]) == []
    assert violations(np.array([6, 4, 6, 100, 6]), [MARGIN, MARGIN]) == [
        (0, 0, 6, 5),
        (0, 1, 10, 9),
        (0, 2, 6, 7),
        (1, 0, 6, 5),
        (1, 1, 10, 9),
        (1, 2, 6, 7),
    ]


def test_sums_beyond_doubles_are_compared_to_the_unit() -> None:
    cells = np.full(3, 2**53 + 1)
    total = np.array([3 * 2**53 + 3])
    codes = np.zeros(3, np.int32)
    assert violations(cells, [Margin.exact(codes, total)]) == []
    assert len(violations(cells, [Margin.exact(codes, total + 1)])) == 1
