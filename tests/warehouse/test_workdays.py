"""Working days, with the moved days (调休) of the official notices."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.periods import FiscalCalendar, Period
from quotaloom.warehouse.workdays import (
    about,
    provisional_years,
    workdays,
    working_days_by_period,
)
from tests.support.shared import shared


def months(year: int) -> list[Period]:
    return list(FiscalCalendar().periods(year, "month"))


def span(start: date, end: date) -> Period:
    return replace(months(start.year)[0], start=start, end=end)


def is_worked(day: date) -> bool:
    return bool(workdays(day, day + timedelta(1))[0])


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2016, 250), (2017, 249), (2018, 250), (2019, 250), (2020, 249), (2021, 250),
        (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248),
    ],
)  # fmt: skip
def test_a_year_has_its_official_number_of_working_days(year: int, expected: int) -> None:
    assert workdays(date(year, 1, 1), date(year + 1, 1, 1)).sum() == expected


@pytest.mark.shared_data
@pytest.mark.parametrize("year", range(2016, 2027))
def test_every_day_agrees_with_an_independent_calendar(year: int) -> None:
    path = shared("china_holidays/china_workdays_2004_on.csv")
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["date"].startswith(str(year))]
    ours = workdays(date(year, 1, 1), date(year + 1, 1, 1))
    differing = [
        row["date"]
        for row, mine in zip(rows, ours, strict=True)
        if mine != (row["is_workday"] == "1")
    ]
    assert differing == []


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 4), True),  # Sunday moved before 春节
        (date(2024, 2, 18), True),
        (date(2024, 2, 12), False),  # Monday in 春节
        (date(2026, 2, 17), False),
        (date(2026, 1, 4), True),  # a Sunday against 2 January
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), False),  # a plain Saturday
    ],
)
def test_moved_days_count_as_the_notice_says(day: date, worked: bool) -> None:  # noqa: FBT001  a table column
    assert is_worked(day) == worked


def test_the_months_of_a_year_add_up_to_it() -> None:
    days = working_days_by_period(months(2025))
    assert days.counts.tolist() == [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]
    assert days.counts.sum() == 248
    assert days.findings == ()


def test_periods_need_no_order_and_may_overlap() -> None:
    first, *_, last = spans = months(2024)
    counts = working_days_by_period([last, first, span(first.start, last.end)]).counts
    singles = working_days_by_period(spans).counts
    assert counts.tolist() == [singles[-1], singles[0], 251]


def test_no_period_has_no_days() -> None:
    days = working_days_by_period([])
    assert days.counts.tolist() == []
    assert days.counts.dtype == np.int64


def test_a_year_without_its_notice_is_provisional_and_says_so() -> None:
    days = working_days_by_period([*months(2026), *months(2100)])
    assert [(f.code, f.params["year"]) for f in days.findings][-1] == ("workdays.provisional", 2100)
    assert 2026 not in provisional_years(range(2016, 2101))
    assert not is_worked(date(2100, 10, 1))  # statutory days are known for ever


def test_the_last_day_of_a_period_is_not_in_it() -> None:
    """``[2026-12-01, 2027-01-01)`` has no day in 2027, so nothing about it is provisional."""
    assert working_days_by_period([span(date(2026, 12, 1), date(2027, 1, 1))]).findings == ()


def test_another_country_has_its_own_days_and_is_never_provisional() -> None:
    assert not workdays(date(2026, 7, 3), date(2026, 7, 4), country="US")[0]
    assert provisional_years([2050], country="US") == ()


def test_an_unknown_country_is_refused_by_its_code() -> None:
    with pytest.raises(UsageRefused) as refused:
        workdays(date(2026, 1, 1), date(2026, 1, 2), country="XX")
    assert [finding.code for finding in refused.value.findings] == ["workdays.unknown_country"]


def test_the_trace_names_country_and_library_version() -> None:
    assert about("CN").startswith("CN (holidays ")
