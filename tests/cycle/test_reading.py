"""What a request reads: files and frames, joins, weights beside facts, recognised columns."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, UsageRefused
from tests.support.orders import by_period, codes, drawn, orders, refused, shares, yearly

FACTS = yearly({("华东", "云"): 300, ("西北", "云"): 100})
WEIGHTS = orders("地区 省 权重\n华东 上海 30\n华东 江苏 10\n西北 陕西 60")


def made(facts=FACTS, total="1200", **options):
    return decompose(facts, **({"total": total, "year": 2027, "by": "地区"} | options))


def test_several_files_append(tmp_path):
    for place, part in enumerate([FACTS[:30], FACTS[30:]]):
        part.write_csv(tmp_path / f"{place}.csv")
    files = [tmp_path / "1.csv", tmp_path / "0.csv"]
    assert made(files).frame.equals(made().frame)
    told = made(files).trace.parameters["read"]
    assert told.count("sha256:") == 2
    assert told.startswith("1.csv (42/42)")


def test_a_joined_column_is_a_dimension(tmp_path):
    table = tmp_path / "片区.csv"
    table.write_text("地区名,大区\n华东,东\n西北,西\n", encoding="utf-8")
    result = made(by="大区>地区", join=f"{table} on 地区=地区名")
    assert shares(result, "大区") == {"东": 900, "西": 300}


def test_a_filter_may_name_a_joined_column(tmp_path):
    table = tmp_path / "片区.csv"
    table.write_text("地区名,大区\n华东,东\n西北,西\n", encoding="utf-8")
    result = made(join=f"{table} on 地区=地区名 as p", where="p.大区=东")
    assert shares(result, "地区") == {"华东": 1200}


def test_what_a_join_misses_is_unassigned_and_told(tmp_path):
    table = tmp_path / "片区.csv"
    table.write_text("地区名,大区\n华东,东\n", encoding="utf-8")
    result = made(by="大区", join=f"{table} on 地区=地区名")
    assert shares(result, "大区") == {"东": 900, "未归属": 300}
    assert "join.unmatched" in codes(result)


def test_a_column_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(DataRefused) as refusal:
        made(by="地区名称")
    (finding,) = refused(refusal)
    assert finding.code == "intake.column_missing"
    assert "地区" in finding.params["nearest"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises((DataRefused, UsageRefused)) as refusal:
        made(tmp_path / "没有.csv")
    assert len(refusal.value.findings) == 1


# --- weights ---


def test_weights_without_dates_make_an_even_year():
    result = decompose(weights=WEIGHTS, total="1200", year=2027, by="地区>省")
    assert shares(result, "省") == {"上海": 360, "江苏": 120, "陕西": 720}
    assert set(by_period(result).values()) == {100}
    assert result.trace.last_year is None
    assert result.trace.node_last_year.is_empty()
    assert result.frame["basis"].sum() == 100 * 10**result.trace.basis_scale


@pytest.mark.parametrize("time", ["week", "quarter", "half", "year"])
def test_weights_without_dates_over_any_period(time):
    result = decompose(weights=WEIGHTS, total="5200", year=2027, by="地区", time=time)
    assert len(set(by_period(result).values())) == 1


def test_weights_may_be_shaped_by_typed_or_worked_seasons():
    given = {"weights": WEIGHTS, "total": "1000", "year": 2027, "by": "地区", "time": "quarter"}
    assert list(by_period(decompose(**given, seasonality="15,20,30,35")).values()) == [
        150,
        200,
        300,
        350,
    ]
    assert decompose(**given, seasonality="workdays").trace.total == 100_000


def test_a_share_beyond_four_decimals_keeps_its_digits():
    weights = orders("地区 权重\n甲 0.333333333333\n乙 0.666666666667")
    result = decompose(weights=weights, total="3000000000", year=2027, by="地区", time="year")
    assert shares(result, "地区")["甲"] == 999_999_999 + 1
    assert result.trace.basis_scale == 12


def test_weights_need_a_total_of_their_own():
    with pytest.raises(UsageRefused) as refusal:
        decompose(weights=WEIGHTS, total="+15%", year=2027, by="地区")
    assert codes(refusal.value) == ["total.no_last_year"]


def test_a_percent_column_that_is_no_whole_is_refused_with_its_sum():  # C25, H57
    weights = orders("地区 占比\n华东 30%\n西北 40%\n华南 30%\n华北 40%")
    with pytest.raises(DataRefused) as refusal:
        decompose(weights=weights, total="1000", year=2027, by="地区")
    (finding,) = refused(refusal)
    assert (finding.code, finding.params["sum"].strip("%")) == ("weights.not_whole", "140")


def test_thirds_of_a_percent_column_are_a_whole():  # H58
    weights = orders("地区 占比\n甲 33.33%\n乙 33.33%\n丙 33.33%")
    result = decompose(weights=weights, total="1000", year=2027, by="地区", time="year")
    assert sorted(shares(result, "地区").values()) == [333, 333, 334]


def test_facts_beside_weights_give_the_season_and_last_year():
    # 春节 off, all sold in the second half
    facts = FACTS.with_columns(
        pl.when(pl.col("日期").dt.month() > 6).then(pl.col("金额")).otherwise(0).alias("金额")
    )
    result = decompose(facts, weights=WEIGHTS, total="+100%", year=2027, by="地区>省")
    assert result.trace.last_year == 400 * 6 * 100
    assert result.trace.total == 400 * 12 * 100
    assert shares(result, "地区") == {"华东": 1920, "西北": 2880}
    assert list(by_period(result).values()) == [0] * 6 + [800] * 6
    assert "season_read" in result.trace.parameters


def test_facts_beside_weights_have_their_own_columns_and_filter():
    facts = FACTS.rename({"金额": "amount a"}).with_columns(pl.lit(1).alias("amount b"))
    weights = WEIGHTS.rename({"权重": "w1"}).with_columns(pl.lit("5").alias("w2"))
    given = {"weights": weights, "total": "300", "year": 2027, "by": "省", "time": "year"}
    result = decompose(facts, amount="amount a", weight_column="w2", where="地区=华东", **given)
    assert set(shares(result, "省").values()) == {100}
    assert result.trace.last_year == 300 * 12 * 100


def test_weights_alone_may_be_named_by_amount():
    weights = WEIGHTS.rename({"权重": "w1"}).with_columns(pl.lit("5").alias("w2"))
    result = decompose(weights=weights, total="300", year=2027, by="省", time="year", amount="w2")
    assert set(shares(result, "省").values()) == {100}


def test_growth_cannot_be_capped_by_weights():
    with pytest.raises(UsageRefused) as refusal:
        decompose(FACTS, weights=WEIGHTS, total="300", year=2027, by="省", growth_max="10%")
    assert codes(refusal.value) == ["total.no_last_year"]


# --- recognised columns ---


def test_recognised_columns_nest_where_they_do():
    result = decompose(drawn(3), total="100", year=2027, on_negative_basis="zero")
    assert [levels for _, levels in result.trace.hierarchies] == [
        ("产品线", "产品"),
        ("大区", "省"),
        ("销售员",),
    ]


def test_a_column_of_one_member_is_a_hierarchy_of_its_own():
    facts = FACTS.with_columns(pl.lit("总部").alias("事业部"))
    result = decompose(facts, total="100", year=2027)
    assert [name for name, _ in result.trace.hierarchies] == ["事业部", "产品", "地区"]


def test_what_was_chosen_is_told():
    found = codes(decompose(FACTS, total="100", year=2027))
    assert found.count("intake.column_chosen") == 2
    assert "decompose.dimensions_found" in found


def test_a_period_column_dates_the_facts():
    facts = FACTS.with_columns(pl.col("日期").dt.strftime("%Y年%m月").alias("月份")).drop("日期")
    assert made(facts).frame.equals(made().frame)


def test_a_date_beyond_the_calendar_is_refused():
    odd = pl.DataFrame([(date(1850, 1, 1), "华东", "云", 5)], schema=FACTS.schema, orient="row")
    with pytest.raises(DataRefused):
        made(pl.concat([FACTS, odd]))


def test_a_column_may_bear_the_marks_of_a_formula():
    frame = pl.DataFrame({"地区": ["东", "西"], "A+B": [3, 1], "C": [1, 1]})
    for column, parts in {"A+B": [3, 1], '"A+B" * C': [3, 1], '"A+B" + C + C': [5, 3]}.items():
        result = decompose(
            weights=frame, weight_column=column, by="地区", total="4000", year=2027, time="year"
        )
        total = sum(parts)
        assert result.frame["quota"].to_list() == [4000 * one // total * 100 for one in parts]


@pytest.mark.parametrize(
    ("formula", "value"),
    [("A *", ""), ("A + 缺", "缺"), ('A * "B', '"B'), ("A*文", "二"), ("A*零", "零")],
)
def test_a_formula_that_cannot_be_read_is_refused(formula, value):
    frame = pl.DataFrame({"地区": ["东", "西"], "A": [3, 1], "文": ["1", "二"], "零": [0, 0]})
    with pytest.raises((DataRefused, UsageRefused)) as refusal:
        decompose(weights=frame, weight_column=formula, by="地区", total="4", year=2027)
    said = " ".join(f"{one.subject} {one.params}" for one in refusal.value.findings)
    assert value in said


def test_a_formula_leaves_out_what_is_a_sum(tmp_path):
    path = tmp_path / "w.csv"
    rows = ["行业,潜力,渗透率", "装备,1000,0.4", "电子,800,0.25", "合计,1800,0.65"]
    path.write_text("\n".join(rows), encoding="utf-8")
    asked = {"weights": path, "weight_column": "潜力*渗透率", "subtotals": "drop"}
    result = decompose(**asked, by="行业", total="6000", year=2027, time="year")
    assert shares(result, "行业") == {"装备": 4000, "电子": 2000}
