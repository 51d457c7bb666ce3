"""A plan begun and aimed by rules: customers, recognition of revenue, classes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

MONTHS = [f"2027-{month:02}" for month in range(1, 13)]
LEAVES = {("东", "订阅"): 120, ("东", "授权"): 50, ("东", "方案"): 60, ("西", "运维"): 24}
RULES = """\
# 存量与新客户
clientele 大区=东
  base: 2000
  retention: 90%
  expansion: 10%
  first_deal: 90
clientele 大区=西
  base: 1000
  retention: 100%
  first_deal: 100
recognition 收入类型=订阅
  pattern: monthly
  months: 12
recognition 收入类型=授权
  pattern: 时点
recognition 收入类型=方案
  pattern: milestones
  milestones: 0=30, 3=40, 6=30
recognition 收入类型=运维
  pattern: over_time
  months: 6
"""
CLASSES = """\
aim 大区=东
  class: core
  base: 2500
  market: +4%
aim 大区=西
  class: 空白
  logos: 3
  first_deal: 100
aim 收入类型=授权
  class: cow
  margin: 300
  collected: 550
aim 收入类型=方案
  class: question
  stock: 400
  cut: 25%
  iterations: 2
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [f"{month},{one},{two},{n}\n" for (one, two), n in LEAVES.items() for month in MONTHS]
    Path("签约.csv").write_text("period,大区,收入类型,quota\n" + "".join(rows))
    Path("规则.txt").write_text(RULES)
    Path("分类.txt").write_text(CLASSES)


def new(command, *words):
    return command("plan", "new", "P", "--from", "签约.csv", *words)


def shown(command, at, axis):
    run = command("plan", "show", "P", "--at", at, "--axis", axis, "--json")
    assert run.code == 0, run.err
    nodes = json.loads(run.out)["nodes"]
    return {one["name"] or "合计": next(reversed(one["totals"].values())) for one in nodes}


def test_a_plan_begins_with_existing_and_new_customers(command):  # F15
    run = new(command, "--rules", "规则.txt")
    assert run.code == 0, run.err
    # 东: 2,760 = 2,000 × 90 % × 110 % + 780, in 9 first deals of 90; 西: 288 are all kept
    assert shown(command, "大区=东 & booked/", "客户") == {
        "合计": "2760",
        "存量客户": "1980",
        "新客户": "780",
    }
    assert shown(command, "大区=西 & booked/", "客户")["新客户"] == "0"
    assert shown(command, "new_customers/", "大区") == {"合计": "9", "东": "9", "西": "0"}


def test_each_kind_of_revenue_is_recognised_in_its_own_way(command):  # F10
    Path("规则.txt").write_text(RULES[RULES.index("recognition") :])
    run = new(command, "--rules", "规则.txt")
    assert run.code == 0, run.err
    assert shown(command, "2027Q1 & recognised/", "收入类型") == {
        "合计": "276",
        "授权": "150",  # as booked
        "方案": "54",  # 30 % of three months
        "订阅": "60",  # a twelfth of 120 from its month on: 10 + 20 + 30
        "运维": "12",  # a sixth of 24 from the month after on: 0 + 4 + 8
    }
    assert shown(command, "recognised/", "收入类型") == {
        "合计": "2124",
        "授权": "600",
        "方案": "540",  # 12 × 18 + 9 × 24 + 6 × 18
        "订阅": "780",
        "运维": "204",
    }
    for kind, later in {"订阅": 660, "方案": 180, "运维": 84}.items():
        assert f"收入类型={kind}：{later} 元在计划年度之后确认" in run.err
    assert "（ARR）1440 元" in run.err


def test_classes_become_edits_that_the_plan_takes(command):  # F12, F13
    listed = command("plan", "measures").out
    Path("目录.txt").write_text(listed)
    assert new(command, "--measures", "目录.txt").code == 0
    told = command("plan", "aim", "P", "分类.txt")
    assert told.code == 0, told.err
    assert "# 核心市场" in told.out
    assert "set 大区=东 & booked/issued: 2600\n" in told.out
    assert "set 大区=西 & new_customers/issued: 3\n" in told.out
    Path("修改.txt").write_text(told.out)
    assert command("plan", "apply", "P", "修改.txt").code == 0
    assert shown(command, "booked/", "大区") == {"合计": "2900", "东": "2600", "西": "300"}
    assert shown(command, "margin/", "收入类型")["授权"] == "300"
    assert shown(command, "2027-12 & inventory/", "收入类型")["方案"] == "300"
    assert shown(command, "iterations/", "收入类型")["方案"] == "2"


def test_a_measure_that_a_class_needs_must_be_in_the_plan(command):
    assert new(command).code == 0
    run = command("plan", "aim", "P", "分类.txt")
    assert run.code == 2
    for name in ("new_customers", "margin、collected", "inventory、iterations"):
        assert name in run.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("clientele 大区=北\n  base: 1\n  retention: 90%\n  first_deal: 1\n", "大区=北"),
        ("clientele 大区=东\n  base: 1\n  retention: 90%\n  first_deal: 1\n", "西"),
        ("clientele *\n  base: 1\n  retention: 190%\n  first_deal: 1\n", "retention"),
        ("clientele *\n  base: 1\n", "retention"),
        ("recognition *\n  pattern: monthly\n", "months"),
        ("recognition 2027Q1\n  pattern: point\n", "大区=华东"),
        ("recognition *\n  pattern: milestones\n  milestones: 3, 4\n", "0=30"),
        ("recognition *\n  pattern: monthly\n  months: 900\n", "120"),
        ("recognition *\n  pattern: 明天\n", "按月"),
        (CLASSES, "clientele"),
        ("client *\n", "clientele"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(command, text, told):
    Path("规则.txt").write_text(text)
    run = new(command, "--rules", "规则.txt")
    assert run.code in {2, 3}
    assert told in run.err
    assert not Path("P.plan").exists()


def test_an_amount_that_is_no_multiple_of_the_unit_is_refused(command):
    run = new(command, "--rules", "规则.txt", "--unit", 100)
    assert run.code == 3
    assert not Path("P.plan").exists()
