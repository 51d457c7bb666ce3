"""Cells as a table: sorted, summed by row and column, and taken back as they came."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric import layout as module
from quotaloom.core.numeric.layout import dense, halves, lay_out, lay_out_lines, numbered


@st.composite
def axes(draw):
    """Codes of some cells along one to four axes; -1 may occur."""
    count = draw(st.integers(1, 60))
    code = st.integers(-1, draw(st.integers(0, 5)))
    cells = st.lists(code, min_size=count, max_size=count)
    return [np.array(draw(cells), np.int32) for _ in range(draw(st.integers(1, 4)))]


def keys(axes, side):
    return list(zip(*(axes[axis].tolist() for axis in side.axes), strict=True))


@given(codes=axes(), leading=st.booleans())
def test_rows_and_columns_are_the_combinations_of_their_axes(codes, *, leading: bool) -> None:
    table = lay_out(codes, leading=leading)
    assert sorted((*table.rows.axes, *table.columns.axes)) == list(range(len(codes)))
    assert 0 in table.rows.axes or (not leading and len(codes) > 1)
    assert leading or table.rows.size >= table.columns.size
    laid = [table.laid(code) for code in codes]
    for side in (table.rows, table.columns):
        found = keys(laid, side) if side.axes else [()] * len(codes[0])
        sample = keys(codes, side) if side.axes else [()]
        pairs = set(zip(side.codes.tolist(), found, strict=True))
        assert len(pairs) == side.size == len(set(found))
        assert [dict(pairs)[n] for n in range(side.size)] == sorted(set(found))
        assert not side.axes or [sample[n] for n in side.sample] == sorted(set(found))


@given(axes(), st.integers(0, 10**6))
def test_cells_are_sorted_summed_and_given_back(codes, draw: int) -> None:
    table = lay_out(codes)
    cells = np.random.default_rng(draw).integers(-9, 10**6, len(codes[0]))
    laid = table.laid(cells)
    np.testing.assert_array_equal(table.given(laid), cells)
    places = table.rows.codes.astype(int) * table.columns.size + table.columns.codes
    assert (np.diff(places) >= 0).all()
    for sums, side in (
        (table.row_sums(laid), table.rows),
        (table.column_sums(laid), table.columns),
    ):
        expected = [int(laid[side.codes == n].sum()) for n in range(side.size)]
        assert sums.tolist() == expected
    assert table.sizes.tolist() == np.bincount(table.rows.codes).tolist()


@given(axes(), st.randoms())
def test_the_order_of_the_cells_never_tells_where_ties_are_given(codes, random) -> None:
    order = list(range(len(codes[0])))
    random.shuffle(order)
    cells = np.arange(len(order)) % 5
    one = lay_out(codes, ties=[cells])
    other = lay_out([code[order] for code in codes], ties=[cells[order]])
    np.testing.assert_array_equal(one.laid(cells), other.laid(cells[order]))
    np.testing.assert_array_equal(one.rows.codes, other.rows.codes)
    np.testing.assert_array_equal(one.columns.codes, other.columns.codes)


@given(axes(), st.integers(0, 3))
def test_a_line_is_alike_in_every_other_axis(codes, axis: int) -> None:
    axis %= len(codes)
    table = lay_out_lines(codes, axis)
    assert table.columns.axes == (axis,)
    assert set(table.rows.axes) == set(range(len(codes))) - {axis}


@pytest.mark.parametrize(
    ("sizes", "count", "expected"),
    [
        ((5,), 5, ((0,), ())),
        ((5, 7), 35, ((0,), (1,))),
        ((50, 40, 42, 12), 10**6, ((0, 3), (1, 2))),
        ((2, 2, 900), 3600, ((0, 1), (2,))),
        ((9,) * 12, 10**6, ((0, 2, 4, 6, 8, 10), (1, 3, 5, 7, 9, 11))),
    ],
)
def test_both_sides_are_short(sizes, count, expected) -> None:
    assert halves(sizes, count) == expected


def test_numbers_follow_the_codes_and_leave_no_gap() -> None:
    numbers, size = numbered([np.array([7, 3, 7, -1]), np.array([0, 9, 0, 9])], 4)
    assert (numbers.tolist(), size) == ([2, 1, 2, 0], 3)
    assert numbered([], 3)[0].tolist() == [0, 0, 0]


def test_numbers_of_huge_codes_do_not_overflow() -> None:
    rng = np.random.default_rng(7)
    codes = [rng.integers(0, 2**31 - 2, 50).astype(np.int32) for _ in range(4)]
    numbers, size = numbered([*codes, *codes], 50)
    assert size == 50
    assert np.lexsort(codes[::-1]).tolist() == np.argsort(numbers).tolist()


def test_a_dense_table_is_what_laying_out_gives() -> None:
    rows, columns = (codes.ravel().astype(np.int32) for codes in np.indices((5, 3)))
    table, same = lay_out([rows, columns]), dense(5, 3)
    assert same.order is table.order is None
    for one, other in ((table.rows, same.rows), (table.columns, same.columns)):
        np.testing.assert_array_equal(one.codes, other.codes)
        np.testing.assert_array_equal(codes_of(one, rows, columns), codes_of(other, rows, columns))


def codes_of(side, rows, columns):
    return (rows, columns)[side.axes[0]][side.sample]


def test_windows_cover_all_rows_in_order(monkeypatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 7)
    table = dense(5, 3)
    windows = list(table.windows)
    assert [(w.rows.start, w.rows.stop) for w in windows] == [(0, 2), (2, 4), (4, 5)]
    assert [w.starts.tolist() for w in windows] == [[0, 3], [0, 3], [0]]
    wide = list(dense(2, 20).windows)
    assert [(w.cells.start, w.cells.stop) for w in wide] == [(0, 20), (20, 40)]


def test_many_numbers_are_sorted_by_two_digits() -> None:
    codes = np.random.default_rng(3).integers(0, 10**6, 5000).astype(np.int32)
    order = module.stable_order(codes, 10**6)
    np.testing.assert_array_equal(order, np.argsort(codes, kind="stable"))
