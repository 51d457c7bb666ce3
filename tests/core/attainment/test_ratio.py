"""Ratios as the documents print them, and at their edges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.attainment.ratio import (
    attainment,
    elapsed_share,
    lag,
    light,
    needed_a_day,
    run_rate,
)


@pytest.mark.parametrize(
    ("credit", "quota", "percent"),
    [  # C53
        (5_400_000, 5_000_000, Fraction(108)),  # AT-01
        (12, 15, Fraction(80)),  # AT-02
        (28, 30, Fraction(280, 3)),  # AT-03, printed 93
        (1_800_000, 1_500_000, Fraction(120)),  # AT-04
    ],
)
def test_attainment_of_the_documents(credit, quota, percent):
    assert attainment(credit, quota) * 100 == percent


@pytest.mark.parametrize("quota", [None, 0, -1])
def test_without_a_quota_above_zero_there_is_no_attainment(quota):  # C53
    assert attainment(100, quota) is None


@pytest.mark.parametrize(
    ("behind", "colour"),
    [("9.99", "green"), ("10", "yellow"), ("29.99", "yellow"), ("30", "red"), ("-50", "green")],
)
def test_an_edge_belongs_to_the_graver_colour(behind, colour):
    assert light(Fraction(behind)) == colour


def test_less_is_better_where_the_measure_says_so():  # C53
    planned, attained = Fraction(1, 2), Fraction(7, 10)
    assert lag(attained, planned) == -20
    assert lag(attained, planned, better="lower") == 20
    assert lag(None, planned) is None
    assert light(None) is None


def test_a_period_without_working_days_has_no_pace():
    assert elapsed_share(0, 0) is None
    assert elapsed_share(63, 251) == Fraction(63, 251)
    assert run_rate(100, 0, 20) is None
    assert run_rate(100, 5, 20) == 400


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.integers(0, 300))
def test_what_is_needed_a_day_just_reaches_the_quota(credit, quota, days):
    needed = needed_a_day(credit, quota, days)
    if needed is None:
        assert days == 0
        assert credit < quota
    elif needed == 0:
        assert credit >= quota
    else:
        assert credit + needed * days >= quota > credit + (needed - 1) * days
