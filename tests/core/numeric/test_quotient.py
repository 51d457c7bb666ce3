"""Exact quotients of whole columns."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.money import half_up
from quotaloom.core.numeric.quotient import Quotients

WHOLE = st.integers(-(10**15), 10**15)
ROWS = st.lists(st.tuples(WHOLE, WHOLE, WHOLE), min_size=1, max_size=8)


def column(values, scale=1):
    return Quotients.of(pl.Series(list(values), dtype=pl.Int64), scale)


@given(ROWS)
def test_arithmetic_is_that_of_fractions(rows):
    a, b, c = (
        column(values, scale)
        for values, scale in zip(zip(*rows, strict=True), (100, 7, 1), strict=True)
    )
    found = a.plus(b, -1).over(c).plus(Quotients.number(Fraction(1, 3))).rounded(1)
    exact = [
        half_up((Fraction(x, 100) - Fraction(y, 7)) / z + Fraction(1, 3)) if z > 0 else None
        for x, y, z in rows
    ]
    assert found.to_list() == exact


def test_halves_go_away_from_zero():
    assert column([5, -5, 15, 4], 10).rounded(1).to_list() == [1, -1, 2, 0]


def test_attainment_is_credit_over_quota_whatever_is_counted():
    credit, quota = column([540, 12, 28, 180, 5]), column([500, 15, 30, 150, 0])
    found = credit.over(quota).rounded(10**4)
    assert found.to_list() == [10800, 8000, 9333, 12000, None]


def test_one_number_stands_for_all_rows():
    half = column([1, 2, 3]).over(Quotients.number(Fraction(2)))
    assert half.rounded(10).to_list() == [5, 10, 15]
    assert Quotients.number(Fraction(6)).over(column([1, 4])).rounded(10).to_list() == [60, 15]


@pytest.mark.parametrize("divisor", [0, -4, None])
def test_there_is_no_quotient_without_a_divisor_above_zero(divisor):
    assert column([7, None]).over(column([divisor, 2])).rounded(10).to_list() == [None, None]


def test_what_does_not_fit_is_refused_and_not_wrapped():
    large = column([2**62, 1])
    with pytest.raises(DataRefused) as caught:
        large.times(large).times(large)
    assert caught.value.findings[0].code == "measure.sum_large"
    with pytest.raises(DataRefused):
        large.rounded(100)


def test_a_number_over_no_rows_is_no_row_and_the_other_way_round():
    none, one = column([]), Quotients.number(Fraction(1, 3))
    assert one.over(none).rounded(1).to_list() == []
    assert none.over(one).rounded(1).to_list() == []
    assert column([6, 8]).over(Quotients.number(Fraction(2))).rounded(1).to_list() == [3, 4]
    assert Quotients.number(Fraction(6)).over(column([2, 3])).rounded(1).to_list() == [3, 2]
