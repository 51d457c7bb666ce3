"""Columns found by the names people write, and recognised by the words of the field."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotaloom.core.model.findings import Finding
from quotaloom.warehouse.intake.aliases import AMOUNTS, DATES, DIMENSIONS, headline, plain
from quotaloom.warehouse.intake.columns import Heading, Shelves, recognise
from tests.support.office import codes, only, read, refusal

FACTS = ("订单日期", "销售额(万元)", "Sales  Region", "产品线", "客户 经理")


def find(name, *headers, **tables):
    return Shelves("a.csv", {"facts": headers or FACTS, **tables}).find(name)


@pytest.mark.parametrize(
    ("written", "header"),
    [
        ("产品线", "产品线"),
        ("產品線", "产品线"),
        ("sales region", "Sales  Region"),
        ("SalesRegion", "Sales  Region"),
        ("客户经理", "客户 经理"),
        ("销售额（万元）", "销售额(万元)"),
        ("facts.产品线", "产品线"),
    ],
)
def test_h37_names_are_found_exactly_then_loosely(written, header):
    assert find(written) == Heading("facts", header)


def test_an_exact_name_wins_over_a_loose_one():
    assert find("region", "Region", "region") == Heading("facts", "region")


def test_two_loose_names_are_refused():
    found = find("REGION", "Region", "re gion")
    assert found.code == "intake.column_ambiguous"
    assert found.params["choices"] == "facts.Region, facts.re gion"


def test_h38_a_missing_column_lists_what_there_is_and_the_three_nearest():
    found = find("产品")
    assert found.code == "intake.column_missing"
    assert found.params["found"] == ", ".join(FACTS)
    assert found.params["nearest"].split(", ")[0] == "产品线"
    assert len(found.params["nearest"].split(", ")) == 3


def test_a_column_of_two_tables_is_refused_with_its_qualified_names():
    found = find("Color", "Color", p=("Color", "Name"))
    assert found.params["choices"] == "facts.Color, p.Color"
    assert find("p.Color", "Color", p=("Color", "Name")) == Heading("p", "Color")
    assert find("p.color", "Color", p=("Color", "Name")) == Heading("p", "Color")


def test_a_header_with_a_dot_is_found_as_it_is_written():
    assert find("p.Color", "p.Color", p=("Color",)) == Heading("facts", "p.Color")


@pytest.mark.parametrize(
    ("headers", "tiers", "found"),
    [
        (("订单日期", "开票日期"), DATES, "订单日期"),
        (("OrderDate", "DueDate", "ShipDate", "OrderDateKey"), DATES, "OrderDate"),
        (("下單日期",), DATES, "下單日期"),
        (("月份",), DATES, "月份"),
        (("数量", "銷售額(萬元)"), AMOUNTS, "銷售額(萬元)"),
        (("Qty", "Sales Amount"), AMOUNTS, "Sales Amount"),
        (("close_value",), AMOUNTS, "close_value"),
        (("金额（元，含税）",), AMOUNTS, "金额（元，含税）"),
    ],
)
def test_roles_are_recognised_in_both_languages(headers, tiers, found):
    assert recognise(headers, tiers, flag="--date", file="a.csv") == found


def test_two_equal_candidates_are_refused_naming_the_flag():
    found = recognise(("签约金额", "回款金额"), AMOUNTS, flag="--amount", file="a.csv")
    assert (found.code, found.subject) == ("intake.column_unclear", "--amount")
    assert found.params["choices"] == "签约金额, 回款金额"


def test_no_candidate_is_refused_naming_the_flag_and_the_headers():
    found = recognise(("甲", "乙"), DATES, flag="--date", file="a.csv")
    assert isinstance(found, Finding)
    assert (found.subject, found.params["found"]) == ("--date", "甲, 乙")


@pytest.mark.parametrize(
    ("header", "name", "factor"),
    [
        ("销售额(万元)", "销售额", 10_000),
        ("金额（单位：千元）", "金额", 1_000),
        ("金额_万", "金额", 10_000),
        ("Sales ($M)", "sales", 10**6),
        ("Revenue in thousand", "revenue", 1_000),
        ("GDP(亿元)", "gdp", 10**8),
        ("金额(分)", "金额", Fraction(1, 100)),
        ("Item", "item", 1),
        ("单元", "单元", 1),
        ("(万元)", "(万元)", 1),
    ],
)
def test_h43_units_in_headers(header, name, factor):
    assert (headline(header).name, headline(header).factor) == (name, factor)


def test_the_vocabulary_is_in_plain_form_and_no_word_has_two_roles():
    roles = [*DATES, *AMOUNTS, *DIMENSIONS]
    words = [word for tier in roles for word in tier]
    assert all(plain(word) == word for word in words)
    assert len(words) == len(set(words))


def test_what_was_recognised_is_told(tmp_path):
    facts = read(tmp_path, "下单日期,大区,客户,数量,金额\n2025-01-01,华东,甲,1,5")
    assert facts.chosen == {"date": "下单日期", "amount": "金额", "大区": "大区", "客户": "客户"}
    assert facts.candidates == ("大区", "客户")
    told = [(one.subject, one.params["header"]) for one in facts.findings]
    assert told == [("--date", "下单日期"), ("--amount", "金额")]


def test_what_was_named_is_not_told_again(tmp_path):
    text = "a,b,c\n2025-01-01,5,华东"
    facts = read(tmp_path, text, date="a", amount="b", columns=("c",))
    assert facts.findings == ()
    assert facts.frame.columns == ["date", "amount", "c"]


def test_columns_keep_the_name_that_was_written(tmp_path):
    facts = read(tmp_path, "日期,金额,產品線\n2025-01-01,5,A", columns=("产品线",))
    assert facts.frame.columns == ["date", "amount", "产品线"]
    assert facts.chosen["产品线"] == "產品線"


def test_all_missing_columns_are_refused_at_once(tmp_path):
    found = refusal(tmp_path, "甲,乙\n1,2", columns=("丙", "丁"))
    assert codes(found) == [
        "intake.column_unknown",
        "intake.column_unknown",
        "intake.column_missing",
        "intake.column_missing",
    ]


def test_a_dimension_cannot_take_the_name_of_a_result_column(tmp_path):
    found = refusal(
        tmp_path, "day,sum,date\n2025-01-01,5,x", date="day", amount="sum", columns=("date",)
    )
    assert only(found, "intake.column_reserved").subject == "date"
