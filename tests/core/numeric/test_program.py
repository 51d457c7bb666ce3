"""Small programs in whole numbers, exact also where doubles are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from quotaloom.core.numeric.margins import UNBOUNDED
from quotaloom.core.numeric.program import (
    Program,
    has_real,
    has_whole,
    least_sum,
    nearest_whole,
    start,
    whole_cells,
)
from tests.support.counts import examples
from tests.support.oracle import ENDLESS, Row, exists, some_table

BIG = 10**13


def program(rows, low, high, least, most):
    matrix = csr_array(np.array(rows, np.int64))
    return Program(matrix, *(np.array(ends) for ends in (low, high, least, most)))


def halves(total):
    """A + b = b + c = a + c = total, which is odd in the middle."""
    rows = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
    return program(rows, [total] * 3, [total] * 3, [0] * 3, [UNBOUNDED] * 3)


@pytest.mark.parametrize("total", [1, 7, BIG + 1, 2**50 - 1])
def test_odd_sums_around_a_triangle_have_halves_but_no_whole_cells(total: int) -> None:
    assert has_real(halves(total))
    assert not has_whole(halves(total))
    assert nearest_whole(halves(total), np.full(3, total / 2)).cells is None
    assert whole_cells(halves(total + 1)).cells.tolist() == [(total + 1) // 2] * 3


@pytest.mark.parametrize("off", [0, 1, 1000])
def test_a_unit_too_much_in_ten_to_the_thirteen_is_seen(off: int) -> None:
    rows = [[1, 1, 1], [1, 0, 0], [0, 1, 0]]
    low = [BIG, BIG // 3, BIG - BIG // 3 + off]
    asked = program(rows, low, low, [0, 0, 0], [UNBOUNDED] * 3)
    assert has_real(asked) == has_whole(asked) == (off == 0)
    assert (start(asked) is None) or asked.miss(start(asked)) <= 1 << 16


@pytest.mark.parametrize("scale", [1, BIG])
def test_a_wish_beyond_what_its_own_cells_hold_is_hopeless(scale: int) -> None:
    def asks(low: int, high: int) -> Program:
        ends = ([0, low], [UNBOUNDED, high], [0, scale, scale], [UNBOUNDED, 3 * scale, 3 * scale])
        return program([[1, 1, 0], [0, 1, 1]], *ends)

    for low, high in ((2, 2), (6, 6)):
        met = asks(low * scale, high * scale)
        assert not met.is_hopeless
        assert has_whole(met)
    over, under = asks(6 * scale + 10**6, UNBOUNDED), asks(-UNBOUNDED, 2 * scale - 10**6)
    for missed in (over, under):
        assert missed.is_hopeless
        assert not has_real(missed)
        assert whole_cells(missed).cells is None


def test_rounded_cells_that_meet_all_are_the_nearest() -> None:
    asked = program([[1, 1, 1]], [10], [10], [0, 0, 0], [9, 9, 3])
    assert nearest_whole(asked, np.array([5.4, 2.3, 2.4])).cells.sum() == 10
    assert nearest_whole(asked, np.array([5.4, 1.7, 2.9])).cells.tolist() == [5, 2, 3]
    beyond = nearest_whole(asked, np.array([4.1, 2.0, 3.9])).cells
    assert beyond[2] <= 3
    assert beyond.sum() == 10


def test_the_nearest_whole_cells_meet_all_to_the_unit() -> None:
    rows = [[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 1, 0]]
    sums = [BIG, BIG // 3, BIG // 7]
    asked = program(rows, sums, sums, [0] * 4, [UNBOUNDED] * 4)
    share = sums[1] * sums[2] / BIG
    real = np.array([share, sums[1] - share, sums[2] - share, BIG - sums[1] - sums[2] + share])
    found = nearest_whole(asked, real).cells
    assert asked.miss(found) == 0
    assert np.abs(found - real).max() < 2


def test_an_open_end_stays_open() -> None:
    asked = program([[1, 1]], [5], [UNBOUNDED], [0, 0], [2, UNBOUNDED])
    assert asked.miss(whole_cells(asked).cells) == 0
    assert asked.since(np.array([2, 1])).high.tolist() == [UNBOUNDED]
    assert not has_whole(program([[1, 1]], [5], [UNBOUNDED], [0, 0], [2, 2]))


def test_crossed_bounds_and_missing_rows() -> None:
    assert start(program([[1]], [0], [9], [3], [2])) is None
    none = Program(csr_array((0, 2), dtype=np.int64), *(np.zeros(n, int) for n in (0, 0, 2, 2)))
    assert whole_cells(none).cells.tolist() == [0, 0]


@st.composite
def programs(draw):
    """Random wishes over a few cells, the numbers small enough for the slow program."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, cells = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    matrix = rng.integers(0, 2, (rows, cells))
    least = rng.integers(0, 2, cells)
    most = np.where(rng.random(cells) < 0.5, UNBOUNDED, least + rng.integers(0, 4, cells))
    hidden = np.minimum(rng.integers(0, 6, cells), most)
    low = matrix @ hidden + rng.choice([0, 0, 0, -1, 1], rows)
    high = low + rng.choice([0, 0, 2], rows)
    high = np.where(rng.random(rows) < 0.2, UNBOUNDED, high)
    return program(matrix, low, high, least, most), hidden


def slowly(asked):
    """Rows and bounds for the slow program."""
    matrix = asked.rows.toarray()
    ends = zip(matrix, asked.low, asked.high, strict=True)
    rows = [Row(tuple(np.flatnonzero(r)), int(a), min(int(b), ENDLESS)) for r, a, b in ends]
    return rows, asked.least, asked.most


@pytest.mark.heavy
@settings(max_examples=examples(2000))
@given(programs(), st.booleans())
def test_solutions_exist_exactly_where_a_slow_program_finds_one(drawn, counted) -> None:
    asked, hidden = drawn
    rows, least, most = slowly(asked)
    possible = exists(rows, least, most)
    assert has_whole(asked) == possible
    assert has_real(asked) == exists(rows, least, most, whole=False)
    some = np.arange(len(least)) % 2 == int(counted)
    floor = least_sum(asked, some)
    if not possible:
        return
    assert asked.miss(whole_cells(asked).cells) == 0
    fewest = some_table(rows, least, most, whole=False, cost=some.astype(float))
    assert floor == int(np.ceil(np.array(fewest)[some].sum() - 1e-6))
    near = nearest_whole(asked, hidden + 0.3).cells
    assert asked.miss(near) == 0
    assert (near >= least).all()
    assert (near <= most).all()


def test_the_least_sum_is_exact_at_ten_to_the_thirteen() -> None:
    rows = [[1, 1], [1, 0]]
    asked = program(rows, [BIG, 0], [BIG, BIG - 123], [0, 0], [UNBOUNDED] * 2)
    assert least_sum(asked, np.array([False, True])) == 123
    assert least_sum(program([[1, 0]], [9], [9], [0, 0], [8, 8]), np.array([True, True])) is None


def test_the_least_sum_of_many_wide_cells_is_found_at_ten_to_the_thirteen() -> None:
    """At this size the search in small steps must not look at all the room that the cells have."""
    rows = [
        [1, 1, 1, 1, 1, 1, 1, 1],
        [0, 1, 0, 1, 0, 1, 0, 1],
        [1, 1, 0, 0, 1, 1, 0, 0],
        [0, 0, 1, 1, 0, 0, 1, 1],
        [0, 0, 0, 0, 1, 1, 1, 1],
    ]
    low = [53 * 10**12, 12_500 * 10**9, 24_600 * 10**9, 28_400 * 10**9, 25_700 * 10**9]
    high = [low[0], UNBOUNDED, *low[2:]]
    room = [part * 10**11 for part in (139, 42, 164, 56, 143, 50, 151, 41)]
    asked = program(rows, low, high, [0] * 8, room)
    assert least_sum(asked, np.ones(8, bool)) == low[0]
