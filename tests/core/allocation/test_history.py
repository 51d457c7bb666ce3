"""History as a basis: weighted years, partial years, the shape of the year, refusals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.history import (
    GRID,
    History,
    Rules,
    over_slots,
    settle_negative,
    weigh,
)
from quotaloom.core.model.errors import DataRefused
from tests.support.counts import examples

HALF = Fraction(1, 2)
RULES = Rules(year=2027)


def history(rows, first=None, last=None):
    """Facts from rows of (tuple, year, slot from 1, 元)."""
    slots = sorted((year, slot - 1) for _, year, slot, _ in rows)
    return History(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] - 1 for row in rows]),
        np.array([row[3] * 10_000 for row in rows]),
        first or slots[0],
        last or slots[-1],
    )


def even(code, year, monthly, months=range(1, 13)):
    return [(code, year, month, monthly) for month in months]


def weighed(rows, rules=RULES, tops=None, **ends):
    count = max(row[0] for row in rows) + 1
    tops = np.zeros(count, np.int32) if tops is None else np.array(tops, np.int32)
    return weigh(history(rows, **ends), tops, rules)


def codes(findings):
    return [finding.code for finding in findings]


# --- an oracle: the text of the design, in fractions, without arrays ---


def oracle(rows, rules, ends):
    """Annual weight and last year of each tuple, unrounded, 元; all tuples under one top node."""
    first, last = ends
    years = sorted({year for _, year, _, _ in rows if year < rules.year})
    years = [year for year in years if year > years[-1] - rules.basis_years]
    covered = {
        year: [first <= (year, slot) <= last for slot in range(rules.slots)] for year in years
    }
    weight = {year: rules.recency ** (years[-1] - year) for year in years}
    counting = years
    if rules.partial_years == "leave_out" and any(all(covered[year]) for year in years):
        counting = [year for year in years if all(covered[year])]
    profile = oracle_profile(rows, years, covered, weight, rules)
    share = {
        year: sum(p for p, c in zip(profile, covered[year], strict=True) if c) for year in years
    }
    usable = [year for year in counting if share[year] >= Fraction(1, 100)] or counting

    def completed(code, year):
        amount = sum((Fraction(a) for t, y, _, a in rows if (t, y) == (code, year)), Fraction(0))
        return amount / share[year] if share[year] >= Fraction(1, 100) else amount

    whole = sum(weight[year] for year in usable)
    tuples = range(max(row[0] for row in rows) + 1)
    annual = [sum(weight[y] * completed(t, y) for y in usable) / whole for t in tuples]
    return annual, [completed(t, years[-1]) for t in tuples]


def oracle_profile(rows, years, covered, weight, rules):
    means = []
    for slot in range(rules.slots):
        used = [year for year in years if covered[year][slot]]
        if not used:
            return [Fraction(1, rules.slots)] * rules.slots
        sums = {y: sum(a for _, year, s, a in rows if (year, s - 1) == (y, slot)) for y in used}
        total = sum(weight[year] * sums[year] for year in used)
        means.append(max(total / sum(weight[year] for year in used), Fraction(0)))
    if not any(means):
        means = [Fraction(1)] * rules.slots
    if rules.festival:
        january, february, first, second = rules.festival
        block = means[january] + means[february]
        means[january] = block * Fraction(first, first + second)
        means[february] = block - means[january]
    return [mean / sum(means) for mean in means]


@st.composite
def cases(draw):
    random = Random(draw(st.integers(0, 2**32)))
    first = (random.choice([2022, 2023, 2024, 2025]), random.randrange(12))
    months = random.randrange(1, 40)
    places = [divmod(first[0] * 12 + first[1] + step, 12) for step in range(months)]
    places = [(year, slot) for year, slot in places if year < 2027] or [first]
    rows = [
        (random.randrange(4), year, slot + 1, random.choice([0, 1, 7, 10**4, 10**7, 3 * 10**9]))
        for year, slot in places
        for _ in range(random.randrange(1, 4))
    ]
    rules = Rules(
        year=2027,
        basis_years=random.randrange(1, 5),
        recency=random.choice([Fraction(1), HALF, Fraction(1, 3), Fraction(9, 10)]),
        partial_years=random.choice(["complete", "leave_out"]),
        festival=random.choice([None, (0, 1, 20, 16)]),
    )
    return rows, rules, (places[0], places[-1])


@pytest.mark.heavy
@settings(max_examples=examples(2000), deadline=None)
@given(case=cases())
def test_the_basis_is_what_the_design_says(case):
    rows, rules, ends = case
    basis = weighed(rows, rules, first=ends[0], last=ends[1])
    annual, last_year = oracle(rows, rules, ends)
    for got, wanted in zip([*basis.annual, *basis.last_year], [*annual, *last_year], strict=True):
        # profiles lie on a grid of 10**-9: a completed year may be off by that much
        slack = wanted * 100 * Fraction(100 * 12, GRID) + Fraction(1, 2)
        assert abs(int(got) - wanted * 100) <= slack


@settings(max_examples=50, deadline=None)
@given(case=cases(), seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(case, seed):
    rows, rules, ends = case
    mixed = Random(seed).sample(rows, len(rows))
    one = weighed(rows, rules, first=ends[0], last=ends[1])
    other = weighed(mixed, rules, first=ends[0], last=ends[1])
    assert one.annual.tolist() == other.annual.tolist()
    assert one.profiles.tolist() == other.profiles.tolist()
    assert one.findings == other.findings


def test_the_weight_of_a_year_is_recency_to_its_age():
    rows = even(0, 2024, 100) + even(0, 2025, 200) + even(0, 2026, 400)
    basis = weighed(rows)
    assert basis.years == ((2024, Fraction(1, 4), 12), (2025, HALF, 12), (2026, Fraction(1), 12))
    # (400 + 200/2 + 100/4) / 1.75 = 300 a month
    assert basis.annual.tolist() == [300 * 12 * 100]
    assert basis.last_year.tolist() == [400 * 12 * 100]
    assert basis.findings == ()


def test_more_years_than_asked_do_not_count():
    rows = even(0, 2023, 10**6) + even(0, 2026, 100)
    basis = weighed(rows, replace(RULES, basis_years=1))
    assert basis.annual.tolist() == [120_000]


def test_a_year_without_any_fact_is_told_and_does_not_count_as_none():
    rows = even(0, 2024, 100) + even(0, 2026, 100)
    basis = weighed(rows)
    assert basis.annual.tolist() == [120_000]
    assert codes(basis.findings) == ["history.year_empty"]
    assert basis.findings[0].subject == "2025"


def test_a_partial_last_year_is_completed_by_the_profile():
    # the profile of 2025: December alone is half of the year
    year = dict.fromkeys(range(1, 12), 100) | {12: 1100}
    rows = [(0, 2025, month, amount) for month, amount in year.items()]
    rows += even(0, 2026, 100, range(1, 12))
    basis = weighed(rows)
    assert basis.last_year.tolist() == [2200 * 100]
    assert codes(basis.findings) == ["history.year_completed"]
    assert basis.findings[0].params == {"covered": 11, "of": 12}


def test_a_partial_year_can_be_left_out():
    rows = even(0, 2025, 100) + even(0, 2026, 900, range(1, 4))
    basis = weighed(rows, replace(RULES, partial_years="leave_out"))
    assert basis.annual.tolist() == [120_000]
    assert codes(basis.findings) == ["history.year_left_out"]


def test_nothing_is_left_out_where_no_year_is_whole():
    rows = even(0, 2025, 100, range(7, 13)) + even(0, 2026, 100, range(1, 7))
    basis = weighed(rows, replace(RULES, partial_years="leave_out", festival=None))
    assert basis.annual.tolist() == [120_000]
    assert codes(basis.findings) == ["history.year_completed"] * 2


def test_ten_months_of_history_make_an_even_year():
    rows = [*even(0, 2026, 100, range(3, 13)), (0, 2026, 3, 5000)]
    basis = weighed(rows)
    assert basis.profiles.tolist() == [[1] * 12]
    assert basis.annual.tolist() == [(6000 * 12 // 10) * 100]
    assert sorted(codes(basis.findings)) == ["history.under_one_year", "history.year_completed"]


def test_a_year_of_which_next_to_nothing_is_covered_is_not_blown_up():
    # February 2025 – February 2026: January is a billionth of the year
    rows = [(0, 2025, month, 10**8) for month in range(2, 13)]
    rows += [(0, 2026, 1, 1), (1, 2026, 1, 1)]
    basis = weighed(rows, first=(2025, 1), last=(2026, 0))
    assert basis.annual[0] == pytest.approx(11 * 10**10, rel=1e-6)
    assert basis.annual[1] == 0
    assert basis.last_year.tolist() == [100, 100]
    assert "history.year_left_out" in codes(basis.findings)


def test_january_and_february_are_one_block_split_by_working_days():
    # 春节 lay in February of the history, it lies in January of the year that is planned
    rows = [(0, 2026, month, 120) for month in range(1, 13)]
    rows[1] = (0, 2026, 2, 60)
    basis = weighed(rows, replace(RULES, festival=(0, 1, 12, 18)))
    shares = basis.profiles[0] / GRID * 1380
    assert np.round(shares, 4).tolist() == [72, 108, *[120] * 10]


def test_profiles_sum_to_the_grid():
    rows = [(0, 2026, month, 7**month) for month in range(1, 13)]
    assert weighed(rows).profiles.sum(axis=1).tolist() == [GRID]


def test_each_top_node_has_its_own_season_and_a_thin_one_the_company_s():
    rows = [(0, 2026, month, month) for month in range(1, 13)]
    rows += [(1, 2026, month, 13 - month) for month in range(1, 13)]
    rows += [(2, 2026, 6, 500)]
    basis = weighed(rows, tops=[0, 1, 2])
    one, other, thin = basis.profiles[basis.shape]
    assert one[0] < one[11]
    assert other[0] > other[11]
    assert thin.tolist() == basis.profiles[0].tolist()
    told = next(f for f in basis.findings if f.code == "history.thin_top_nodes")
    assert told.params == {"count": 1, "of": 3}


def test_a_month_below_zero_has_no_season_and_is_told():
    rows = [*even(0, 2026, 100), (0, 2026, 5, -900)]
    basis = weighed(rows)
    assert basis.profiles[0][4] == 0
    assert codes(basis.findings) == ["history.negative_season"]


def test_returns_lower_the_basis_and_round_away_from_zero():
    basis = weighed([*even(0, 2026, 10), *even(1, 2026, -10), (1, 2026, 1, 0)])
    assert basis.annual.tolist() == [12_000, -12_000]


def test_half_a_fen_is_rounded_once_after_adding_up():
    facts = History(
        np.zeros(3, np.int64),
        np.full(3, 2026),
        np.array([0, 5, 11]),
        np.array([25, 25, 50]),  # 0.25 + 0.25 + 0.5 分
        (2026, 0),
        (2026, 11),
    )
    assert weigh(facts, np.zeros(1, np.int32), RULES).annual.tolist() == [1]


def test_facts_of_the_target_year_are_no_basis_and_are_counted():
    rows = even(0, 2026, 100) + even(0, 2027, 10**6, range(1, 4))
    basis = weighed(rows)
    assert basis.annual.tolist() == [120_000]
    told = basis.findings[-1]
    assert (told.code, told.subject, told.params["rows"]) == (
        "history.target_year_ignored",
        "2027",
        3,
    )


def test_a_gap_before_the_target_year_is_told():
    basis = weighed(even(0, 2024, 100))
    assert codes(basis.findings) == ["history.gap_before_target"]


@pytest.mark.parametrize("year", [2026, 2020])
def test_history_without_a_year_before_the_target_is_refused(year):
    with pytest.raises(DataRefused) as refusal:
        weighed(even(0, 2026, 100), replace(RULES, year=year))
    assert codes(refusal.value.findings) == ["history.no_year_before_target"]


def test_weeks_count_like_months():
    rows = [(0, 2026, week, week) for week in range(1, 54)]
    basis = weighed(rows, replace(RULES, slots=53))
    assert basis.annual.tolist() == [53 * 54 // 2 * 100]
    assert basis.profiles[0].argmax() == 52


def test_a_basis_beyond_exact_numbers_is_refused():
    # one month of fifty covered weeks is completed beyond what int64 can hold
    rows = [(t, 2026, 1, 9 * 10**13) for t in range(10)]
    with pytest.raises(DataRefused) as refusal:
        weighed(rows, replace(RULES, slots=53), first=(2026, 0), last=(2026, 0))
    assert codes(refusal.value.findings) == ["history.too_large"]


def test_a_negative_basis_is_refused_with_the_tuples_named():
    annual = np.array([5, -1, 0, -300], np.int64)
    with pytest.raises(DataRefused) as refusal:
        settle_negative(annual, lambda: ["甲", "乙", "丙", "丁"], RULES)
    found = refusal.value.findings
    assert [(f.subject, f.params["amount"], f.params["count"]) for f in found] == [
        ("乙", "-0.01", 2),
        ("丁", "-3", 2),
    ]


def test_a_negative_basis_can_count_as_none():
    rules = replace(RULES, on_negative_basis="zero")
    kept, said = settle_negative(np.array([5, -1], np.int64), lambda: ["甲", "乙"], rules)
    assert kept.tolist() == [5, 0]
    assert [(f.code, f.params["count"]) for f in said] == [("history.negative_basis_zeroed", 1)]


def test_names_are_not_made_where_none_is_negative():
    annual = np.array([0, 3], np.int64)
    assert settle_negative(annual, lambda: pytest.fail("not needed"), RULES)[0] is annual


def weekly(year, weeks, amount=100):
    return [(0, year, week, amount) for week in range(1, weeks + 1)]


WEEKS = replace(RULES, year=2028, slots=53, lengths={2025: 52, 2026: 53, 2027: 52})


def test_a_year_of_52_weeks_is_whole():
    basis = weighed(weekly(2025, 52) + weekly(2027, 52), WEEKS)
    assert "history.year_completed" not in codes(basis.findings)
    assert basis.annual.tolist() == [52 * 100 * 100]


def test_a_53rd_week_is_the_mean_of_the_years_that_have_one():
    basis = weighed(weekly(2025, 52) + weekly(2026, 53) + weekly(2027, 52), WEEKS)
    assert basis.profiles[0].max() - basis.profiles[0].min() <= 1
    assert basis.findings == ()


def test_a_53rd_week_that_no_year_has_is_like_the_52nd():
    basis = weighed([*weekly(2027, 51), (0, 2027, 52, 300)], WEEKS)
    assert abs(basis.profiles[0][52] - 3 * basis.profiles[0][0]) <= 3


def test_a_year_cut_after_ten_weeks_is_completed_to_its_own_length():
    basis = weighed(weekly(2026, 53) + weekly(2027, 10), WEEKS)
    assert basis.last_year.tolist() == [52 * 100 * 100]
    told = next(f for f in basis.findings if f.code == "history.year_completed")
    assert told.params == {"covered": 10, "of": 52}


def test_facts_of_whole_years_are_facts_of_every_month():
    yearly = History(
        np.array([0, 1]), np.array([2025, 2026]), np.zeros(2, np.int64), np.array([25, -25]),
        (2025, 0), (2026, 0),
    )  # fmt: skip
    spread = over_slots(yearly, 12)
    assert (spread.first, spread.last) == ((2025, 0), (2026, 11))
    assert spread.amounts.reshape(2, 12).sum(axis=1).tolist() == [25, -25]
    assert np.ptp(spread.amounts.reshape(2, 12), axis=1).tolist() == [1, 1]
    assert spread.slots.tolist() == [*range(12)] * 2
