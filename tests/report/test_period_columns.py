"""The columns of a year."""

from __future__ import annotations

import numpy as np
import pytest

from quotaloom.core.model.periods import FiscalCalendar, rollups
from quotaloom.report.period_columns import columns_of, summed

KINDS = ["month", "quarter", "half", "year", "week"]
CALENDARS = [
    FiscalCalendar(),
    FiscalCalendar(start_month=4),
    FiscalCalendar(start_month=2, pattern="4-5-4", week_start=7),
]


def columns(kind, calendar=CALENDARS[0]):
    labels = [period.label for period in calendar.periods(2027, kind)]
    return columns_of(labels, rollups(calendar, 2027, kind))


def test_months_stand_before_their_quarter_and_the_year_first():
    assert [column.label for column in columns("month")] == [
        "2027",
        "2027-01",
        "2027-02",
        "2027-03",
        "2027Q1",
        "2027-04",
        "2027-05",
        "2027-06",
        "2027Q2",
        "2027H1",
        "2027-07",
        "2027-08",
        "2027-09",
        "2027Q3",
        "2027-10",
        "2027-11",
        "2027-12",
        "2027Q4",
        "2027H2",
    ]


def test_depths_count_what_is_shown_around_a_column():
    assert {c.label: c.depth for c in columns("month")[:6]} == {
        "2027": 0, "2027-01": 2, "2027-02": 2, "2027-03": 2, "2027Q1": 1, "2027-04": 2,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("calendar", CALENDARS, ids=["natural", "april", "retail"])
def test_every_total_is_the_sum_of_its_parts(kind, calendar):
    found = columns(kind, calendar)
    count = sum(column.is_leaf for column in found)
    values = np.arange(1, count + 1, dtype=np.int64).reshape(1, -1) ** 2
    sums = summed(values, found)[0]
    assert sums[0] == values.sum()
    for place, column in enumerate(found):
        assert column.is_leaf or sums[place] == sums[list(column.parts)].sum()


def test_one_period_is_the_whole():
    assert [(c.label, c.is_leaf) for c in columns("year")] == [("2027", True)]


def test_periods_that_nothing_holds_get_a_nameless_total():
    assert [(c.label, c.parts) for c in columns_of(["a", "b"], {})] == [
        ("", (1, 2)), ("a", ()), ("b", ()),
    ]  # fmt: skip
