"""The hierarchies of a request: codes and names, trees, refusals of every hierarchy at once."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.cycle.dimensions import Above
from tests.support.orders import codes, orders, shares

FACTS = orders("""
    日期        地区   省    岗位  姓名   产品  金额
    2026-01-05  华东   上海  S1    王伟   云    300
    2026-02-05  华东   江苏  S2    李娜   云    100
    2026-03-05  西北   陕西  S3    王伟   屏    100
""")


def made(facts=FACTS, **options):
    given = {"total": "1000", "year": 2027, "seasonality": "equal", "time": "year"}
    return decompose(facts, **(given | options))


def test_levels_nest_and_their_columns_stand_in_the_output():
    result = made(by=["地区>省", "产品"])
    assert result.trace.hierarchies == (("地区>省", ("地区", "省")), ("产品", ("产品",)))
    assert result.frame.rows() == [
        ("2027", "华东", "江苏", "云", 60_000, 20_000),
        ("2027", "华东", "上海", "云", 180_000, 60_000),
        ("2027", "西北", "陕西", "屏", 40_000, 20_000),
    ] or shares(result, "省") == {"上海": 600, "江苏": 200, "陕西": 200}


def test_a_code_has_its_name_beside_it():
    result = made(by="地区>岗位|姓名")
    assert result.frame.columns == ["period", "地区", "岗位", "姓名", "basis", "quota"]
    assert result.trace.label_of == {"岗位": "姓名"}
    assert result.trace.hierarchies == (("地区>岗位", ("地区", "岗位")),)
    assert dict(result.frame.select("岗位", "姓名").iter_rows()) == {
        "S1": "王伟",
        "S2": "李娜",
        "S3": "王伟",
    }


def test_a_code_of_two_names_shows_the_newest_and_says_so():
    double = orders("日期 地区 省 岗位 姓名 产品 金额\n2026-12-31 华东 上海 S1 赵云 云 100")
    result = made(pl.concat([FACTS, double]), by="岗位|姓名")
    (said,) = [f for f in result.findings if f.code == "hierarchy.renamed"]
    assert (said.params["member"], said.params["first"]) == ("S1", "赵云")
    assert (said.subject, said.params["second"]) == ("姓名", "王伟")
    assert result.frame.filter(pl.col("岗位") == "S1")["姓名"].to_list() == ["赵云"]


def test_a_member_under_two_parents_is_refused_with_both_paths():  # H76
    with pytest.raises(DataRefused) as refusal:
        made(by=["地区>姓名", "产品>姓名"[:2]])
    (finding,) = refusal.value.findings
    assert finding.code == "hierarchy.two_parents"
    assert (finding.params["first"], finding.params["second"]) == ("华东 > 王伟", "西北 > 王伟")


def test_a_name_under_two_parents_may_be_two_members():
    result = made(by="地区>姓名", repeated_names="separate", fix="姓名=华东>王伟:300")
    rows = dict(
        zip(result.frame.select("地区", "姓名").iter_rows(), result.frame["quota"], strict=True)
    )
    assert rows["华东", "王伟"] == 30_000


def test_every_hierarchy_that_cannot_be_is_told_at_once(tmp_path):
    table = tmp_path / "p.csv"
    table.write_text("code,boss\nS1,S2\nS2,S1\nS3,\n", encoding="utf-8")
    with pytest.raises(DataRefused) as refusal:
        made(by="地区>姓名", tree="p=岗位<boss", join=f"{table} on 岗位=code")
    assert codes(refusal.value) == ["hierarchy.two_parents", "hierarchy.cycle"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("S1,S9\nS2,\nS3,", "hierarchy.orphan"),
        ("S1,S2\nS1,S3\nS2,\nS3,", None),
        ("S1,\nS2,", "hierarchy.unknown_member"),
    ],
)
def test_a_tree_that_cannot_be_is_refused(tmp_path, lines, code):
    table = tmp_path / "p.csv"
    table.write_text(f"code,boss\n{lines}\n", encoding="utf-8")
    with pytest.raises(DataRefused) as refusal:
        made(tree="p=岗位<boss", join=f"{table} on 岗位=code")
    assert code is None or code in codes(refusal.value)


def test_a_tree_whose_columns_are_nowhere_is_refused():
    with pytest.raises((UsageRefused, DataRefused)) as refusal:
        made(tree="p=岗位<上级")
    assert codes(refusal.value) == ["dimension.tree_columns"]


def test_a_tree_whose_names_are_nowhere_is_refused(tmp_path):
    table = tmp_path / "p.csv"
    table.write_text("code,boss\nS1,\nS2,S1\nS3,S1\n", encoding="utf-8")
    with pytest.raises((UsageRefused, DataRefused)) as refusal:
        made(tree="p=岗位|称呼<boss", join=f"{table} on 岗位=code")
    assert codes(refusal.value) == ["dimension.tree_columns"]


def test_a_blank_member_is_unassigned_and_told():
    blank = orders("日期 地区 省 岗位 姓名 产品 金额\n2026-04-05 华东 上海 S1 王伟 云 100")
    blank = blank.with_columns(pl.lit(None, pl.String).alias("地区"), pl.lit("").alias("省"))
    result = made(pl.concat([FACTS, blank]), by="地区>省")
    assert "未归属" in shares(result, "地区")
    assert codes(result).count("intake.members_blank") == 2


def test_an_alias_makes_two_names_one():
    result = made(by="产品", alias="屏=云")
    assert shares(result, "产品") == {"云": 1000}


def test_a_new_seller_stands_beside_its_pattern_and_known_ones_where_they_are():
    above = Above({"1": None, "2": "1", "3": "1", "4": "2"}, {"4": "Dan"})
    tree = above.grown("p", {"4", "9", "3"}, {"9": "4"})
    assert [tree.path(int(leaf)) for leaf in tree.leaf_nodes] == [
        ("1", "2", "4"),
        ("1", "2", "9"),
        ("1", "3"),
    ]
    assert tree.names[tree.codes.index("4")] == "Dan"
    assert above.path("4") == ("1", "2", "4")
    assert above.path("unknown") == ("unknown",)


def test_tuples_are_in_tree_order_whatever_the_order_asked_for():
    one = made(by=["地区>省", "产品"]).frame
    other = made(by=["产品", "地区>省"]).frame
    keys = ["产品", "地区", "省"]
    assert one.select(keys).rows() == other.select(keys).rows() == sorted(one.select(keys).rows())
    assert np.array_equal(one["quota"], other["quota"])
