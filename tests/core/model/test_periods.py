"""Fiscal calendars: every date in exactly one period, whatever the settings."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.periods import NRF, FiscalCalendar, rollups
from tests.support.counts import examples

KINDS = ("year", "half", "quarter", "month", "week")
FIRST, LAST = date(2015, 1, 1), date(2040, 12, 31)
YEARS = range(2014, 2043)
NATURAL = FiscalCalendar()
APRIL = FiscalCalendar(start_month=4)
APRIL_BY_START = FiscalCalendar(start_month=4, year_name="start")
CUT_25 = FiscalCalendar(cutoff_day=25)

calendars = st.builds(
    FiscalCalendar,
    start_month=st.integers(1, 12),
    cutoff_day=st.integers(0, 31),
    pattern=st.sampled_from([None, "4-4-5", "4-5-4", "5-4-4"]),
    week_start=st.integers(1, 7),
    year_end=st.sampled_from(["nearest", "last"]),
    year_name=st.sampled_from(["end", "start"]),
)
days = st.dates(FIRST, LAST)


def laid_out(calendar, kind):
    return [period for year in YEARS for period in calendar.periods(year, kind)]


@settings(max_examples=examples(2000), deadline=None)
@given(calendar=calendars)
def test_every_date_is_in_exactly_one_period(calendar):
    for kind in KINDS:
        row = laid_out(calendar, kind)
        assert row[0].start <= FIRST
        assert row[-1].end > LAST
        assert all(before.end == after.start for before, after in pairwise(row))
        assert all(period.start < period.end for period in row)
        assert len({period.label for period in row}) == len(row)


@settings(max_examples=examples(5000))
@given(calendar=calendars, day=days, kind=st.sampled_from(KINDS))
def test_the_period_of_a_day_holds_it(calendar, day, kind):
    found = calendar.period_of(day, kind)
    assert day in found
    assert found in calendar.periods(found.year, kind)
    assert found.index == calendar.periods(found.year, kind).index(found) + 1


@settings(max_examples=examples(500))
@given(calendar=calendars, year=st.integers(2015, 2040))
def test_longer_periods_are_whole_months(calendar, year):
    edges = {kind: edges_of(calendar, year, kind) for kind in KINDS}
    assert edges["year"] < edges["half"] < edges["quarter"] < edges["month"]
    if calendar.pattern:
        assert edges["month"] < edges["week"]


def edges_of(calendar, year, kind):
    row = calendar.periods(year, kind)
    return {period.start for period in row} | {row[-1].end}


@settings(max_examples=examples(500))
@given(calendar=calendars, year=st.integers(2015, 2040))
def test_weeks_are_whole_and_a_year_has_52_or_53(calendar, year):
    weeks = calendar.periods(year, "week")
    assert len(weeks) in (52, 53)
    assert all(week.start.isoweekday() == calendar.week_start for week in weeks)
    assert all(week.end - week.start == timedelta(7) for week in weeks)


def test_weeks_of_natural_years_are_iso_weeks():
    day = FIRST
    while day <= LAST:
        week = NATURAL.period_of(day, "week")
        assert (week.year, week.index) == day.isocalendar()[:2]
        day += timedelta(1)


@settings(max_examples=examples(500))
@given(calendar=calendars, day=days)
def test_a_week_belongs_to_the_year_that_holds_its_fourth_day(calendar, day):
    week = calendar.period_of(day, "week")
    if calendar.pattern is None:
        assert week.year == calendar.year_of(week.start + timedelta(3))
    else:
        assert week.year == calendar.year_of(day)


def test_nrf_years_2012_2017_and_2023_have_53_weeks():
    long = [year for year in range(2005, 2028) if len(NRF.periods(year, "week")) == 53]
    assert long == [2006, 2012, 2017, 2023]


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2012, date(2012, 1, 29), date(2013, 2, 2)),
        (2017, date(2017, 1, 29), date(2018, 2, 3)),
        (2022, date(2022, 1, 30), date(2023, 1, 28)),
        (2023, date(2023, 1, 29), date(2024, 2, 3)),
        (2024, date(2024, 2, 4), date(2025, 2, 1)),
        (2025, date(2025, 2, 2), date(2026, 1, 31)),
    ],
)
def test_nrf_years_run_from_sunday_to_the_saturday_nearest_31_january(year, first, last):
    (whole,) = NRF.periods(year, "year")
    assert (whole.start, whole.end - timedelta(1)) == (first, last)


@pytest.mark.parametrize(
    ("pattern", "weeks"),
    [
        ("4-4-5", [4, 4, 5] * 3 + [4, 4, 6]),
        ("4-5-4", [4, 5, 4] * 3 + [4, 5, 5]),
        ("5-4-4", [5, 4, 4] * 3 + [5, 4, 5]),
    ],
)
def test_the_53rd_week_belongs_to_the_last_month(pattern, weeks):
    calendar = FiscalCalendar(2, 0, pattern, 7, "nearest", "start")
    months = calendar.periods(2023, "month")
    assert [(month.end - month.start).days // 7 for month in months] == weeks
    assert [len_in_weeks(q) for q in calendar.periods(2023, "quarter")] == [13, 13, 13, 14]


def len_in_weeks(period):
    return (period.end - period.start).days // 7


def test_a_year_may_end_on_the_last_saturday_of_its_month():
    last = FiscalCalendar(2, 0, "4-5-4", 7, "last", "start")
    assert last.periods(2023, "year")[0].end == date(2024, 1, 28)
    assert NRF.periods(2023, "year")[0].end == date(2024, 2, 4)


LABELS = [
    (NATURAL, (2027, 1, 1), "2027 2027H1 2027Q1 2027-01 2026W53"),
    (NATURAL, (2027, 12, 31), "2027 2027H2 2027Q4 2027-12 2027W52"),
    (APRIL, (2026, 4, 1), "FY2027 FY2027H1 FY2027Q1 2026-04 FY2027W01"),
    (APRIL, (2027, 3, 31), "FY2027 FY2027H2 FY2027Q4 2027-03 FY2028W01"),
    (APRIL_BY_START, (2027, 3, 28), "FY2026 FY2026H2 FY2026Q4 2027-03 FY2026W52"),
    (CUT_25, (2026, 12, 25), "2026 2026H2 2026Q4 2026-12 2026W52"),
    (CUT_25, (2026, 12, 26), "2027 2027H1 2027Q1 2027-01 2026W52"),
    (NRF, (2024, 2, 3), "FY2023 FY2023H2 FY2023Q4 FY2023P12 FY2023W53"),
    (NRF, (2024, 2, 4), "FY2024 FY2024H1 FY2024Q1 FY2024P01 FY2024W01"),
    (FiscalCalendar(pattern="4-4-5"), (2027, 2, 1), "2027 2027H1 2027Q1 2027P02 2027W05"),
]


@pytest.mark.parametrize(("calendar", "day", "labels"), LABELS)
def test_labels_of_a_day(calendar, day, labels):
    found = [calendar.period_of(date(*day), kind).label for kind in KINDS]
    assert found == labels.split()


def test_a_cut_off_that_a_month_lacks_means_its_last_day():
    calendar = FiscalCalendar(cutoff_day=30)
    march = calendar.periods(2027, "month")[2]
    assert (march.start, march.end) == (date(2027, 3, 1), date(2027, 3, 31))


def test_the_table_joins_every_day_to_its_period():
    for calendar in (NATURAL, APRIL, CUT_25, NRF):
        for kind in KINDS:
            for day, year, index, label in calendar.table(2026, 2027, kind).iter_rows():
                found = calendar.period_of(day, kind)
                assert (found.year, found.index, found.label) == (year, index, label)
    assert NATURAL.table(2026, 2027, "month").height == 730


@pytest.mark.parametrize(
    ("calendar", "kind", "leaf", "sums"),
    [
        (NATURAL, "month", "2027-05", ("2027Q2", "2027H1", "2027")),
        (NATURAL, "quarter", "2027Q3", ("2027H2", "2027")),
        (NATURAL, "half", "2027H2", ("2027",)),
        (NATURAL, "year", "2027", ()),
        (NATURAL, "week", "2027W26", ("2027",)),
        (APRIL, "month", "2027-01", ("FY2027Q4", "FY2027H2", "FY2027")),
        (NRF, "month", "FY2027P04", ("FY2027Q2", "FY2027H1", "FY2027")),
        (NRF, "week", "FY2027W14", ("FY2027P04", "FY2027Q2", "FY2027H1", "FY2027")),
    ],
)
def test_leaf_periods_add_up_to_longer_ones(calendar, kind, leaf, sums):
    found = rollups(calendar, 2027, kind)
    assert found[leaf] == sums
    assert list(found) == [period.label for period in calendar.periods(2027, kind)]


@settings(max_examples=examples(300), deadline=None)
@given(calendar=calendars, year=st.integers(2015, 2040), kind=st.sampled_from(KINDS))
def test_roll_ups_hold_the_days_of_their_leaves(calendar, year, kind):
    spans = {p.label: p for wider in KINDS for p in calendar.periods(year, wider)}
    for leaf, sums in rollups(calendar, year, kind).items():
        for label in sums:
            if kind != "week" or calendar.pattern:
                assert spans[leaf].start in spans[label]
                assert spans[leaf].end <= spans[label].end


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("start_month", 0),
        ("start_month", 13),
        ("cutoff_day", 32),
        ("cutoff_day", -1),
        ("pattern", "4-4-4"),
        ("week_start", 0),
        ("year_end", "first"),
        ("year_name", "middle"),
    ],
)
def test_a_setting_out_of_its_range_is_refused(setting, value):
    with pytest.raises(UsageRefused) as caught:
        FiscalCalendar(**{setting: value})
    (finding,) = caught.value.findings
    assert (finding.code, finding.subject) == ("calendar.setting_refused", setting)


def test_all_wrong_settings_are_named_at_once():
    with pytest.raises(UsageRefused) as caught:
        FiscalCalendar(start_month=0, week_start=8)
    assert [finding.subject for finding in caught.value.findings] == ["start_month", "week_start"]


@pytest.mark.parametrize("day", [date.min, date.max, date(1900, 12, 31), date(2199, 1, 1)])
@pytest.mark.parametrize("calendar", [NATURAL, APRIL, NRF])
def test_a_day_that_nobody_plans_is_refused(calendar, day):
    with pytest.raises(DataRefused, match="out_of_range"):
        calendar.period_of(day, "month")


@pytest.mark.parametrize("year", [0, 1899, 2200, 10**6])
def test_a_year_that_nobody_plans_is_refused(year):
    with pytest.raises(DataRefused, match="out_of_range"):
        NATURAL.periods(year, "month")
