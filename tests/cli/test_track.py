"""quotaloom track: the table, the csv, JSON, and what it refuses."""

from __future__ import annotations

import json

import polars as pl
import pytest

SALES = """日期,大区,销售人员,金额
2026-01-15,华东,李雷,1500000
2026-02-01,华北,韩梅,300000
"""
QUOTAS = "销售人员,日期,目标\n李雷,2026-01-01,1000000\n韩梅,2026-01-01,1000000\n"
ASKED = ("track", "业绩.csv", "--quota", "目标.csv", "--by", "大区>销售人员")
PACED = (*ASKED, "--year", "2026", "--as-of", "2026-06-30")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "业绩.csv").write_text(SALES, encoding="utf-8")
    (tmp_path / "目标.csv").write_text(QUOTAS, encoding="utf-8")
    return tmp_path


def test_the_table_shows_pace_and_what_a_green_total_hides(command):
    run = command(*PACED)
    assert run.code == 0
    assert "时间进度" in run.out
    assert "合计为绿，但下列各处落后：华北, 华北/韩梅" in run.out
    lines = {line.split()[0]: line for line in run.out.splitlines() if line.strip()}
    assert "90.00 %" in lines["合计"]
    assert "●" in lines["合计"]
    assert "30.00 %" in lines["韩梅"]
    assert "▲" in lines["韩梅"]


def test_english_says_the_same(command):
    run = command(*PACED, "--lang", "en")
    assert "the total is green, yet these are behind" in run.out
    assert "attainment" in run.out


def test_json_and_csv_hold_every_node_and_period(command, folder):
    run = command(*ASKED, "--json", "--out", "达成.csv")
    told = json.loads(run.out)
    whole = {tuple(one["path"]): one for one in told["nodes"] if not one["period"]}
    assert whole[()]["credit"] == 1_800_000
    assert whole[()]["attainment"] == 0.9
    assert whole["华北", "韩梅"]["attainment"] == 0.3
    table = pl.read_csv(folder / "达成.csv")
    assert table.height == len(told["nodes"]) == 10
    assert set(table["period"]) == {"", "2026Q1"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--as-of", "31.6."), 2),
        (("--out", "x.xlsx"), 2),
        (("--quota", "missing.csv"), 3),
        (("--year", "2031"), 3),
    ],
)
def test_it_refuses_and_writes_nothing(command, folder, words, code):
    run = command(*ASKED, *words)
    assert run.code == code
    assert "✗" in run.err
    assert sorted(path.name for path in folder.iterdir()) == ["业绩.csv", "目标.csv"]
