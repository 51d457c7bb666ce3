"""How facts would meet joined tables, before anything is made."""

from __future__ import annotations

import pytest

from quotaloom.warehouse.intake.match import guess_keys, match_joins
from quotaloom.warehouse.intake.raw import read_raw
from quotaloom.warehouse.intake.request import IntakeRequest, Join

FACTS = """日期,产品码,区码,金额
2026-01-02,7,E,10
2026-01-03,7,N,20
2026-01-04,8,,30
2026-01-05,9,W,40
2026-01-06,9,E,50
"""
PRODUCTS = "产品码,名称,类码\n7,平台,a\n8,终端,b\n"
REGIONS = "区码,大区\nE,华东\nN,华北\n"


@pytest.fixture
def folder(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def matched(folder, *joins, facts=(FACTS,)):
    files = tuple(folder(f"{place}.csv", text) for place, text in enumerate(facts))
    return match_joins(IntakeRequest(files=files, joins=joins))


def test_rows_are_matched_blank_or_unknown_by_key(folder):
    regions = Join(folder("r.csv", REGIONS), "区码", "区码")
    one = matched(folder, regions)["r"]
    assert (one.rows, one.matched, one.blank, one.unmatched, one.unknown) == (5, 3, 1, 1, 1)
    assert one.examples == (("W", 1),)


def test_several_files_count_together(folder):
    products = Join(folder("p.csv", PRODUCTS), "产品码", "产品码")
    one = matched(folder, products, facts=(FACTS, FACTS.replace("9,W", "7,W")))["p"]
    assert (one.rows, one.matched, one.unmatched) == (10, 7, 3)
    assert one.examples == (("9", 3),)


def test_a_join_hangs_on_an_earlier_one(folder):
    products = Join(folder("p.csv", PRODUCTS), "产品码", "产品码")
    kinds = Join(folder("k.csv", "类码,类\na,软\n"), "p.类码", "类码")
    one = matched(folder, products, kinds)["k"]
    assert (one.matched, one.blank, one.unmatched) == (2, 2, 1)


def test_keys_in_several_rows_are_counted_and_told(folder):
    products = Join(folder("p.csv", PRODUCTS + "7,又一个,a\n"), "产品码", "产品码")
    one = matched(folder, products)["p"]
    assert (one.rows, one.matched, one.double) == (5, 0, 1)
    assert [told.code for told in one.findings] == ["join.double_key"]


@pytest.mark.parametrize(("left", "right"), [("没有", "区码"), ("区码", "没有")])
def test_a_column_that_is_not_there_is_told_of_its_join_alone(folder, left, right):
    good = Join(folder("p.csv", PRODUCTS), "产品码", "产品码")
    found = matched(folder, good, Join(folder("r.csv", REGIONS), left, right))
    assert [told.code for told in found["r"].findings] == ["intake.column_missing"]
    assert found["p"].matched == 3
    assert found["p"].findings == ()


def test_one_name_for_two_tables_is_refused(folder):
    path = folder("p.csv", PRODUCTS)
    found = matched(folder, *[Join(path, "产品码", "产品码")] * 2)["p"]
    assert [told.code for told in found.findings] == ["join.alias_twice"]


def test_a_file_that_is_no_table_counts_nothing(folder):
    regions = Join(folder("r.csv", REGIONS), "区码", "区码")
    assert matched(folder, regions, facts=(FACTS, ""))["r"].rows == 5


@pytest.mark.parametrize(
    ("tables", "right", "pair"),
    [
        (
            {"facts": ["产品码", "区码"]},
            "名称,产品码\n平台,7\n终端,8\n",
            ("facts.产品码", "产品码"),
        ),
        ({"facts": ["区码", "员工"]}, "区码,员工\nE,1\nE,2\n", ("facts.员工", "员工")),
        ({"facts": ["区码"]}, "区码,类\nE,1\nE,2\n", ("facts.区码", "区码")),
        ({"facts": ["产品码"], "p": ["类码"]}, "类码,类\na,软\n", ("p.类码", "类码")),
        ({"facts": ["product key"]}, "Product_Key,x\n1,2\n", ("facts.product key", "Product_Key")),
        ({"facts": ["甲"]}, "乙,丙\n1,2\n", None),
    ],
)
def test_columns_of_one_name_are_guessed_keys_first(folder, tables, right, pair):
    assert guess_keys(tables, read_raw(folder("t.csv", right))) == pair
