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
    assert cells[-3][0] == "回款（含税）"
    lines = list(book.worksheets[2].iter_rows(min_row=2, values_only=True))
    assert sum(row[5] for row in lines if row[1].startswith("开票")) == pytest.approx(1_735_399.99)


def test_english_and_what_cannot_be_written(command, home):
    run = command("books", "2026", "--home", home, "--lang", "en")
    assert "less backlog at the end" in run.out
    assert command("books", "2026", "--home", home, "--out", "x.pdf").code == 2
