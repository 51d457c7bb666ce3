"""quotaloom import, batches and undo, and tracking a dataset that was imported."""

from __future__ import annotations

import json

import pytest

SALES = "日期,大区,销售人员,金额\n2026-01-15,华东,李雷,1500000\n2026-02-01,华北,韩梅,300000\n"
QUOTAS = "销售人员,日期,目标\n李雷,2026-01-01,1000000\n韩梅,2026-01-01,1000000\n"
TRACKED = ("track", "@booked", "--quota", "目标.csv", "--by", "大区>销售人员", "--json")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTALOOM_HOME", raising=False)
    (tmp_path / "业绩.csv").write_text(SALES, encoding="utf-8")
    (tmp_path / "目标.csv").write_text(QUOTAS, encoding="utf-8")
    return tmp_path


def test_what_was_imported_is_tracked_as_the_file_is(command):
    run = command("import", "业绩.csv", "--into", "booked", "--as", "li")
    assert run.code == 0
    assert "已导入 booked，第 1 批，2 行" in run.out
    nodes = json.loads(command(*TRACKED).out)["nodes"]
    plain = [*TRACKED]
    plain[1] = "业绩.csv"
    assert nodes == json.loads(command(*plain).out)["nodes"]


def test_batches_are_listed_and_taken_back(command):
    command("import", "业绩.csv", "--into", "booked", "--as", "li")
    assert "业绩.csv  li  生效" in command("batches").out
    assert command("batches", "invoiced").out.strip() == "还没有批次"
    assert "第 1 批" in command("undo", "1", "--as", "li").out
    assert "in force" not in command("batches", "--lang", "en").out
    assert "undone" in command("batches", "--lang", "en").out
    run = command(*TRACKED)
    assert run.code == 3
    assert "没有数据" in run.err


@pytest.mark.parametrize("number", ["1", "99"])
def test_only_a_batch_in_force_is_taken_back(command, number):
    command("import", "业绩.csv", "--into", "booked", "--as", "li")
    command("undo", "1", "--as", "li")
    run = command("undo", number, "--as", "li")
    assert run.code == 3
    assert "✗" in run.err


def test_a_look_says_what_it_would_do(command, folder):
    run = command("import", "业绩.csv", "--into", "booked", "--look", "--lang", "en")
    assert "2 new rows" in run.out
    assert "nothing was imported" in run.out
    assert not (folder / "quotaloom-data" / "facts" / "log.jsonl").exists()
