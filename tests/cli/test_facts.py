"""quotaloom import, batches and undo, and tracking a dataset that was imported."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

SALES = "日期,大区,销售人员,金额\n2026-01-15,华东,李雷,1500000\n2026-02-01,华北,韩梅,300000\n"
QUOTAS = "销售人员,日期,目标\n李雷,2026-01-01,1000000\n韩梅,2026-01-01,1000000\n"
TRACKED = ("track", "@booked", "--quota", "目标.csv", "--by", "大区>销售人员", "--json")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
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


INVOICES = "发票号,开票日期,开票金额,大区\nF1,2026-01-05,113,华冬\nF2,2026-02-05,226,华东\n"


@pytest.fixture
def invoices(folder):
    (folder / "开票.csv").write_text(INVOICES, encoding="utf-8")
    (folder / "大区.csv").write_text("大区\n华东\n华北\n", encoding="utf-8")
    return ("import", "开票.csv", "--into", "invoices", "--as", "li")


def test_names_that_nobody_knows_are_resolved_later(command, invoices):
    command(*invoices, "--members", "region=大区.csv")
    assert "region  华冬  1 行  113 元" in command("unresolved", "invoices").out
    run = command("unresolved", "invoices", "华冬=华东", "--column", "region", "--as", "li")
    assert "已归属 1 个名称" in run.out
    assert "没有待归属的名称" in command("unresolved", "invoices").out


def test_a_refused_file_comes_back_with_its_faults_marked(command, invoices, folder):
    (folder / "开票.csv").write_text(INVOICES.replace("226", "两百"), encoding="utf-8")
    run = command(*invoices, "--annotated", "标注.xlsx")
    assert run.code == 3
    assert "第3行 C列「开票金额」" in run.err
    sheet = load_workbook(folder / "标注.xlsx").worksheets[0]
    assert sheet["C3"].value == "两百"
    assert sheet["C3"].comment is not None
    assert "还没有批次" in command("batches").out


def test_valid_rows_are_taken_alone_where_that_was_asked(command, invoices, folder):
    (folder / "开票.csv").write_text(INVOICES.replace("226", "两百"), encoding="utf-8")
    run = command(*invoices, "--valid-only", "--annotated", "标注.xlsx")
    assert run.code == 0
    assert "第3行 C列「开票金额」" in run.out
    assert "1 行有错误（共 1 处），没有导入" in run.out
    assert "第 1 批，1 行" in run.out
    assert load_workbook(folder / "标注.xlsx").worksheets[0]["C3"].comment is not None


def test_a_watched_folder_sorts_what_came(command, folder):
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "好.csv").write_text(INVOICES, encoding="utf-8")
    (inbox / "坏.csv").write_text(INVOICES.replace("113", "x"), encoding="utf-8")
    (inbox / "~坏.csv").write_text("", encoding="utf-8")
    run = command("import", "--watch", "inbox", "--once", "--into", "invoices", "--as", "li")
    assert run.code == 0
    assert "已导入 invoices，第 1 批，2 行" in run.out
    left = sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*.*"))
    assert left == ["done/好.csv", "refused/坏.csv", "refused/坏.csv.xlsx", "~坏.csv"]


def test_what_is_closed_can_only_be_compensated(command, invoices):
    command(*invoices, "--append")
    assert "已关账" in command("batches", "invoices", "--close", "--as", "li").out
    assert "--compensate" in command("undo", "1", "--as", "li").err
    assert "第 3 批" in command("undo", "1", "--compensate", "--as", "li").out
