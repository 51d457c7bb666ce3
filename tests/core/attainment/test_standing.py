"""Attainment against the time gone by, the run-rate, and what a green total hides."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from quotaloom.core.attainment.standing import (
    Clock,
    Rule,
    Standing,
    apart,
    hidden_behind,
    planned_share,
)
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.workdays import working_days_until

YEAR = Clock(125, 250)


def test_half_the_days_are_over():
    found = Standing(40_000, 100_000, YEAR)
    assert found.attained == Fraction(2, 5)
    assert found.ahead == -10
    assert found.gap == 60_000
    assert found.needed == 480
    assert found.projected == 80_000
    assert found.short == 10_000
    assert found.light() == "yellow"


def test_without_a_quota_nothing_is_said_but_the_credit():
    found = Standing(5, None, YEAR)
    said = (found.attained, found.ahead, found.gap, found.needed, found.short, found.light())
    assert said == (None,) * 6
    assert found.projected == 10


def test_nothing_is_needed_once_reached_and_nothing_helps_once_over():
    assert Standing(7, 5, YEAR).needed == 0
    assert Standing(3, 5, Clock(20, 20)).needed is None


@pytest.mark.parametrize(
    ("rule", "light"),
    [
        (Rule(), "yellow"),  # 20 points behind
        (Rule(red=Fraction(20)), "red"),
        (Rule(by="relative"), "red"),  # 40 % of what is due
        (Rule(by="days", yellow=Fraction(20), red=Fraction(60)), "yellow"),  # 50 days
        (Rule(by="days", yellow=Fraction(51), red=Fraction(60)), "green"),
    ],
)
def test_the_rule_may_count_points_percent_or_days(rule, light):
    assert Standing(30, 100, YEAR).light(rule) == light


def test_the_profile_of_the_quotas_says_what_is_due():
    months = [(10, 20, 20), (30, 10, 20), (60, 0, 20)]  # over, half over, to come
    assert planned_share(months) == Fraction(25, 100)
    assert planned_share([(0, 5, 20)]) is None
    clock = Clock(30, 60, planned_share(months))
    assert Standing(25, 100, clock).ahead == 0


def test_a_green_total_hides_a_red_region():  # AT-26, AT-27
    clock = Clock(9, 10)
    east, north = Standing(120, 100, clock), Standing(60, 100, clock)
    whole = Standing(180, 200, clock)
    assert (east.attained - north.attained) * 100 == 60
    assert whole.light() == "green"
    assert north.light() == "red"
    assert hidden_behind(whole, [east, north]) == 1
    assert hidden_behind(north, [east, north]) == 0


def test_the_regions_of_the_document_are_40_points_apart():  # AT-26
    over = Clock(10, 10)
    east, north = Standing(120, 100, over), Standing(80, 100, over)
    assert apart([east.attained, north.attained, None]) == 40
    assert apart([east.attained, None]) is None
    assert (east.light(), north.light()) == ("green", "yellow")
    assert Standing(200, 200, over).attained == 1


def test_2024_has_251_working_days():
    year = FiscalCalendar().periods(2024, "year")[0]
    assert working_days_until(year, date(2024, 12, 31)) == (251, 251)
    assert working_days_until(year, date(2024, 2, 18))[0] == 31  # two Sundays of them worked
