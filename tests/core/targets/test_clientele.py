"""Existing and new customers share a target (F15)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.targets.clientele import Clientele, clientele

TEN = Fraction(1, 10)


@pytest.mark.parametrize(
    ("target", "base", "retention", "expansion", "deal", "found"),
    [
        (1200, 1000, Fraction(9, 10), TEN, 50, Clientele(990, 210, 5)),
        (1200, 1000, Fraction(9, 10), TEN, 70, Clientele(990, 210, 3)),
        (900, 1000, Fraction(1), Fraction(0), 50, Clientele(900, 0, 0)),
        (500, 0, Fraction(1), Fraction(0), 300, Clientele(0, 500, 2)),
        (100, 3, Fraction(1, 2), Fraction(0), 1, Clientele(2, 98, 98)),
    ],
)
def test_existing_customers_carry_their_part_and_new_ones_the_rest(
    target, base, retention, expansion, deal, found
):
    assert clientele(target, base, retention, expansion, first_deal=deal) == found


@given(
    target=st.integers(0, 10**15),
    base=st.integers(0, 10**15),
    retention=st.fractions(0, 1),
    expansion=st.fractions(-1, 3),
    deal=st.integers(1, 10**9),
)
def test_both_parts_are_the_target_and_the_names_are_enough(
    target, base, retention, expansion, deal
):
    found = clientele(target, base, retention, expansion, first_deal=deal)
    assert found.existing + found.new == target
    assert found.new <= found.logos * deal < found.new + deal


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("target", (-1, 1, TEN, TEN, 1)),
        ("base", (1, -1, TEN, TEN, 1)),
        ("retention", (1, 1, Fraction(11, 10), TEN, 1)),
        ("expansion", (1, 1, TEN, Fraction(-2), 1)),
        ("first_deal", (1, 1, TEN, TEN, 0)),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name, values):
    with pytest.raises(DataRefused, match=name):
        clientele(*values[:4], first_deal=values[4])
