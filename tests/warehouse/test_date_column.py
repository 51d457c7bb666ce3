"""Columns of dates: every way an office writes them, and none that could be two days."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.findings import Severity
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.date_column import date_findings, read_dates
from quotaloom.warehouse.intake.date_text import Habits
from tests.support.counts import examples
from tests.support.office import codes, column, only, place

NATURAL = FiscalCalendar()


def read(*texts, order=None, calendar=NATURAL):
    return read_dates(column(*texts), Habits(calendar, order))


def days(*texts, **habits):
    return [None if day is None else str(day) for day in read(*texts, **habits).values]


def findings(cells, order=None):
    return date_findings(read_dates(cells, Habits(NATURAL, order)), cells, place(cells, "日期"))


def faults(*texts, order=None):
    return [
        (one.code, one.params["row"])
        for one in findings(column(*texts), order)
        if one.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-03",
        "2025/1/3",
        "2025.1.3",
        "20250103",
        "2025年1月3日",
        "２０２５年１月３日",
        "2025年1月3日 星期五",
        "2025-01-03 00:00:00",
        "2025-01-03T10:11:12.123",
        "2025/1/3 上午9:05",
        "3-Jan-2025",
        "Jan 3, 2025",
        "3 January 2025",
        " 2025-01-03\u200b",
        "45660",
        "45660.5",
    ],
)
def test_one_day_written_in_many_ways(text):
    assert days(text) == ["2025-01-03"]


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("2025-01", "2025-01-01", "intake.date_month_read"),
        ("2025年1月", "2025-01-01", "intake.date_month_read"),
        ("202501", "2025-01-01", "intake.date_month_read"),
        ("25Q1", "2025-01-01", "intake.date_quarter_read"),
        ("2025Q3", "2025-07-01", "intake.date_quarter_read"),
        ("2025", "2025-01-01", "intake.date_year_read"),
    ],
)
def test_h71_periods_are_read_as_their_first_day_and_told(text, day, code):
    assert days(text) == [day]
    assert only(findings(column(text)), code).params["day"] == day


def test_h71_fiscal_periods_follow_the_calendar_of_the_plan():
    april = FiscalCalendar(start_month=4)
    assert days("FY25-P01", "FY25Q2", calendar=april) == ["2024-04-01", "2024-07-01"]


def test_h71_a_month_without_a_year_is_refused():
    assert faults("2025-01-01", "1月") == [("intake.date_no_year", 3)]


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025/13/1", "20251301", "2025-00-10", "0000-01-01"]
)
def test_h67_days_that_are_none_are_refused(text):
    assert faults(text) == [("intake.date_impossible", 2)]


@pytest.mark.parametrize("text", ["1899-12-30", "9999-12-31", "1066-10-14"])
def test_h67_days_far_from_business_are_refused(text):
    assert faults(text) == [("intake.date_far", 2)]


def test_h68_a_column_that_proves_no_order_is_asked_about_once():
    found = findings(column("03/04/2025", "05/05/2025", "11/12/2024"))
    asked = only(found, "intake.date_ambiguous")
    assert asked.params["count"] == 2
    assert (asked.params["row"], asked.params["value"]) == (2, "03/04/2025")


def test_h68_one_day_beyond_12_proves_the_order_of_the_column():
    assert days("03/04/2025", "13/04/2025") == ["2025-04-03", "2025-04-13"]
    assert days("03/04/2025", "04/13/2025") == ["2025-03-04", "2025-04-13"]
    assert only(findings(column("03/04/2025", "13/04/2025")), "intake.date_order_used")


def test_h68_the_flag_says_the_order_and_what_breaks_it_is_refused():
    assert days("03/04/2025", order="dmy") == ["2025-04-03"]
    assert days("03-04-2025", order="mdy") == ["2025-03-04"]
    assert faults("03/13/2025", order="dmy") == [("intake.date_impossible", 2)]


def test_h68_a_column_that_proves_both_orders_stays_unclear():
    assert faults("13/04/2025", "04/13/2025", "03/04/2025") == [("intake.date_ambiguous", 4)]


def test_h69_day_numbers_of_a_workbook_are_read_and_told():
    assert days("45658") == ["2025-01-01"]
    assert only(findings(column("45658")), "intake.date_serial_read").params["day"] == "2025-01-01"


def test_h34_day_numbers_of_a_workbook_that_counts_from_1904():
    habits = Habits(NATURAL, from_1904=True)
    assert read_dates(column("44196"), habits).values.to_list() == [date(2025, 1, 1)]


@pytest.mark.parametrize("text", ["60", "0", "-1", "2958466", "1"])
def test_h70_day_numbers_that_are_no_business_day_are_refused(text):
    assert faults(text) == [("intake.date_serial", 2)]


def test_h73_an_instant_belongs_to_the_day_of_the_plans_zone():
    assert days("2024-12-31T23:30:00Z", "2024-12-31T23:30:00+08:00", "2024-12-31 10:00 -0800") == [
        "2025-01-01",
        "2024-12-31",
        "2025-01-01",
    ]
    zoned = pl.Series([datetime(2024, 12, 31, 23, 30)]).dt.replace_time_zone("UTC")  # noqa: DTZ001
    assert read_dates(zoned, Habits(NATURAL)).values.to_list() == [date(2025, 1, 1)]


def test_a_zone_is_a_setting():
    assert read_dates(column("2024-12-31T23:30Z"), Habits(NATURAL, zone="UTC")).values[0] == date(
        2024, 12, 31
    )


@pytest.mark.parametrize(
    "text", ["abc", "2025", "25/1/3", "昨天", "1/2", "٣", "2025-1-3-4", "x" * 9_999]
)
def test_what_is_no_date_is_refused_with_its_address(text):
    if text == "2025":
        assert faults(text) == []
    else:
        assert [row for _, row in faults("2025-01-01", text)] == [3]


def test_blank_dates_are_refused_one_by_one():
    assert faults("2025-01-01", None, " ") == [("intake.date_blank", 3), ("intake.date_blank", 4)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pl.Series([date(2025, 1, 3), None]), [date(2025, 1, 3), None]),
        (pl.Series([datetime(2025, 1, 3, 23, 59)]), [date(2025, 1, 3)]),  # noqa: DTZ001
        (pl.Series([20_250_103, 20_250_104]), [date(2025, 1, 3), date(2025, 1, 4)]),
        (pl.Series([45_660.0]), [date(2025, 1, 3)]),
    ],
)
def test_typed_columns_of_dates_and_numbers(cells, expected):
    assert read_dates(cells, Habits(NATURAL)).values.to_list() == expected


def test_a_typed_day_far_off_is_refused_with_its_row():
    cells = pl.Series([date(2025, 1, 3), date(1601, 1, 1)])
    found = date_findings(read_dates(cells, Habits(NATURAL)), cells, place(cells))
    assert [(one.code, one.params["row"]) for one in found] == [("intake.date_far", 3)]


def test_many_seconds_of_one_minute_are_looked_at_once():
    texts = [
        f"2025-01-03 10:{minute:02}:{second:02}" for minute in range(60) for second in range(60)
    ]
    assert len(read(*texts).texts.texts) == 60


@given(st.lists(st.dates(date(1950, 1, 1), date(2150, 12, 31)), min_size=1, max_size=30))
@settings(max_examples=examples(1_000), deadline=None)
def test_every_day_comes_back_from_every_shape(given_days):
    expected = [str(day) for day in given_days]
    for shape in ("{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}"):
        assert days(*(shape.format(day) for day in given_days)) == expected
    for order, shape in (("dmy", "{0:%d/%m/%Y}"), ("mdy", "{0:%m/%d/%Y}")):
        assert days(*(shape.format(day) for day in given_days), order=order) == expected


@given(st.text(max_size=40))
@settings(max_examples=examples(5_000), deadline=None)
def test_no_text_is_more_than_a_day_or_a_refusal(text):
    cells = column(text, "2025-01-01")
    read_one = read_dates(cells, Habits(NATURAL))
    refused = codes(date_findings(read_one, cells, place(cells)))
    assert (read_one.values[0] is None) == bool(refused)
