"""Large files are read whole; how fast is the benchmarks' business."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom.warehouse.intake.raw import read_raw
from tests.support.counts import examples
from tests.warehouse.hostile import xlsx


@pytest.mark.heavy
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_million_lines_of_csv_keep_their_line_numbers(tmp_path, quote):
    count = examples(1_000_000)
    path = tmp_path / "orders.csv"
    row = f"2026-{{:02d}}-{{:02d}},{quote}华东大区{{}}{quote},产品线{{}},{{}}.{{:02d}},客户{{}}\n"
    with path.open("w") as file:
        file.write("日期,地区,产品,金额,客户\n")
        file.writelines(
            row.format(at % 12 + 1, at % 28 + 1, at % 7, at % 13, at, at % 100, at % 5000)
            for at in range(count)
        )
    table = read_raw(path)
    assert table.frame.height == count
    assert int(table.rows[-1]) == count + 1


@pytest.mark.heavy
def test_two_hundred_thousand_rows_of_xlsx_are_all_read(tmp_path):
    count = examples(200_000)
    shared = [xlsx.Raw(f'<c r="{{at}}" t="s"><v>{at % 2}</v></c>') for at in range(6)]
    rows = [[xlsx.number(45000 + at % 900, 1), *shared, at, at / 7, at] for at in range(count)]
    head = ["日期", *"甲乙丙丁戊己", "数量", "金额", "编号"]
    path = tmp_path / "orders.xlsx"
    path.write_bytes(xlsx.workbook(xlsx.Tab(rows=[head, *rows]), strings=["华东", "华南"]))
    table = read_raw(path)
    assert table.frame.shape == (count, 10)


@pytest.mark.heavy
def test_ten_million_lines_of_parquet_of_which_two_columns_are_asked(tmp_path):
    count = examples(10_000_000)
    path = tmp_path / "orders.parquet"
    pl.select(pl.int_range(count).alias("金额")).with_columns(
        区域=pl.lit("华东"), 客户=pl.col("金额") % 1000, 备注=pl.col("金额").cast(pl.String)
    ).write_parquet(path)
    table = read_raw(path, columns=["金额", "区域"])
    assert table.frame.shape == (count, 2)
