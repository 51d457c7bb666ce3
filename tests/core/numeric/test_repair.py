"""Units moved inside rows until the columns are right: whatever the reach allows is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.numeric import repair as module
from quotaloom.core.numeric.grid import Real
from quotaloom.core.numeric.layout import dense, lay_out
from quotaloom.core.numeric.repair import Table, repair
from tests.support.counts import examples
from tests.support.oracle import Row, exists


def table(real, cells, targets, low=None, high=None):
    """A dense table from rows of numbers."""
    real, cells = np.array(real, float), np.array(cells)
    bounds = [None if b is None else np.array(b).ravel() for b in (low, high)]
    grid = Real.of(real.ravel())
    return Table(dense(*real.shape), grid, cells.ravel() - grid.whole, *bounds, np.array(targets))


def whole(made, columns):
    return made.cells.reshape(-1, columns).tolist()


def test_a_row_that_joins_both_columns_is_mended_at_once() -> None:
    made = table([[0.4, 0.6], [2.5, 1.5]], [[0, 1], [2, 2]], [3, 2])
    assert repair(made) == 0
    assert whole(made, 2) == [[0, 1], [3, 1]]  # both rows could; the one nearer to its half does


def test_a_chain_goes_through_a_column_that_is_right() -> None:
    made = table([[0.5, 0.5, 0], [0, 0.5, 0.5]], [[1, 0, 0], [0, 1, 0]], [0, 1, 1])
    assert repair(made) == 0
    assert whole(made, 3) == [[0, 1, 0], [0, 0, 1]]


def test_units_first_stay_within_one_of_the_real_value_then_within_two() -> None:
    made = table([[1.0, 1.0], [0.5, 0.5]], [[1, 1], [1, 0]], [1, 2])
    assert repair(made) == 0
    assert whole(made, 2) == [[1, 1], [0, 1]]
    made = table([[1.0, 1.0], [0.5, 0.5]], [[1, 1], [1, 0]], [0, 3])
    assert repair(made) == 0
    assert whole(made, 2) == [[0, 2], [0, 1]]


def test_what_bounds_forbid_is_left_and_counted() -> None:
    made = table([[0.5, 0.5]], [[1, 0]], [0, 1], high=[[1, 0]])
    assert repair(made) == 1
    assert whole(made, 2) == [[1, 0]]
    made = table([[0.5, 0.5]], [[1, 0]], [0, 1], low=[[1, 0]])
    assert repair(made) == 1


def test_targets_far_off_end_soon_and_are_counted() -> None:
    made = table([[5.0, 5.0]], [[5, 5]], [10**9, -(10**9)])
    assert repair(made) >= 10**9 - 10


def test_a_cell_far_from_its_real_value_is_held_in_wide_numbers() -> None:
    made = table([[5.0, 5.0]], [[5, 5]], [5, 5])
    made.put(slice(0, 1), np.array([2**40]))
    assert made.cells.tolist() == [2**40, 5]


@st.composite
def tables(draw):
    """A sparse table whose rows are right, its column sums, and bounds."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    places = np.flatnonzero(rng.random(rows * columns) < draw(st.sampled_from([0.4, 0.7, 1])))
    places = places if len(places) else np.array([0])
    codes = [(places // columns).astype(np.int32), (places % columns).astype(np.int32)]
    made = lay_out(codes)
    real = rng.random(len(places)) * draw(st.sampled_from([1, 3]))
    cells = rng.integers(0, 3, len(places))
    goal = rng.integers(0, 3, len(places))
    low = np.minimum(np.minimum(cells, goal), rng.integers(0, 2, len(places)))
    high = np.maximum(cells, goal) + rng.integers(0, 2, len(places))
    low, high = (low, high) if draw(st.booleans()) else (np.zeros_like(low), high + 99)
    grid = Real.of(made.laid(real))
    offset = made.laid(cells) - grid.whole
    targets = made.column_sums(goal if draw(st.booleans()) else made.laid(goal))
    return Table(made, grid, offset, made.laid(low), made.laid(high), targets)


@pytest.mark.heavy
@settings(max_examples=examples(3000))
@given(tables())
def test_columns_are_mended_exactly_where_a_slow_program_can(made: Table) -> None:
    view, before = made.layout, made.cells
    row_sums = view.row_sums(before)
    wishes = [
        Row(tuple(np.flatnonzero(side.codes == group).tolist()), sums[group], sums[group])
        for side, sums in ((view.rows, row_sums), (view.columns, made.targets))
        for group in range(side.size)
    ]
    left = repair(made)
    np.testing.assert_array_equal(view.row_sums(made.cells), row_sums)
    assert (made.cells >= made.low).all()
    assert (made.cells <= made.high).all()
    assert left == int(np.abs(made.excess()).sum() + 1) // 2
    assert (left == 0) == exists(wishes, made.low, made.high)


def test_many_parts_give_right_columns_too(monkeypatch) -> None:
    monkeypatch.setattr(module, "NARROW", 25)
    monkeypatch.setattr(module, "WIDE", 50)
    monkeypatch.setattr(module, "FIRST", 1)
    rng = np.random.default_rng(5)
    real = rng.random((40, 9)) * 4
    cells = np.floor(real).astype(int)
    goal = cells + rng.integers(0, 2, real.shape)
    cells[:, 0] += goal.sum(axis=1) - cells.sum(axis=1)
    made = table(real, cells, goal.sum(axis=0))
    assert repair(made) == 0
