"""Periods as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import NRF, FiscalCalendar
from tests.core.model.test_periods import KINDS, calendars
from tests.support.counts import examples

NATURAL = FiscalCalendar()
APRIL = FiscalCalendar(start_month=4)

READ = """
    2027-01  2027-1  2027/01  2027.1  202701  2027年1月  2027年01月份  27年1月  2027M01  2027年一月
        = 2027-01
    1月  一月  P01  FY27-P01  FY2027P1  2027P01  ２０２７年１月  = 2027-01
    十二月  12月  P12  = 2027-12
    2027Q4  2027-Q4  27Q4  FY27Q4  FY27-Q4  Q4  q4  4季度  四季度  第四季度  2027年第四季度
        2027年4季度  27第四季度  Q4-2027  = 2027Q4
    2027H1  27H1  H1  上半年  2027年上半年  2027上半年  = 2027H1
    下半年  FY27H2  = 2027H2
    2027W05  2027-W05  W5  第5周  2027年第5周  = 2027W05
    2027  2027年  2027年度  2027财年  FY27  FY2027  27年  2027年全年  = 2027
"""


def pairs(text):
    """(written, label) pairs of a table whose lines end in ``= label``."""
    found, written = [], []
    for word in text.replace("\n", "  ").split("  "):
        if word.startswith("= "):
            found += [(one, word[2:]) for one in written]
            written = []
        elif word.strip():
            written.append(word.strip())
    return found


@pytest.mark.parametrize(("text", "label"), pairs(READ))
def test_a_period_is_read(text, label):
    assert parse_period(text, NATURAL, 2027).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("FY27 Q2", "FY2027Q2"),
        ("Q2", "FY2027Q2"),
        ("1月", "2027-01"),
        ("4月", "2026-04"),
        ("2026年4月", "2026-04"),
        ("FY27 4月", "2026-04"),
        ("P01", "2026-04"),
        ("FY25-P01", "2024-04"),
        ("25Q1", "FY2025Q1"),
        ("下半年", "FY2027H2"),
        ("2027", "FY2027"),
    ],
)
def test_a_plan_calendar_gives_the_words_their_meaning(text, label):
    assert parse_period(text, APRIL, 2027).label == label


def test_a_month_of_whole_weeks_is_found_by_its_calendar_name():
    assert parse_period("2月", NRF, 2027).label == "FY2027P01"
    assert parse_period("2028年1月", NRF).label == "FY2027P12"


@settings(max_examples=examples(1000), deadline=None)
@given(calendar=calendars, year=st.integers(2015, 2040), kind=st.sampled_from(KINDS))
def test_every_label_is_read_back(calendar, year, kind):
    for period in calendar.periods(year, kind):
        assert parse_period(period.label, calendar) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1",
        "27",
        "abc",
        "2027-01-05",
        "20270105",
        "Q",
        "271月",
        "10-12月",
        "1-2月",
        "二十月",
        "十三月",
        "٣月",
        "2027Q1 and more",
        "1月" * 1000,
        "中半年",
        "-1月",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UsageRefused) as caught:
        parse_period(text, NATURAL, 2027)
    assert [finding.code for finding in caught.value.findings] == ["period.unreadable"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("2025Q5", 4), ("Q0", 4), ("H3", 2), ("13月", 12), ("2027-13", 12), ("P00", 12), ("W53", 52)],
)
def test_a_number_that_the_year_lacks_is_refused_with_the_count(text, count):
    with pytest.raises(UsageRefused) as caught:
        parse_period(text, NATURAL, 2027)
    (finding,) = caught.value.findings
    assert (finding.code, finding.params["count"]) == ("period.not_in_year", count)


def test_week_53_is_read_where_the_year_has_it():
    assert parse_period("2026W53", NATURAL).label == "2026W53"


@pytest.mark.parametrize("text", ["Q4", "1月", "上半年", "P01", "第5周"])
def test_a_period_without_a_year_asks_for_it(text):
    with pytest.raises(UsageRefused, match=r"period\.year_missing"):
        parse_period(text, NATURAL)


@pytest.mark.parametrize("text", ["0000", "1899", "9999-01", "2200Q1"])
def test_a_year_that_nobody_plans_is_refused(text):
    with pytest.raises(UsageRefused, match=r"period\.out_of_range"):
        parse_period(text, NATURAL)


@given(text=st.text(alphabet="0123456789年月季度半上下周第一二十QHPWFY-/. ", max_size=12))
def test_any_text_is_a_period_or_refused(text):
    with suppress(UsageRefused):
        found = parse_period(text, NATURAL, 2027)
        assert parse_period(found.label, NATURAL) == found
