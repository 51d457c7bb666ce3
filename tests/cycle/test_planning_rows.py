"""The splitting rows of the requirements (F3–F11, F16–F18, F20–F23), each as a plan."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, Infeasible
from quotaloom.core.model.periods import FiscalCalendar, rollups
from tests.cycle.test_decompose import node_errors
from tests.support.orders import by_period, orders, shares, yearly

ORDERS = yearly({("华东", "平台订阅"): 300, ("华东", "解决方案"): 200, ("西北", "平台订阅"): 100})


def made(facts=ORDERS, total="1200万", **options):
    given = {"total": total, "year": 2027, "by": ["地区", "产品"], "seasonality": "equal"}
    return decompose(facts, **(given | options))


NATURAL = FiscalCalendar()


def rolled(result, kind, calendar=NATURAL):
    """Quota by the quarters, halves or years that the months add up to."""
    above = rollups(calendar, 2027, "month")
    labels = [period.label for period in calendar.periods(2027, kind)]
    sums = dict.fromkeys(labels, 0)
    for month, quota in by_period(result).items():
        sums[next(label for label in above[month] if label in sums)] += quota
    return list(sums.values())


@pytest.mark.parametrize("fiscal_start", [1, 4])
@pytest.mark.parametrize("seasonality", ["15,20,30,35", "workdays", "equal", "history"])
def test_a_year_goes_to_halves_quarters_and_months_that_nest(fiscal_start, seasonality):  # F3
    calendar = FiscalCalendar(fiscal_start)
    result = made(fiscal_start=fiscal_start, seasonality=seasonality, total="10000001")
    quarters, halves = rolled(result, "quarter", calendar), rolled(result, "half", calendar)
    assert halves == [sum(quarters[:2]), sum(quarters[2:])]
    assert sum(halves) == 10_000_001
    if seasonality == "15,20,30,35":  # months nest in the quarters' weights
        assert quarters == [1_500_000, 2_000_000, 3_000_000, 3_500_001]


def test_raw_quarter_weights_are_normalised():  # F4: 21.43 / 28.57 / 21.43 / 28.57 %
    result = made(seasonality="30,40,30,40", total="500万", unit="100")
    assert rolled(result, "quarter") == [1_071_400, 1_428_600, 1_071_400, 1_428_600]


def test_the_peak_carries_revenue_and_the_low_season_leads():  # F5
    revenue = made(seasonality="30,40,30,40", time="quarter")
    leads = made(seasonality="40,30,40,30", time="quarter", total="1400")
    assert list(by_period(leads).values()) == [400, 300, 400, 300]
    peaks = [quota > 12_000_000 / 4 for quota in by_period(revenue).values()]
    assert peaks == [False, True, False, True]


def test_the_coefficients_of_the_document_split_a_year():  # F6
    result = made(seasonality="15-20-30-35", time="quarter", total="1亿")
    assert list(by_period(result).values()) == [15_000_000, 20_000_000, 30_000_000, 35_000_000]


def test_a_dated_project_is_placed_and_the_rest_follows_the_weights():  # F7
    wish = "产品=解决方案&2027-06:300万"
    result = made(hold=wish)
    cell = pl.col("产品") == "解决方案", pl.col("period") == "2027-06"
    assert int(result.frame.filter(*cell)["quota"].sum()) == 300_000_000
    others = by_period(made(total="900万", where="产品=平台订阅"))
    assert sum(by_period(result).values()) == 12_000_000
    assert len(set(others.values())) == 1
    assert node_errors(result) == []


def test_product_lines_go_by_history_times_growth():  # F8
    lines = orders("产品 去年 增长系数\n平台订阅 400 1.5\n解决方案 200 1")
    by_growth = made((), weights=lines, weight_column="去年*增长系数", by="产品", total="800万")
    assert shares(by_growth, "产品") == {"平台订阅": 6_000_000, "解决方案": 2_000_000}
    forecast = orders("产品 预测\n平台订阅 600\n解决方案 200")
    by_forecast = made((), weights=forecast, weight_column="预测", by="产品", total="800万")
    assert by_forecast.frame["quota"].equals(by_growth.frame["quota"])


def test_industries_and_customer_groups_go_by_potential_times_penetration():  # F9
    groups = [
        ("装备制造", "大型", 1000, "0.4"),
        ("装备制造", "中小", 500, "0.2"),
        ("电子", "大型", 800, "0.25"),
    ]
    frame = pl.DataFrame(groups, schema=["行业", "客户群", "潜力", "渗透率"], orient="row")
    asked = {"weights": frame, "weight_column": "潜力 * 渗透率", "total": "700万"}
    result = decompose(**asked, year=2027, by=["行业", "客户群"], time="year")
    assert shares(result, "行业") == {"电子": 2_000_000, "装备制造": 5_000_000}
    assert shares(result, "客户群") == {"中小": 1_000_000, "大型": 6_000_000}


def test_accounts_go_by_what_they_need_and_what_they_may_need():  # F24: the iceberg
    needs = orders("""
        客户    已知需求  潜在需求  概率
        甲公司  300       1000      0.5
        乙公司  200       0         0.9
        丙公司  0         2000      0.1
    """)
    formula = "已知需求 + 潜在需求 * 概率"
    result = made((), weights=needs, weight_column=formula, by="客户", total="1200")
    assert shares(result, "客户") == {"丙公司": 200, "乙公司": 200, "甲公司": 800}
    assert formula in result.trace.parameters["columns"]


def test_revenue_types_have_their_own_rhythm():  # F10
    # a subscription comes evenly, a solution in December
    flat = yearly({("华东", "平台订阅"): 100})
    late = yearly({("华东", "解决方案"): 1}).with_columns(
        pl.when(pl.col("日期").dt.month() == 12)
        .then(1189)
        .otherwise(1)
        .cast(pl.Int64)
        .alias("金额")
    )
    result = made(
        pl.concat([flat, late]), seasonality="history", total="240万", spring_festival="off"
    )
    months = result.frame.sort("period").group_by("产品", maintain_order=True).agg("quota")
    rhythm = dict(months.iter_rows())
    assert len(set(rhythm["平台订阅"])) == 1
    assert rhythm["解决方案"][11] > 100 * rhythm["解决方案"][0]


TEAM = """
    日期        部门    区域团队  姓名  产品线  金额
    2026-01-05  销售部  华东队    甲    软件    300
    2026-02-05  销售部  华东队    乙    硬件    100
    2026-03-05  销售部  西北队    丙    软件    200
    2026-04-05  渠道部  伙伴队    丁    硬件    400
"""


def test_teams_and_then_persons():  # F11, F18: company → department → team → person
    result = made(orders(TEAM), by="部门>区域团队>姓名", total="1000万")
    assert shares(result, "部门") == {"渠道部": 4_000_000, "销售部": 6_000_000}
    assert shares(result, "区域团队")["华东队"] == 4_000_000
    assert shares(result, "姓名") == {
        "丁": 4_000_000,
        "丙": 2_000_000,
        "乙": 1_000_000,
        "甲": 3_000_000,
    }
    assert node_errors(result) == []


@pytest.mark.parametrize(
    "by", [["产品线"], ["部门", "产品线"], ["部门>区域团队", "产品线", "姓名"]]
)
def test_one_total_goes_over_every_dimension_at_once(by):  # F16, F17
    result = made(orders(TEAM), by=by, total="1000万")
    for column in {name for levels in by for name in levels.split(">")}:
        assert sum(shares(result, column).values()) == 10_000_000
    assert node_errors(result) == []


def test_one_person_s_target_for_one_region_and_customer_group():  # F20: 华东大客户 80 万
    rows = [(r, s, w, 100) for r, s, w in product(["华东", "西北"], ["大客户", "中小"], "甲乙")]
    frame = pl.DataFrame(rows, schema=["区域", "客户类型", "销售员", "权重"], orient="row")
    wish = "销售员=甲&区域=华东&客户类型=大客户:80万"
    by = ["区域", "客户类型", "销售员"]
    result = decompose(weights=frame, total="500万", year=2027, by=by, fix=wish, time="quarter")
    assert result.trace.margins[0].reached == 80_000_000
    mine = result.frame.filter(
        pl.col("销售员") == "甲", pl.col("区域") == "华东", pl.col("客户类型") == "大客户"
    )
    assert mine["quota"].sum() == 80_000_000


def test_overall_region_and_customer_targets_are_one_plan():  # F21
    result = made(fix=["地区=华东:900万", "产品=平台订阅:800万"])
    assert result.trace.total == 12_000_000 * 100
    assert shares(result, "地区")["华东"] == 9_000_000
    assert shares(result, "产品")["平台订阅"] == 8_000_000


def test_targets_of_levels_support_each_other_or_are_refused():  # F23
    result = made(fix=["地区=华东:900万", "Q4:35%"], bound=["产品=解决方案:<=400万"])
    assert node_errors(result) == []
    assert [check.failed for check in result.trace.checks] == [0] * len(result.trace.checks)
    with pytest.raises(Infeasible) as refusal:
        made(fix=["地区=华东:900万"], bound=["产品=平台订阅:<=100万"], hold=["产品=解决方案:200万"])
    assert refusal.value.exit_code == 4


def test_a_region_that_no_plan_knows_must_be_opened(tmp_path):  # F22
    path = tmp_path / "名册.csv"
    lines = [
        "维度,成员,动作,参照,爬坡,开始日期",
        "地区,华南,新增,西北,20%;40%;60%;80%;100%,2027-03-01",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    facts = ORDERS.filter(pl.col("产品") == "平台订阅")
    result = made(facts, by="地区", roster=path, total="5600", recency="1")
    new = result.frame.filter(pl.col("地区") == "华南")["quota"].to_list()
    assert [quota // 100 for quota in new] == [0, 0, 20, 40, 60, 80, 100, 100, 100, 100, 100, 100]
    path.write_text("\n".join([lines[0], lines[1].replace("西北", "西南")]), encoding="utf-8")
    with pytest.raises(DataRefused) as refusal:
        made(facts, by="地区", roster=path)
    assert refusal.value.findings[0].params["nearest"].startswith("西北")
