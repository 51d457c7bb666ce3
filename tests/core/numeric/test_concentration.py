"""Shares of rivals, as the documents work them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.numeric.concentration import spread


def shares(*values):
    return spread([Fraction(value) for value in values])


def test_the_four_rivals_of_the_document():  # AT-30, C55
    found, own, leader = shares(32, 24, 18, 15), Fraction(15), Fraction(32)
    assert (found.named, found.others) == (89, 11)
    assert (found.rank(own), found.gap(own)) == (4, 17)
    assert found.largest(3) == 74
    assert round(found.relative(own), 3) == Fraction(469, 1000)
    assert round(found.relative(leader), 3) == Fraction(1333, 1000)
    assert (found.least, found.most) == (2149, 2270)


def test_eight_firms_and_one():  # C56
    whole = shares(10, 9, 12, 15, 12, 11, 15, 16)
    assert (whole.least, whole.most) == (1296, 1296)
    assert shares(100).least == 10_000
    assert shares(100).relative(Fraction(100)) is None


@pytest.mark.parametrize("values", [(60, 50), (-1, 20)])
def test_shares_are_parts_of_one_whole(values):
    with pytest.raises(ValueError, match="100"):
        shares(*values)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20).filter(lambda one: sum(one) <= 100))
def test_hhi_lies_between_its_bounds(values):
    found = shares(*values)
    assert 0 <= found.least <= found.most <= 10_000
