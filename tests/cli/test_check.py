"""quotaloom check: an output re-read, also after a person edited it."""

from __future__ import annotations

import polars as pl
import pytest

from tests.support.orders import yearly

FACTS = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    FACTS.write_csv("订单.csv")
    words = ("--total", "1200万", "--year", 2027, "--by", "地区", "--by", "产品", "--unit", 100)
    outputs = ("--out", "a.xlsx", "--out", "a.csv", "--out", "a.parquet")
    assert command("decompose", "订单.csv", *words, *outputs).code == 0
    return tmp_path


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.parquet"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_output_as_it_was_written_holds(command, name, lang):
    run = command("check", name, "--lang", lang)
    assert run.code == 0
    assert "✗" not in run.out + run.err
    assert run.out.startswith("✓ ")


def test_an_edited_workbook_is_named_sum_by_sum(command):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook("a.xlsx", data_only=True)
    cells = [cell for row in book["目标分解"].iter_rows() for cell in row]
    changed = next(cell for cell in cells if cell.value == 9_600_000)  # 华东, the whole year
    changed.value = changed.value + 1_000_000
    book.save("b.xlsx")
    run = command("check", "b.xlsx")
    assert run.code == 4
    assert changed.coordinate in run.err
    assert "目标分解" in run.err
    assert "华东" in run.err


def test_an_edited_parquet_no_longer_adds_up(command):
    frame = pl.read_parquet("a.parquet")
    meta = pl.read_parquet_metadata("a.parquet")
    frame = frame.with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(pl.col("quota") + 7).otherwise(pl.col("quota"))
        .cast(frame.schema["quota"]).alias("quota")
    )  # fmt: skip
    told = {key: value for key, value in meta.items() if key == "quotaloom"}
    frame.write_parquet("b.parquet", metadata=told)
    run = command("check", "b.parquet")
    assert run.code == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [("没有.xlsx", None), ("x.csv", "a,b\n1,2\n"), ("y.xlsx", "not a workbook"), ("z.csv", "")],
)
def test_what_is_no_output_is_refused(command, folder, name, text):
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    run = command("check", name)
    assert run.code in (2, 3)
    assert "✗ " in run.err
    assert run.out == ""


def test_a_folder_is_refused(command):
    assert command("check", ".").code in (2, 3)
