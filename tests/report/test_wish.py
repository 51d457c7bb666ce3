"""Wishes tied to the cells they speak of."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom.core.model.decomposition import Margin
from quotaloom.report.cube import cube
from quotaloom.report.period_columns import columns_of
from quotaloom.report.wish import Wish, reached, tied

PERIODS = ["2027Q1", "2027Q2"]
COLUMNS = columns_of(PERIODS, dict.fromkeys(PERIODS, ("2027",)))
CUBE = cube(
    pl.DataFrame(
        [
            (period, region, "=a" if region == "华东" else "b:c", code, name, 0, amount)
            for amount, (period, region, code, name) in enumerate(
                (
                    (period, region, code, name)
                    for period in PERIODS
                    for region in ("华东", "华东南")
                    for code, name in (("1", "王伟"), ("2", "李娜"))
                ),
                1,
            )
        ],
        schema=["period", "地区", "线", "工号", "姓名", "basis", "quota"],
        orient="row",
    ),
    [("地区", ("地区",)), ("线", ("线",)), ("工号", ("工号",))],
    {"工号": "姓名"},
    PERIODS,
)


@pytest.mark.parametrize(
    ("text", "sum_now", "where", "period"),
    [
        ("地区=华东:1.5亿", 1 + 2 + 5 + 6, (("地区", "华东"),), ""),
        ("地区=华东南:1.5亿", 3 + 4 + 7 + 8, (("地区", "华东南"),), ""),
        ("2027Q2:35%", 5 + 6 + 7 + 8, (), "2027Q2"),
        ("地区=华东, 2027Q1:3", 1 + 2, (("地区", "华东"),), "2027Q1"),
        ("姓名=李娜:>=3", 2 + 4 + 6 + 8, (("姓名", "李娜"),), ""),
        ('线="b:c":3', 3 + 4 + 7 + 8, (("线", "b:c"),), ""),
        ("工号=1 地区=华东:9", 1 + 5, (("地区", "华东"), ("工号", "1")), ""),
        ("2027:36", 36, (), "2027"),
    ],
)
def test_a_wish_is_tied_to_what_it_names(text, sum_now, where, period):
    wish = tied(Margin(text, "fix", sum_now, sum_now, sum_now), CUBE, COLUMNS)
    assert wish == Wish(text, "fix", sum_now, sum_now, where, period)
    assert reached(wish, CUBE, COLUMNS) == sum_now


@pytest.mark.parametrize("text", ["地区=华东:1", "地区=华北:1", "Q9", "", "1"])
def test_a_reading_whose_sum_is_another_is_not_believed(text):
    wish = tied(Margin(text, "bound", 1, None, 999), CUBE, COLUMNS)
    assert not wish.is_found
    assert (wish.where, wish.period) == ((), "")


@pytest.mark.parametrize(
    ("low", "high", "amount", "admitted"),
    [(5, 5, 5, True), (5, 5, 6, False), (5, None, 4, False), (None, 5, 6, False), (3, 5, 4, True)],
)
def test_limits_are_inclusive(low, high, amount, admitted):
    assert Wish("", "bound", low, high).admits(amount) is admitted
    assert Wish("", "bound", low, high).admits(amount * 100, 100) is admitted


def test_a_column_that_is_gone_gives_no_sum():
    assert reached(Wish("", "fix", 1, 1, (("省", "a"),)), CUBE, COLUMNS) is None
    assert reached(Wish("", "fix", 1, 1, (), "2028"), CUBE, COLUMNS) is None
