"""From facts to a weighed cube: years, partial years, cut months, tuples that once were."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, UsageRefused
from tests.support.orders import by_period, codes, shares, yearly

FACTS = yearly({("华东", "云"): 300, ("西北", "云"): 100})


def made(facts=FACTS, **options):
    given = {"total": "1200", "year": 2027, "by": "地区", "seasonality": "equal"}
    return decompose(facts, **(given | options))


def monthly(*spans, region="华东", amount=100, day=10):
    """Facts of one region in each month of the spans (year, first month, last month)."""
    rows = [
        (date(year, month, day), region, amount)
        for year, first, last in spans
        for month in range(first, last + 1)
    ]
    return pl.DataFrame(rows, schema=["日期", "地区", "金额"], orient="row")


def test_the_weight_of_a_year_is_recency_to_its_age():
    old = monthly((2024, 1, 12), region="甲")
    new = monthly((2026, 1, 12), region="乙")
    middle = monthly((2025, 1, 12), region="丙")
    facts = pl.concat([old, middle, new])
    assert shares(made(facts, total="700"), "地区") == {"丙": 200, "乙": 400, "甲": 100}
    assert shares(made(facts, total="900", recency="1"), "地区") == {
        "丙": 300,
        "乙": 300,
        "甲": 300,
    }
    assert shares(made(facts, total="300", recency="0.5", basis_years=2), "地区") == {
        "丙": 100,
        "乙": 200,
        "甲": 0,
    }


@pytest.mark.parametrize("recency", ["0", "-1", "1.01", "0.5x", "abc", ""])
def test_a_recency_that_is_none_is_refused(recency):
    with pytest.raises(UsageRefused):
        made(recency=recency)


@pytest.mark.parametrize(
    ("recency", "weights"),
    [
        ("1", "2025: 1; 2026: 1"),
        ("0.5", "2025: 1/2; 2026: 1"),
        ("0.3333", "2025: 3333/10000; 2026: 1"),
    ],
)
def test_the_weights_of_years_are_told_exactly(recency, weights):
    told = made(monthly((2025, 1, 12), (2026, 1, 12)), recency=recency).trace.parameters
    assert told["year_weights"] == weights


def test_ten_months_of_history_make_an_even_year_with_a_warning():
    result = made(monthly((2026, 3, 12)), seasonality="history", spring_festival="off")
    assert set(by_period(result).values()) == {100}
    assert {"history.under_one_year", "history.year_completed"} <= set(codes(result))
    assert result.trace.last_year == 1200 * 100


def test_a_partial_last_year_is_completed_for_growth_or_left_out():
    facts = monthly((2025, 1, 12), (2026, 1, 9), amount=100)
    assert made(facts, total="+10%").trace.total == 1320 * 100
    left = made(facts, total="+10%", partial_years="leave_out")
    assert "history.year_left_out" in codes(left)


def test_where_facts_end_inside_a_month_it_is_told():
    facts = pl.concat(
        [monthly((2025, 1, 12)), monthly((2026, 1, 9), day=5), monthly((2026, 9, 9), day=14)]
    )
    said = [f for f in made(facts).findings if f.code == "history.ends_inside"]
    assert [(f.subject, f.params["period"]) for f in said] == [("2026-09-14", "2026-09")]


def test_where_facts_begin_inside_a_month_of_a_year_that_counts_it_is_told():
    facts = pl.concat([monthly((2025, 1, 12), day=20), monthly((2025, 1, 12), day=28)])
    said = [f for f in made(facts).findings if f.code == "history.starts_inside"]
    assert [(f.subject, f.params["period"]) for f in said] == [("2025-01-20", "2025-01")]
    later = pl.concat([facts, monthly((2026, 1, 12), day=28)])
    assert "history.starts_inside" not in codes(made(later, basis_years=1))


def test_monthly_sums_are_no_cut_months():
    assert not {"history.starts_inside", "history.ends_inside"} & set(
        codes(made(monthly((2025, 1, 12), (2026, 1, 12), day=28)))
    )


def test_a_member_of_years_that_do_not_count_is_a_leaf_with_nothing():
    facts = pl.concat([monthly((2020, 1, 12), region="旧"), monthly((2026, 1, 12))])
    assert shares(made(facts), "地区") == {"华东": 1200, "旧": 0}


def test_a_member_of_the_target_year_alone_is_a_leaf_with_nothing():
    facts = pl.concat([monthly((2026, 1, 12)), monthly((2027, 1, 2), region="新")])
    result = made(facts)
    assert shares(result, "地区") == {"华东": 1200, "新": 0}
    assert "history.target_year_ignored" in codes(result)


def test_history_of_the_target_year_alone_is_refused():
    with pytest.raises(DataRefused) as refusal:
        made(monthly((2027, 1, 12)))
    assert codes(refusal.value)[-1] == "history.no_year_before_target"


def test_amounts_are_rounded_once_after_adding_up():
    thirds = pl.concat([monthly((2026, 1, 12), amount=0.005)] * 3)
    result = made(thirds, total="100")
    assert result.frame["basis"].sum() == 18  # 36 × 0.5 分


def test_the_calendar_says_to_which_year_a_day_belongs():
    facts = monthly((2026, 1, 12), day=28)
    assert made(facts, cutoff_day=25).trace.last_year == 1100 * 100 * 12 // 11
    assert made(facts, fiscal_start=4).trace.last_year == 1200 * 100


def test_facts_that_name_years_only_are_whole_years(tmp_path):
    path = tmp_path / "gdp.csv"
    path.write_text("年份,地区,金额\n2025,华东,300\n2025,华南,100\n2026,华东,600\n2026,华南,200\n")
    columns = {"by": "地区", "date": "年份", "amount": "金额"}
    result = decompose(path, total="+50%", year=2027, **columns)
    assert (result.trace.last_year, result.trace.total) == (80_000, 120_000)
    partial = {"history.year_completed", "history.under_one_year"}
    assert not partial & {finding.code for finding in result.findings}
    east = result.frame.filter(pl.col("地区") == "华东")["quota"]
    assert east.sum() == 90_000
    assert set(east) <= {7_400, 7_500, 7_600}


def test_facts_that_name_years_only_are_even_whole_years():
    facts = pl.DataFrame(
        {
            "年度": ["2025", "2026"] * 2,
            "地区": ["华东", "华东", "西北", "西北"],
            "金额": [100, 300] * 2,
        }
    )
    result = made(facts, seasonality="history", recency="1")
    assert result.trace.last_year == 600 * 100
    assert set(by_period(result).values()) == {100}
    assert not {"history.under_one_year", "history.year_completed"} & set(codes(result))
