"""quotaloom books: the bridge, the differences with their lines, and the workbook."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.warehouse.batches.shelf import Shelf


@pytest.fixture
def home(tmp_path):
    import_books(tmp_path, Shelf(tmp_path / "home" / "facts"), author="x")
    return str(tmp_path / "home")


def test_the_command_tells_shows_and_writes(command, home, tmp_path):
    out = tmp_path / "对账.xlsx"
    run = command("books", "2026", "--by", "region", "--home", home, "--out", str(out))
    assert run.code == 0
    assert "✓ 每一步都对得上" in run.out
    assert "HK-7 HT-B 408,750.00  对账_回款.csv:8" in run.out
    book = load_workbook(out)
    cells = [[one.value for one in row] for row in book.worksheets[0].iter_rows(min_row=4)]
    assert cells[2][:2] == ["签约（不含税）", "=+B4-B5"]
    assert cells[13][0] == "回款（含税）"
    lines = list(book.worksheets[2].iter_rows(min_row=2, values_only=True))
    assert sum(row[5] for row in lines if row[1].startswith("开票")) == pytest.approx(1_735_399.99)


def test_one_region_one_contract_and_a_line_for_each(command, home, tmp_path):
    run = command("books", "2026", "--region", "华北", "--home", home)
    assert run.code == 0
    assert "范围：华北" in run.out
    assert "612,150.00" in run.out
    assert "1,658,150.00" not in run.out
    assert "控制数不能与部分相比" in run.out
    out = tmp_path / "北.xlsx"
    asked = ("--region", "华北", "--by", "contract", "--out", str(out))
    run = command("books", "2026", *asked, "--home", home)
    assert [line.split()[0] for line in run.out.splitlines() if line.startswith("HT-")] == [
        "HT-B",
        "HT-D",
    ]
    rows = list(load_workbook(out)["逐合同"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["合同", "HT-B", "HT-D", "合计"]
    assert rows[1][3] == "=+B2-C2"
    assert rows[3][14] == "=SUM(O2:O3)"
    assert "HT-D" in command("books", "2026", "--contract", "HT-D", "--home", home).out
    for wrong in (("--region", "华中"), ("--contract", "HT-Z")):
        assert command("books", "2026", *wrong, "--home", home).code == 3


def test_english_and_what_cannot_be_written(command, home):
    run = command("books", "2026", "--home", home, "--lang", "en")
    assert "less backlog at the end" in run.out
    assert command("books", "2026", "--home", home, "--out", "x.pdf").code == 2
