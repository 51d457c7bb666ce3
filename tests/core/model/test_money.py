"""Money in whole minor units."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.money import (
    facts_to_minor,
    half_up,
    nearest_multiple,
    plain_amount,
    to_minor,
    to_units,
)

WAN = 10_000 * 100


@pytest.mark.parametrize(
    ("value", "whole"),
    [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("-49/100", 0), ("535/2", 268), ("5/2", 3), ("3", 3)],
)
def test_halves_go_away_from_zero(value, whole):
    assert half_up(Fraction(value)) == whole


@given(value=st.decimals(-(10**18), 10**18, places=3))
def test_rounding_is_the_school_rule(value):
    assert half_up(Fraction(value)) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_typed_multiple_is_counted_in_units():
    assert to_units(500_000_000 * 100, WAN) == 50_000
    assert to_units(-3 * WAN, WAN) == -3
    assert to_minor(Fraction("109402644.29")) == 10_940_264_429


@pytest.mark.parametrize(
    ("minor", "unit", "below", "above"),
    [
        (1_000_000_050, 100, "10000000", "10000001"),
        (-150, 100, "-2", "-1"),
        (Fraction(1, 2), 1, "0", "0.01"),
        (WAN + 1, WAN, "10000", "20000"),
    ],
)
def test_a_typed_amount_that_is_no_multiple_is_refused_with_the_two_nearest(
    minor, unit, below, above
):
    with pytest.raises(UsageRefused) as caught:
        to_units(minor, unit)
    (finding,) = caught.value.findings
    assert finding.code == "amount.no_multiple"
    assert (finding.params["below"], finding.params["above"]) == (below, above)


def test_an_amount_with_parts_of_a_minor_unit_is_refused():
    with pytest.raises(UsageRefused) as caught:
        to_minor(Fraction("0.125"))
    (finding,) = caught.value.findings
    assert finding.params == {"value": "0.1250", "unit": "0.01", "below": "0.12", "above": "0.13"}


@pytest.mark.parametrize("convert", [to_units, nearest_multiple])
def test_an_amount_past_int64_is_refused(convert):
    assert convert(2**63 - 1, 1) == 2**63 - 1
    with pytest.raises(UsageRefused, match=r"amount\.too_large"):
        convert(2**63, 1)


@given(
    minor=st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=1000),
    unit=st.sampled_from([1, 100, WAN]),
)
def test_a_derived_amount_goes_to_the_nearest_multiple_and_keeps_its_sign(minor, unit):
    found = nearest_multiple(minor, unit)
    assert found % unit == 0
    assert abs(found - minor) <= Fraction(unit, 2)
    assert nearest_multiple(-minor, unit) == -found


@given(facts=st.lists(st.integers(-(2**62), 2**62) | st.integers(-300, 300), max_size=20))
@example(facts=[-150, -149, -151, -50, 50, 150, 149, 151])
def test_facts_are_rounded_to_minor_units_once(facts):
    rounded = facts_to_minor(np.array(facts, np.int64))
    assert rounded.tolist() == [half_up(Fraction(fact, 100)) for fact in facts]


@given(minor=st.integers(-(10**18), 10**18))
def test_a_plain_amount_is_exact(minor):
    assert Fraction(plain_amount(minor)) == Fraction(minor, 100)
    assert plain_amount(minor * 100) == str(minor)
