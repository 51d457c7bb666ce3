"""Wishes as people type them, and names that hold the signs of the grammar."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotaloom.core.allocation.wish_text import (
    NodeText,
    parse_node,
    parse_wish,
    quoted,
    split_marks,
    unquoted,
)
from quotaloom.core.model.errors import UsageRefused

ALL = (">=", "<=", "=")
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)


@pytest.mark.parametrize(
    ("text", "nodes", "amount"),
    [
        ("地区=华东:1.5亿", [("地区", "华东")], 150_000_000),
        ("地区=华东：1.5亿", [("地区", "华东")], 150_000_000),
        ("地区＝华东:350万元", [("地区", "华东")], 3_500_000),
        (" 地区 = 华东 : 1,234.50 ", [("地区", "华东")], Fraction("1234.5")),
        ("地区=华东>上海:800万", [("地区", "华东", "上海")], 8_000_000),
        ("2027Q4:5", [(None, "2027Q4")], 5),
        ("地区=华东&2027Q4:5", [("地区", "华东"), (None, "2027Q4")], 5),
        ("地区=华东&产品=云&2027Q4:5", [("地区", "华东"), ("产品", "云"), (None, "2027Q4")], 5),
        ('地区="华东:沿海":5', [("地区", "华东:沿海")], 5),
        ('"A:B"="C>D&E=F":5', [("A:B", "C>D&E=F")], 5),
        ('产品="12"" 屏":5', [("产品", '12" 屏')], 5),
        ('地区="华东>上海">浦东:5', [("地区", "华东>上海", "浦东")], 5),
        ("产品=A/B:5", [("产品", "A/B")], 5),
        ("人员=NA:5", [("人员", "NA")], 5),
        ("地区=华东:=5", [("地区", "华东")], 5),
    ],
)
def test_a_wish_is_read(text, nodes, amount):
    wish = parse_wish(text)
    assert [(node.header, *node.path) for node in wish.nodes] == nodes
    assert (wish.relation, wish.amount, wish.share, wish.text) == ("=", amount, None, text)


@pytest.mark.parametrize(
    ("text", "share"), [("Q4:35%", "7/20"), ("Q4:35％", "7/20"), ("Q4:0.5 %", "1/200")]
)
def test_a_share_is_read(text, share):
    wish = parse_wish(text)
    assert (wish.amount, wish.share) == (None, Fraction(share))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("地区=西北:>=300万", ">="),
        ("地区=西北:≥300万", ">="),
        ("地区=西北: ＞＝ 300万", ">="),
        ("地区=西北:<=300万", "<="),
        ("地区=西北:≤300万", "<="),
        ("地区=西北:＜＝300万", "<="),
        ("地区=西北:300万", "="),
    ],
)
def test_a_relation_is_read(text, relation):
    wish = parse_wish(text, relations=ALL)
    assert (wish.relation, wish.amount) == (relation, 3_000_000)


def test_a_currency_is_kept():
    assert parse_wish("地区=华东:5万美元").currency == "USD"


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "地区=华东",
        "地区=华东:",
        ":5",
        "=华东:5",
        "地区=:5",
        "地区=华东>:5",
        "地区=华东=上海:5",
        "地区=华东:沿海:5",
        "地区=华东&:5",
        "&地区=华东:5",
        '地区="华东:5',
        '地区=华"东":5',
        '地区="华"东":5',
        '地区="":5',
        "地区=西北:>=300万",
    ],
)
def test_what_is_no_wish_is_refused_and_shown(text):
    with pytest.raises(UsageRefused) as refusal:
        parse_wish(text)
    (finding,) = refusal.value.findings
    assert finding.code == "wish.unreadable"
    assert finding.subject in text


def test_a_long_text_is_shown_in_part():
    with pytest.raises(UsageRefused) as refusal:
        parse_wish("x" * 5000)
    assert len(refusal.value.findings[0].subject) == 121


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("地区=华东:1_000", "amount.underscore"),
        ("地区=华东:1e5", "amount.exponent"),
        ("地区=华东:>300万", "amount.unreadable"),
        ("地区=华东:-5%", "share.unreadable"),
        ("地区=华东:abc%", "share.unreadable"),
    ],
)
def test_an_amount_that_is_none_says_why(text, code):
    with pytest.raises(UsageRefused) as refusal:
        parse_wish(text)
    assert refusal.value.findings[0].code == code


@given(header=NAMES, path=st.lists(NAMES, min_size=1, max_size=3), period=NAMES)
def test_any_name_can_be_typed_in_quotes(header, path, period):
    names = [name for name in (header, *path, period) if name.strip()]
    if len(names) < len(path) + 2:
        return
    text = f"{quoted(header)}={'>'.join(map(quoted, path))}&{quoted(period)}:5"
    assert parse_wish(text).nodes == (NodeText(header, tuple(path)), NodeText(None, (period,)))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(UsageRefused):
        assert parse_wish(text, relations=ALL).text == text


@pytest.mark.parametrize("name", ["华东", "A B", "A-B", "NA", "007", "甲（乙）"])
def test_a_plain_name_needs_no_quotes(name):
    assert quoted(name) == name


@pytest.mark.parametrize("name", ["a:b", "a：b", "a>b", "a/b", "a=b", "a&b", 'a"b', " a", "a|b"])
def test_a_name_with_a_sign_is_quoted_and_comes_back(name):
    assert quoted(name).startswith('"')
    assert unquoted(quoted(name)) == name
    assert parse_node(quoted(name)).path == (name,)


def test_marks_in_quotes_do_not_cut():
    assert split_marks('a>"b>c">d', ">") == ["a", '"b>c"', "d"]
