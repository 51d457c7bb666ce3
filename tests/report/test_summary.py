"""The summary on a terminal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.findings import error, info, warning
from quotaloom.report.summary import rate, summary
from quotaloom.report.summary_table import columns_of_text
from tests.support.decompositions import Shape, decomposition, from_leaves

LEAVES = pl.DataFrame(
    [
        (period, region, amount, amount * 10**6)
        for period, amount in (("2027Q1", 15), ("2027Q2", 20), ("2027Q3", 30), ("2027Q4", 35))
        for region in ("华东", "North")
        if region == "华东" or period == "2027Q4"
    ],
    schema=["period", "地区", "basis", "quota"],
    orient="row",
)
SMALL = from_leaves(
    LEAVES,
    (("地区", ("地区",)),),
    Shape(kind="quarter"),
    findings=(),
    checks=(Check("check.nodes", 2, 0, {"hierarchy": "地区"}), Check("check.total", 1, 0)),
)


def test_the_whole_summary():
    assert summary(SMALL, "zh", 60) == (
        "2027  目标总额 1,350,000 元   去年 1,215,000   增长 +11.1%\n"
        "  最末级指标数 5\n"
        "\n"
        "按地区  指标 (元)   占比    增长\n"
        "华东    1,000,000  74.1%  +11.1%  ██████████████████████████\n"
        "North     350,000  25.9%  +11.1%  █████████\n"
        "\n"
        "按期间  指标 (元)   占比\n"
        "2027Q1    150,000  11.1%  ███████▎\n"
        "2027Q2    200,000  14.8%  █████████▋\n"
        "2027Q3    300,000  22.2%  ██████████████▌\n"
        "2027Q4    700,000  51.9%  ██████████████████████████████████\n"
        "\n"
        "✓ Σ 叶子 = 节点，共核对 2 个节点\n"
    )


def test_english_words():
    text = summary(SMALL, "en", 60)
    assert text.startswith("2027  Total target 1,350,000 CNY   Last year")
    assert "✓ Σ leaves = node for 2 nodes" in text


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    width=st.integers(40, 160),
    lang=st.sampled_from(["zh", "en"]),
    by=st.sampled_from([(), ("人员",), ("地区", "产品线")]),
)
def test_no_line_is_wider_than_the_terminal(seed, width, lang, by):
    text = summary(decomposition(seed, Shape(by=by, largest=500)), lang, width)
    assert max(columns_of_text(line) for line in text.splitlines()) <= width


def test_findings_are_sentences_with_their_marks():
    found = (error("a.b"), warning("recheck.sheet_missing", "甲"), info("c.d"))
    text = summary(replace(SMALL, findings=found), "zh", 100)
    assert "\n✗ a.b\n! 工作表「甲」不见了" in text
    assert "\n· c.d\n" in text


def test_a_failed_check_is_seen():
    failed = replace(SMALL, checks=(Check("check.nodes", 2, 1, {"hierarchy": "地区"}),))
    assert "✗ Σ 叶子 = 节点" in summary(failed, "zh", 60)


def test_kept_wishes_are_counted():
    checks = (*SMALL.checks, Check("check.fix", 2, 0), Check("check.bound", 1, 1))
    lines = summary(replace(SMALL, checks=(*checks, Check("check.hold", 0, 0))), "zh", 60)
    assert "个节点\n✓ 2 个固定合计精确达到\n✗ 1 个上下限得到遵守\n" in lines
    assert "锁定" not in lines


def test_many_findings_of_a_kind_are_counted():
    left = [warning("roster.left", f"P{at}", tuples=at) for at in range(9)]
    found = (*left, info("c.d"))
    lines = summary(replace(SMALL, findings=found), "zh", 100).splitlines()
    said = [line for line in lines if line.startswith("!")]
    assert [line[:4] for line in said] == ["! 「P", "! 「P", "! 「P", "! …同"]
    assert "还有 6 条" in said[-1]
    assert lines[-1] == "· c.d"
    few = summary(replace(SMALL, findings=tuple(left[:4])), "zh", 100)
    assert "还有" not in few


def test_many_members_are_cut_to_the_largest():
    names = [f"M{at:02}" for at in range(30)]
    frame = pl.DataFrame(
        {"period": ["2027"] * 30, "m": names, "basis": [0] * 30, "quota": range(100, 3100, 100)}
    )
    plan = from_leaves(frame, (("m", ("m",)),), Shape(kind="year"), findings=(), margins=())
    lines = summary(plan, "zh", 100).splitlines()
    assert [line.split()[0] for line in lines[2:5]] == ["按m", "M29", "M28"]
    assert lines[14].startswith("其他 19 个")
    assert lines[15] == ""


@pytest.mark.parametrize(
    ("growing", "text"),
    [
        (None, "—"),
        (Fraction(1, 9), "+11.1%"),
        (Fraction(-1, 9), "-11.1%"),
        (Fraction(5, 10_000), "+0.1%"),
        (Fraction(-4, 10_000), "+0.0%"),
        (Fraction(12), "+1,200.0%"),
    ],
)
def test_growth_is_rounded_half_up(growing, text):
    assert rate(growing) == text
