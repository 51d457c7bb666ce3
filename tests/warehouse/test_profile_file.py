"""Seasonal profiles from a file: every period once, and a whole."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.profile_file import read_profile
from tests.support.office import codes, only, write


@pytest.fixture
def profile(tmp_path):
    def weights(*lines, head="期间,权重", calendar=None):
        path = write(tmp_path, "\n".join([head, *lines]), "季节.csv")
        return read_profile(path, calendar or FiscalCalendar(), 2027)

    return weights


@pytest.fixture
def refused(profile):
    def findings(*lines, **asked):
        with pytest.raises(DataRefused) as refusal:
            profile(*lines, **asked)
        return list(refusal.value.findings)

    return findings


def test_weights_come_in_the_order_of_the_year(profile):
    assert profile("Q2,20%", "2027Q1,15%", "四季度,35%", "Q3,30%") == (15, 20, 30, 35)
    months = [f"{month}月,{month}" for month in range(12, 0, -1)]
    assert profile(*months, head="月份,系数") == tuple(range(1, 13))
    assert profile("下半年,0.6", "上半年,0.4") == (Fraction(2, 5), Fraction(3, 5))


def test_months_follow_the_fiscal_year(profile):
    months = [f"{month}月,{month}" for month in range(1, 13)]
    april = FiscalCalendar(start_month=4)
    assert profile(*months, calendar=april) == (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def test_h57_percents_that_are_no_whole_are_refused_with_their_sum(refused):
    found = refused("Q1,30%", "Q2,40%", "Q3,30%", "Q4,40%")
    assert only(found, "weights.not_whole").params["sum"] == "140"


def test_h58_thirds_are_accepted(profile):
    assert sum(profile("Q1,33.33%", "Q2,33.33%", "Q3,33.33%", "Q4,0%")) == Fraction(9_999, 100)


def test_missing_and_double_periods_are_refused(refused):
    found = refused("Q1,1", "Q2,2", "2027Q2,3", "Q4,4")
    assert codes(found) == ["profile.period_twice", "profile.period_missing"]
    assert (found[0].params["row"], found[0].params["first"]) == (4, 3)
    assert found[1].params["missing"] == "2027Q3"


def test_periods_of_two_kinds_or_another_year_are_refused(refused):
    assert codes(refused("Q1,1", "1月,2")) == ["profile.kinds_mixed"]
    assert codes(refused("2026Q1,1")) == ["profile.period_outside"]
    assert codes(refused("2027,1")) == ["profile.period_outside"]


def test_weights_that_are_none_are_refused_with_their_rows(refused):
    found = refused("Q1,-1", "Q2,x", "Q3,", "春天,1")
    assert [(one.code, one.params["row"]) for one in found] == [
        ("weights.negative", 2),
        ("amount.unreadable", 3),
        ("amount.empty", 4),
        ("period.unreadable", 5),
    ]
    assert codes(refused("Q1,0", "Q2,0", "Q3,0", "Q4,0")) == ["weights.all_zero"]
