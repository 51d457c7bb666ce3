"""Whole 分 as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.report.numbers import (
    CENTS,
    THOUSAND,
    WAN,
    YUAN,
    display,
    growth,
    growth_mille,
    scaled,
    scaled_text,
    shares,
    shares_within,
    yuan,
    yuan_text,
)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (50_000_000_000, "50,000.0"),
        (10_940_264_429, "10,940.3"),
        (499_999, "0.5"),
        (49_999, "0.0"),
        (-49_999, "0.0"),
        (-50_000, "-0.1"),
        (-123_456_700_000, "-123,456.7"),
    ],
)
def test_wan_has_one_decimal_rounded_half_up(fen, text):
    assert WAN.text(fen) == text


def test_the_unit_follows_the_size_and_the_language():
    assert display(10**9, 100, "zh") == WAN
    assert display(-(10**9), 100, "en") == THOUSAND
    assert display(10**9 - 1, 100, "zh") == YUAN["zh"]
    assert display(10**9 - 100, 1, "en") == CENTS["en"]


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (10_940_264_429, 2, "109402644.29"),
        (50_000_000_000, 2, "500000000"),
        (-5, 2, "-0.05"),
        (12_5000, 4, "12.50"),
        (12_3456, 4, "12.3456"),
        (-1, 4, "-0.0001"),
        (7, 0, "7"),
        (15, 1, "1.50"),
    ],
)
def test_amounts_are_exact_text(value, scale, text):
    assert scaled_text(value, scale) == text


@given(st.integers(-(10**15), 10**15))
def test_a_cell_holds_what_the_text_says(fen):
    assert Fraction(repr(yuan(fen))) * 100 == fen
    assert Fraction(yuan_text(fen)) * 100 == fen


def test_other_scales_fit_into_a_cell():
    assert scaled(125_000, 4) == 12.5
    assert scaled(7, 0) == 7
    assert isinstance(scaled(70_000, 4), int)


@pytest.mark.parametrize(
    ("quota", "last_year", "rate"),
    [
        (120, 100, Fraction(1, 5)),
        (80, 100, Fraction(-1, 5)),
        (80, 0, None),
        (80, -5, None),
        (80, None, None),
    ],
)
def test_growth_needs_a_positive_last_year(quota, last_year, rate):
    assert growth(quota, last_year) == rate


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=30).filter(any))
def test_shares_add_up_to_the_whole(parts):
    found = shares(parts)
    assert sum(found) == 1000
    assert all(
        abs(Fraction(share, 1000) - Fraction(part, sum(parts))) < Fraction(1, 1000)
        for share, part in zip(found, parts, strict=True)
    )


@pytest.mark.parametrize("parts", [[], [0, 0], [5, -1]])
def test_what_has_no_shares_gets_none(parts):
    assert shares(parts) == [None] * len(parts)


def test_thirds_are_rounded_so_that_they_add_up():
    assert shares([1, 1, 1]) == [334, 333, 333]


@given(st.integers(0, 10**15), st.one_of(st.none(), st.integers(-5, 10**15)))
def test_growth_in_thousandths_is_the_growth_rounded(quota, last_year):
    rate, mille = growth(quota, last_year), growth_mille(quota, last_year)
    assert (rate is None) == (mille is None)
    if rate is not None:
        assert abs(rate * 1000 - mille) <= Fraction(1, 2)
        assert growth_mille(2 * last_year - quota, last_year) == -mille


@given(st.lists(st.lists(st.integers(-2, 40), max_size=5), max_size=6))
def test_shares_of_many_groups_are_those_of_each(groups):
    assert shares_within(groups) == [shares(parts) for parts in groups]
