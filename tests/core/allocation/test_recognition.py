"""Revenue once booked: when it is recognised, and what is left for later years (F10)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.allocation.recognition import recognised, weights_of, yearly_rate


@pytest.mark.parametrize(
    ("pattern", "months", "milestones", "weights"),
    [
        ("point", 1, (), [1]),
        ("monthly", 3, (), [1, 1, 1]),
        ("over_time", 3, (), [0, 1, 1, 1]),
        ("milestones", 1, ((0, 30), (2, 50), (2, 20)), [30, 0, 70]),
    ],
)
def test_a_pattern_is_weights_from_the_booking_on(pattern, months, milestones, weights):
    assert weights_of(pattern, months, milestones) == weights


def test_a_year_of_bookings_by_hand():
    booked = np.array([[12, 0, 0, 9], [100, 0, 0, 0]])
    inside, later = recognised(booked, [1, 1, 1])
    assert inside.tolist() == [[4, 4, 4, 3], [33, 34, 33, 0]]
    assert later.tolist() == [6, 0]


def test_the_yearly_rate_is_of_what_still_runs():
    booked = np.zeros((1, 12), np.int64)
    booked[0, 0], booked[0, 8], booked[0, 11] = 500, 600, 60
    assert yearly_rate(booked, 12) == 1160
    assert yearly_rate(booked, 6) == (600 + 60) * 2
    assert yearly_rate(booked, 24) == 580


@given(
    st.lists(st.lists(st.integers(-1000, 10**9), min_size=6, max_size=6), min_size=1, max_size=4),
    st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any),
)
def test_nothing_is_recognised_twice_or_lost(rows, weights):
    booked = np.array(rows)
    inside, later = recognised(booked, weights)
    assert (inside.sum(axis=1) + later).tolist() == booked.sum(axis=1).tolist()
