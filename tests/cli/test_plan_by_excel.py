"""quotaloom plan send | collect | sent: workbooks out to people and back, told as a story."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.support.orders import yearly

MEASURES = """\
measure booked
  unit: 100
  name: 签约额
measure new_customers
  unit: 1
  money: no
  name: 新客户数
  counted_in: 家
"""
FACTS = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    FACTS.write_csv("订单.csv")
    words = ("--total", "1200万", "--year", 2027, "--by", "地区", "--by", "产品", "--unit", 100)
    assert command("decompose", "订单.csv", *words, "--out", "a.csv").code == 0
    assert command("plan", "new", "目标", "--from", "a.csv", "--unit", 100).code == 0


def sent(command, *words, to="下发"):
    run = command("plan", "send", "目标", "--to", to, "--each", "地区", *words)
    assert run.code == 0, run.err
    return run


def typed(path, value, cell="F8"):
    """A figure typed into the workbook, as openpyxl saves it."""
    book = openpyxl.load_workbook(path)
    assert not book.worksheets[0][cell].protection.locked
    book.worksheets[0][cell].value = value
    book.save(path)


def whole(command):
    run = command("plan", "show", "目标", "--json")
    nodes = json.loads(run.out)["nodes"]
    return {one["name"]: int(one["totals"]["year"]) for one in nodes}


def test_each_region_gets_its_own_and_what_came_back_is_counted(command):
    before = whole(command)
    run = sent(command, "--unit", "万", "--due", "2999-01-01")
    assert "华东.xlsx" in run.out
    assert {one.name for one in Path("下发").iterdir()} == {"华东.xlsx", "西北.xlsx"}
    assert "0/2" in command("plan", "sent", "目标").out
    typed("下发/华东.xlsx", 10)
    preview = command("plan", "collect", "目标", "下发", "--preview")
    assert (preview.code, "将修改 1 处" in preview.out) == (0, True)
    assert whole(command) == before
    done = command("plan", "collect", "目标", "下发", "--by", "ops")
    assert done.code == 0, done.err
    assert "已采纳 1 处（第 1 次修改）" in done.out
    assert "没有修改" in done.out
    after = whole(command)
    assert after["合计"] == after["华东"] + after["西北"] != before["合计"]
    assert "已采纳 2/2" in command("plan", "sent", "目标").out
    again = command("plan", "collect", "目标", "下发")
    assert (again.code, "重复交回" in again.out) == (0, True)
    assert command("plan", "undo", "目标", "--by", "ops").code == 0
    assert whole(command) == before
    assert "已采纳 1/2" in command("plan", "sent", "目标").out
    assert "已采纳 1 处（第 3 次修改）" in command("plan", "collect", "目标", "下发/华东.xlsx").out


def test_a_workbook_may_have_a_sheet_for_each_measure(command):
    Path("指标.txt").write_text(MEASURES, encoding="utf-8")
    words = ("--from", "a.csv", "--unit", 100, "--measures", "指标.txt")
    assert command("plan", "new", "多指标", *words).code == 0
    asked = ("--measure", "booked", "--measure", "new_customers", "--lang", "zh")
    assert command("plan", "send", "多指标", "--to", "全部.xlsx", *asked).code == 0
    book = openpyxl.load_workbook("全部.xlsx")
    assert (book.sheetnames, book["新客户数"]["B2"].value[:4]) == (
        ["签约额", "新客户数", "说明"],
        "单位：家",
    )
    book["签约额"]["F8"], book["新客户数"]["F8"] = 7000, 3
    book.save("全部.xlsx")
    done = command("plan", "collect", "多指标", "全部.xlsx", "--by", "ops")
    assert "已采纳 2 处（第 2 次修改）" in done.out, done.err
    assert "重复交回" in command("plan", "collect", "多指标", "全部.xlsx").out
    assert command("plan", "undo", "多指标", "--by", "ops").code == 0
    shown = json.loads(command("plan", "show", "多指标", "--at", "new_customers/", "--json").out)
    assert shown["nodes"][0]["totals"]["year"] == "0"
    refused = command("plan", "send", "多指标", "--to", "x.xlsx", "--measure", "margin")
    assert (refused.code, "margin" in refused.err) == (2, True)


def test_a_file_that_is_behind_waits_for_a_choice(command):
    sent(command, "--unit", "元")
    typed("下发/西北.xlsx", 7000, "F7")
    assert command("plan", "apply", "目标", "-e", "scale 地区=西北: +10%", "--by", "li").code == 0
    behind = command("plan", "collect", "目标", "下发/西北.xlsx")
    assert (behind.code, "两边都改过" in behind.out) == (3, True)
    theirs = command("plan", "collect", "目标", "下发/西北.xlsx", "--theirs")
    assert "没有修改" in theirs.out
    mine = command("plan", "collect", "目标", "下发/西北.xlsx", "--mine")
    assert "已采纳 1 处" in mine.out


def test_what_is_wrong_is_told_by_its_cell_and_nothing_is_written(command):
    sent(command)
    before = whole(command)
    typed("下发/华东.xlsx", "很多")
    run = command("plan", "collect", "目标", "下发/华东.xlsx")
    assert run.code == 3
    for part in ("华东.xlsx", "工作表「华东」", "第8行", "F列「2027-01」", "「很多」"):
        assert part in run.err
    assert whole(command) == before


def test_what_is_not_back_in_time_is_late(command):
    sent(command, "--due", "2020-01-01")
    run = command("plan", "sent", "目标")
    assert run.out.count("✗ 逾期未交") == 2
    assert "2020-01-01 前交回" in run.out


def test_a_strange_file_is_refused_and_the_others_are_taken(command):
    sent(command)
    typed("下发/华东.xlsx", 7000)
    openpyxl.Workbook().save("下发/私人.xlsx")
    Path("下发/假.xlsx").write_bytes(b"PK\x03\x04 nothing")
    run = command("plan", "collect", "目标", "下发", "--lang", "en")
    assert run.code == 3
    assert "1 cells taken" in run.out
    assert run.out.count("✗ refused") == 2
    assert "no stamp in this file" in run.err


def test_a_workbook_of_another_plan_is_not_taken(command):
    assert command("plan", "new", "另一份", "--from", "a.csv", "--unit", 100).code == 0
    assert command("plan", "send", "另一份", "--to", "全部.xlsx").code == 0
    run = command("plan", "collect", "目标", "全部.xlsx")
    assert (run.code, "属于另一份计划“另一份”" in run.err) == (3, True)


def test_a_workbook_that_was_never_noted_is_not_taken(command):
    sent(command)
    for record in Path("目标.plan/handouts").iterdir():
        record.unlink()
    run = command("plan", "collect", "目标", "下发/华东.xlsx")
    assert (run.code, "没有下发过" in run.err) == (3, True)


@pytest.mark.parametrize("words", [("--to", "全部.csv"), ("--to", "下发", "--each", "城市")])
def test_where_and_for_whom_must_be_known(command, words):
    run = command("plan", "send", "目标", *words)
    assert run.code in (2, 3)
    assert run.err
    assert "还没有下发过" in command("plan", "sent", "目标").err
