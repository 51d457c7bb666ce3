"""How fast files are read; generous limits, the fine ones are the benchmarks' business."""

from __future__ import annotations

import time

import polars as pl
import pytest

from quotaloom.warehouse.intake.raw import read_raw
from tests.support.counts import examples
from tests.warehouse.hostile import xlsx

SLACK = 3  # for a machine that does something else as well


def clocked(path, columns=None):
    """The table and the seconds, by the clock or by the processor, whichever are fewer."""
    start, busy = time.perf_counter(), time.process_time()
    table = read_raw(path, columns=columns)
    return table, min(time.perf_counter() - start, time.process_time() - busy)


@pytest.mark.heavy
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_million_lines_of_csv_in_three_seconds(tmp_path, quote):
    count = examples(1_000_000)
    path = tmp_path / "orders.csv"
    row = f"2026-{{:02d}}-{{:02d}},{quote}华东大区{{}}{quote},产品线{{}},{{}}.{{:02d}},客户{{}}\n"
    with path.open("w") as file:
        file.write("日期,地区,产品,金额,客户\n")
        file.writelines(
            row.format(at % 12 + 1, at % 28 + 1, at % 7, at % 13, at, at % 100, at % 5000)
            for at in range(count)
        )
    table, seconds = clocked(path)
    assert table.frame.height == count
    assert int(table.rows[-1]) == count + 1
    assert seconds < 0.5 + SLACK * 3 * count / 1_000_000


@pytest.mark.heavy
def test_two_hundred_thousand_rows_of_xlsx_in_ten_seconds(tmp_path):
    count = examples(200_000)
    shared = [xlsx.Raw(f'<c r="{{at}}" t="s"><v>{at % 2}</v></c>') for at in range(6)]
    rows = [[xlsx.number(45000 + at % 900, 1), *shared, at, at / 7, at] for at in range(count)]
    head = ["日期", *"甲乙丙丁戊己", "数量", "金额", "编号"]
    path = tmp_path / "orders.xlsx"
    path.write_bytes(xlsx.workbook(xlsx.Tab(rows=[head, *rows]), strings=["华东", "华南"]))
    table, seconds = clocked(path)
    assert table.frame.shape == (count, 10)
    assert seconds < 0.5 + SLACK * 10 * count / 200_000


@pytest.mark.heavy
def test_ten_million_lines_of_parquet_of_which_two_columns_are_asked(tmp_path):
    count = examples(10_000_000)
    path = tmp_path / "orders.parquet"
    pl.select(pl.int_range(count).alias("金额")).with_columns(
        区域=pl.lit("华东"), 客户=pl.col("金额") % 1000, 备注=pl.col("金额").cast(pl.String)
    ).write_parquet(path)
    table, seconds = clocked(path, columns=["金额", "区域"])
    assert table.frame.shape == (count, 2)
    assert seconds < 0.5 + SLACK * 2 * count / 10_000_000
