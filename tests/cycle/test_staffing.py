"""Next year's roster through the whole verb: who leaves, takes over, is new."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused
from tests.support.orders import by_period, codes, shares, yearly

FACTS = yearly({("华东", "云", "甲"): 300, ("华东", "屏", "乙"): 100, ("西北", "云", "丙"): 100})
HEADER = "维度,成员,动作,接替人,参照,爬坡,开始日期,结束日期"
BY = ["地区", "产品", "销售员"]


@pytest.fixture
def roster(tmp_path):
    def write(*lines):
        path = tmp_path / "名册.csv"
        path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        return path

    return write


def made(path, facts=FACTS, total="6000", **options):
    given = {"total": total, "year": 2027, "by": BY, "seasonality": "equal", "recency": "1"}
    return decompose(facts, roster=path, **(given | options))


def test_who_leaves_before_the_year_is_no_leaf_and_the_others_carry_it(roster):
    result = made(roster("销售员,甲,离职,,,,2027-01-01,"), total="2400")
    assert shares(result, "销售员") == {"丙": 1200, "乙": 1200}
    assert "roster.left" in codes(result)


def test_growth_is_counted_from_what_the_company_sold_not_from_who_stays(roster):
    result = made(roster("销售员,甲,离职,,,,2027-01-01,"), total="+15%")
    assert result.trace.last_year == 6000 * 100
    assert result.trace.total == 6900 * 100


def test_last_year_of_a_region_holds_who_left_it(roster):
    trace = made(roster("销售员,甲,离职,,,,2027-01-01,")).trace
    told = {(name, *path): amount for name, path, amount in trace.node_last_year.rows()}
    assert told["地区", "华东"] == 4800 * 100
    assert told["产品", "云"] == 4800 * 100
    assert told["销售员", "乙"] == 1200 * 100
    assert ("销售员", "甲") not in told


def test_who_leaves_in_the_year_keeps_what_came_before(roster):
    result = made(roster("销售员,甲,离职,,,,2027-07-01,"), total="4200")
    assert shares(result, "销售员") == {"甲": 1800, "丙": 1200, "乙": 1200}
    his = result.frame.filter(pl.col("销售员") == "甲", pl.col("quota") > 0)
    assert his["period"].to_list() == [f"2027-{month:02}" for month in range(1, 7)]


def test_a_successor_takes_over_with_last_year_s_amount(roster):
    result = made(roster("销售员,甲,接替,丁,,,2027-07-01,"))
    assert shares(result, "销售员") == {"丁": 1800, "甲": 1800, "丙": 1200, "乙": 1200}
    told = {path[0]: amount for name, path, amount in result.trace.node_last_year.rows()}
    assert told["丁"] == told["甲"] == 180_000


def test_a_new_seller_ramps_up_like_another(roster):
    result = made(roster("销售员,丁,新增,,乙,50%;100%,2027-11-01,"), total="6150")
    assert shares(result, "销售员")["丁"] == 150
    his = result.frame.filter(pl.col("销售员") == "丁")
    assert his["quota"].to_list()[10:] == [5000, 10_000]
    assert set(his["产品"]) == {"屏"}


def test_a_new_region_is_an_analog_times_a_ramp(roster):  # F22
    facts = yearly({("华东", "上海"): 300, ("华东", "江苏"): 100, ("西北", "陕西"): 200})
    options = {"by": ["地区>产品"], "total": "8640"}
    result = made(roster("地区,华南,新增,,华东,30%,2027-01-01,"), facts, **options)
    assert shares(result, "地区") == {"华东": 4800, "华南": 1440, "西北": 2400}
    new = result.frame.filter(pl.col("地区") == "华南")
    assert set(new["产品"]) == {"未归属"}  # whom it has below it is not known yet
    assert "roster.opened" in codes(result)


def test_a_product_is_discontinued_and_a_new_one_launched(roster):
    path = roster("产品,屏,停售,,,,2027-04-01,", "产品,板,上市,,屏,,2027-04-01,")
    result = made(path)
    assert shares(result, "产品") == {"云": 4800, "屏": 300, "板": 900}
    assert shares(result, "销售员")["乙"] == 1200


def test_a_whole_region_passes_to_another(roster):
    facts = yearly({("华东", "上海"): 300, ("西北", "陕西"): 100})
    path = roster("地区,西北,接替,华东,,,2027-01-01,")
    result = made(path, facts, by=["地区>产品"], total="400")
    assert shares(result, "地区") == {"华东": 400}
    assert shares(result, "产品") == {"上海": 300, "陕西": 100}


def test_a_seller_may_be_named_by_display_name(roster):
    codes_ = {"甲": "S1", "乙": "S2", "丙": "S3"}
    facts = FACTS.with_columns(pl.col("销售员").replace(codes_).alias("岗位"))
    path = roster("销售员,甲,接替,乙,,,2027-01-01,")
    result = made(path, facts, by=["地区", "岗位|销售员"])
    assert shares(result, "岗位") == {"S2": 4800, "S3": 1200}
    assert set(result.frame["销售员"]) == {"乙", "丙"}


def test_two_sellers_of_one_name_must_be_named_by_code(roster):
    facts = FACTS.with_columns(pl.col("销售员").alias("岗位"), pl.lit("王伟").alias("销售员"))
    with pytest.raises(DataRefused) as refusal:
        made(roster("销售员,王伟,离职,,,,2027-01-01,"), facts, by=["地区", "岗位|销售员"])
    assert codes(refusal.value) == ["roster.unknown_member"]


def test_the_order_of_lines_does_not_matter(roster):
    lines = [
        "销售员,甲,接替,乙,,,2027-03-10,",
        "销售员,乙,离职,,,,2027-09-01,",
        "销售员,丁,新增,,丙,0.2;0.6;1,2027-02-15,",
        "产品,屏,停售,,,,2027-06-01,",
    ]
    one, other = made(roster(*lines)), made(roster(*reversed(lines)))
    assert one.frame.equals(other.frame)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("销售员,戊,离职,,,,2027-01-01,", "roster.unknown_member"),
        ("销售员,丁,新增,,戊,,2027-01-01,", "roster.unknown_member"),
        ("部门,甲,离职,,,,2027-01-01,", "roster.unknown_dimension"),
        ("销售员,甲,休假,,,,2027-01-01,", "roster.unknown_action"),
        ("销售员,甲,接替,,,,2027-01-01,", "roster.successor_missing"),
        ("销售员,甲,离职,,,,2027-01-01,2027-07-01", "roster.two_dates"),
    ],
)
def test_a_line_that_cannot_be_is_refused(roster, line, code):
    with pytest.raises(DataRefused) as refusal:
        made(roster(line))
    assert codes(refusal.value) == [code]


def test_a_roster_that_leaves_nobody_is_refused(roster):
    path = roster(*[f"销售员,{who},离职,,,,2026-05-01," for who in "甲乙丙"])
    with pytest.raises(DataRefused) as refusal:
        made(path)
    assert "roster.nobody_left" in codes(refusal.value)


def test_a_member_that_never_sold_stays_a_leaf_with_nothing(roster):
    facts = pl.concat([FACTS, yearly({("西北", "屏", "己"): 0})])
    result = made(roster("销售员,甲,离职,,,,2027-01-01,"), facts, total="2400")
    assert shares(result, "销售员") == {"丙": 1200, "乙": 1200, "己": 0}


def test_growth_caps_go_with_the_successor(roster):
    path = roster("销售员,甲,接替,丁,,,2027-07-01,")
    result = made(path, total="6600", growth_max="10%")
    assert shares(result, "销售员") == {"丁": 1980, "甲": 1980, "丙": 1320, "乙": 1320}


def test_a_basis_without_dates_takes_a_roster_too(tmp_path, roster):
    weights = tmp_path / "w.csv"
    weights.write_text("地区,销售员,权重\n华东,甲,3\n西北,乙,1\n", encoding="utf-8")
    path = roster("销售员,乙,离职,,,,2027-07-01,")
    result = decompose(
        weights=weights, total="3500", year=2027, by=["地区", "销售员"], roster=path, time="half"
    )
    assert shares(result, "销售员") == {"甲": 3000, "乙": 500}
    assert by_period(result) == {"2027H1": 2000, "2027H2": 1500}
    assert result.trace.last_year is None


# --- a tree of people ---

STAFF = "code,boss,name\n1,,Ann\n2,1,Bob\n3,1,Cat\n4,2,Dan\n5,3,Eve\n6,3,Fay\n"


@pytest.fixture
def tree(tmp_path, roster):
    table = tmp_path / "staff.csv"
    table.write_text(STAFF, encoding="utf-8")
    facts = yearly({("华东", "云", "4"): 100, ("西北", "云", "5"): 100, ("西北", "云", "3"): 100})

    def run(*lines, **options):
        given = {"by": "地区", "tree": "person=销售员|name<boss", "total": "3600"} | options
        path = roster(*lines) if lines else None
        return made(path, facts, join=f"{table} on 销售员=code as e", **given)

    return run


def paths(result):
    """Quota by path of the people."""
    levels = dict(result.trace.hierarchies)["person"]
    columns = [name for name in result.frame.columns if name in levels]
    sums = result.frame.group_by(columns).agg(pl.col("quota").sum())
    return {tuple(filter(None, path)): quota // 100 for *path, quota in sums.iter_rows()}


def test_names_stand_beside_the_codes_of_each_level(tree):
    result = tree()
    top, shown = dict(result.trace.hierarchies)["person"][0], "person 1 name"
    assert result.trace.label_of[top] == shown
    assert dict(result.frame.select(top, shown).unique().rows()) == {"1": "Ann"}


def test_a_manager_that_sells_has_a_leaf_of_her_own(tree):
    assert paths(tree()) == {
        ("1", "2", "4"): 1200,
        ("1", "3", "本级"): 1200,
        ("1", "3", "5"): 1200,
    }


def test_a_successor_known_to_the_table_stands_under_her_own_boss(tree):
    assert paths(tree("person,4,接替,6,,,2027-01-01,")) == {
        ("1", "3", "本级"): 1200,
        ("1", "3", "5"): 1200,
        ("1", "3", "6"): 1200,
    }


def test_a_new_one_stands_beside_the_one_that_he_is_like(tree):
    found = paths(tree("销售员,9,新增,,4,,2027-01-01,", total="4800"))
    assert found["1", "2", "9"] == found["1", "2", "4"] == 1200


def test_last_year_of_a_manager_holds_who_left_her(tree):
    trace = tree("person,5,离职,,,,2027-01-01,").trace
    told = {tuple(path): amount for name, path, amount in trace.node_last_year.rows()}
    assert told["1", "3"] == 240_000
    assert told["1",] == 360_000


def test_wishes_name_people_by_tree_by_column_and_by_name(tree):
    for typed in ("person=4:600", "销售员=4:600", "person=Dan:600", "person=Bob:600"):
        assert paths(tree(fix=typed))["1", "2", "4"] == 600
    assert paths(tree(fix="person=3>本级:600"))["1", "3", "本级"] == 600
