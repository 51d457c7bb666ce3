"""The shape of the year: typed weights, inner shapes, weeks over edges."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.allocation.seasonality import (
    decimal_text,
    even,
    over_periods,
    typed_findings,
    typed_weights,
    with_typed,
)
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.core.numeric.apportion import apportion_fractions

NATURAL = FiscalCalendar()
RETAIL = FiscalCalendar(pattern="4-4-5")


def typed(*raw, calendar=NATURAL, year=2027):
    return typed_weights([Fraction(str(weight)) for weight in raw], year, calendar)


def quarters(profiles, periods, calendar=NATURAL, year=2027):
    """What each quarter of a profile adds up to, as a share of the whole."""
    outer = calendar.periods(year, "quarter")
    sums = over_periods(profiles, periods, outer)[0].tolist()
    return [Fraction(value, sum(sums)) for value in sums]


@pytest.mark.parametrize(
    ("count", "kind"), [(2, "half"), (4, "quarter"), (12, "month"), (52, "week")]
)
def test_the_count_says_what_the_weights_stand_for(count, kind):
    assert typed(*[1] * count).kind == kind


def test_a_year_of_53_weeks_wants_53():
    assert typed(*[1] * 53, year=2026).kind == "week"
    with pytest.raises(UsageRefused) as refusal:
        typed(*[1] * 52, year=2026)
    assert refusal.value.findings[0].params["allowed"] == "2, 4, 12, 53"


@pytest.mark.parametrize("raw", [(1,), (1, 2, 3), (1,) * 13])
def test_another_count_is_refused(raw):
    with pytest.raises(UsageRefused) as refusal:
        typed(*raw)
    finding = refusal.value.findings[0]
    assert (finding.code, finding.subject) == ("seasonality.wrong_count", str(len(raw)))


@pytest.mark.parametrize("raw", [(1, -1), (0, 0, 0, 0), ("-0.5", "1.5")])
def test_weights_that_weigh_nothing_are_refused(raw):
    with pytest.raises(UsageRefused) as refusal:
        typed(*raw)
    assert refusal.value.findings[0].code == "seasonality.bad_weights"


def test_weights_that_make_a_whole_are_taken_silently():  # C26, F6
    assert typed_findings(typed(15, 20, 30, 35)) == []
    assert typed_findings(typed("0.15", "0.2", "0.3", "0.35")) == []


def test_the_document_s_140_percent_is_normalised_and_both_are_shown():  # AT-13, C25, W74, F4
    weights = typed(30, 40, 30, 40)
    assert weights.shares == (Fraction(3, 14), Fraction(2, 7), Fraction(3, 14), Fraction(2, 7))
    (said,) = typed_findings(weights)
    assert (said.code, said.subject) == ("seasonality.normalised", "140")
    assert said.params["raw"] == "30, 40, 30, 40"
    assert said.params["shares"] == "21.4286%, 28.5714%, 21.4286%, 28.5714%"


def test_a_sum_that_only_looks_like_100_is_normalised():
    assert typed_findings(typed("33.33", "33.33", "33.33", "0.00001"))[0].subject == "99.99001"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(30), "30"), (Fraction(1, 8), "0.125"), (Fraction(100), "100"), (Fraction(0), "0")],
)
def test_a_weight_is_shown_as_it_was_typed(value, text):
    assert decimal_text(value) == text


@pytest.mark.parametrize("kind", ["quarter", "month"])
@pytest.mark.parametrize("calendar", [NATURAL, RETAIL, FiscalCalendar(4, 25)], ids=str)
def test_quarters_get_their_typed_shares_exactly(kind, calendar):
    weights = typed(15, 20, 30, 35, calendar=calendar)
    periods = calendar.periods(2027, kind)
    profile = np.arange(1, len(periods) + 1)[None, :]
    shaped = with_typed(profile, periods, calendar.periods(2027, "quarter"), weights)
    assert quarters(shaped, periods, calendar) == list(weights.shares)


@pytest.mark.parametrize("year", range(2020, 2033))
@pytest.mark.parametrize("calendar", [NATURAL, RETAIL, FiscalCalendar(7)], ids=str)
def test_weeks_over_the_edge_of_a_year_belong_to_a_quarter(calendar, year):
    weights = typed(15, 20, 30, 35, calendar=calendar, year=year)
    periods = calendar.periods(year, "week")
    shaped = with_typed(even(len(periods)), periods, calendar.periods(year, "quarter"), weights)
    assert quarters(shaped, periods, calendar, year) == list(weights.shares)


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_weights_by_week_are_added_up_to_longer_periods(year, kind):
    weeks = NATURAL.periods(year, "week")
    weights = typed(*range(1, len(weeks) + 1), year=year)
    periods = NATURAL.periods(year, kind)
    shaped = with_typed(even(len(periods)), periods, weeks, weights)
    assert shaped.sum() == sum(range(1, len(weeks) + 1))
    assert (shaped > 0).all()


def test_the_shape_inside_a_quarter_is_kept():
    profile = np.array([[1, 2, 1, 5, 5, 5, 0, 0, 0, 7, 0, 0]])
    periods = NATURAL.periods(2027, "month")
    shaped = with_typed(profile, periods, NATURAL.periods(2027, "quarter"), typed(10, 20, 30, 40))[
        0
    ]
    assert (shaped[1], shaped[1] + shaped[2]) == (2 * shaped[0], 3 * shaped[2])
    assert shaped[6] == shaped[7] == shaped[8]  # an empty quarter is filled evenly
    assert shaped[10:].tolist() == [0, 0]


@given(raw=st.lists(st.decimals(0, 10**12, places=9), min_size=4, max_size=4).filter(any))
def test_weights_of_any_length_fit(raw):
    weights = typed(*raw)
    periods = NATURAL.periods(2027, "month")
    shaped = with_typed(np.full((2, 12), 10**9), periods, NATURAL.periods(2027, "quarter"), weights)
    assert shaped.sum(axis=1).max() < 2**62
    for share, wanted in zip(quarters(shaped, periods), weights.shares, strict=True):
        assert abs(share - wanted) <= Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("raw", "total", "parts"),
    [
        ((15, 20, 30, 35), 5_000_000, [750_000, 1_000_000, 1_500_000, 1_750_000]),  # AT-12
        ((15, 20, 30, 35), 10_000_001, [1_500_000, 2_000_000, 3_000_000, 3_500_001]),  # C26
        ((30, 40, 30, 40), 12_000_000, [2_571_429, 3_428_571, 2_571_429, 3_428_571]),  # C25
    ],
)
def test_known_answers_of_the_documents(raw, total, parts):
    assert apportion_fractions(total, typed(*raw).shares) == parts


def test_months_add_up_to_quarters():
    slots = np.arange(24).reshape(2, 12)
    finer, periods = NATURAL.periods(2027, "month"), NATURAL.periods(2027, "quarter")
    assert over_periods(slots, finer, periods).tolist() == [[3, 12, 21, 30], [39, 48, 57, 66]]


def test_slots_beyond_the_year_are_cut_where_periods_are_the_same():
    slots, weeks = np.ones((1, 53), np.int64), NATURAL.periods(2027, "week")
    assert over_periods(slots, weeks, weeks).shape == (1, 52)
