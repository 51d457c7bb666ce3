"""Wishes tied to the cells they speak of."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest

from quotaloom.core.model.decomposition import Margin
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.report.cube import cube_of
from quotaloom.report.period_columns import columns_of
from quotaloom.report.wish import Wish, reached, tied
from tests.support.decompositions import from_leaves

LEAVES = pl.DataFrame(
    [
        (period, region, "=a" if region == "华东" else "b:c", code, name, 0, amount)
        for amount, (period, region, (code, name)) in enumerate(
            product(("2027Q1", "2027Q2"), ("华东", "华东南"), (("1", "王伟"), ("2", "李娜"))),
            1,
        )
    ],
    schema=["period", "地区", "线", "工号", "姓名", "basis", "quota"],
    orient="row",
)
PLAN = from_leaves(
    LEAVES,
    (("地区>线", ("地区", "线")), ("人", ("工号",))),
    periods=FiscalCalendar().periods(2027, "quarter")[:2],
    rollups={"2027Q1": ("2027H1", "2027"), "2027Q2": ("2027H1", "2027")},
    margins=(),
)
CUBE = cube_of(PLAN)
COLUMNS = columns_of(CUBE.periods, PLAN.rollups)
EAST, SOUTH = (("地区", "华东"),), (("地区", "华东南"),)


@pytest.mark.parametrize(
    ("text", "sum_now", "where", "period"),
    [
        ("地区=华东:1.5亿", 1 + 2 + 5 + 6, EAST, ""),
        ("地区=华东南:>=1.5亿", 3 + 4 + 7 + 8, SOUTH, ""),
        ("华东:1", 1 + 2 + 5 + 6, EAST, ""),
        ("2027Q2:35%", 5 + 6 + 7 + 8, (), "2027Q2"),
        ("二季度:35%", 5 + 6 + 7 + 8, (), "2027Q2"),
        ("上半年:<=1", 36, (), "2027H1"),
        ("地区=华东&Q1:3", 1 + 2, EAST, "2027Q1"),
        ("姓名=李娜:>=3", 2 + 4 + 6 + 8, (("工号", "2"),), ""),
        ('线="b:c":3', 3 + 4 + 7 + 8, (*SOUTH, ("线", "b:c")), ""),
        ('地区=华东>"=a":3', 1 + 2 + 5 + 6, (*EAST, ("线", "=a")), ""),
        ("地区=华东&工号=1:9", 1 + 5, (*EAST, ("工号", "1")), ""),
        ("EmployeeKey=1:9", 1 + 3 + 5 + 7, (("工号", "1"),), ""),
        ("2027:36", 36, (), "2027"),
    ],
)
def test_a_wish_is_tied_to_what_it_names(text, sum_now, where, period):
    wish = tied(Margin(text, "fix", sum_now, sum_now, sum_now), CUBE, PLAN)
    assert wish == Wish(text, "fix", sum_now, sum_now, where, period)
    assert reached(wish, CUBE, COLUMNS) == sum_now


@pytest.mark.parametrize(
    "text", ["地区=华东:1", "地区=华北:1", "Q9:1", "", "1", "地区=:1", "2028Q1:1", "线=x&Q1:2"]
)
def test_a_reading_whose_sum_is_another_is_not_believed(text):
    wish = tied(Margin(text, "bound", 1, None, 999), CUBE, PLAN)
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
