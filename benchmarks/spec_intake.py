"""Reading files with every check, beside readers that check nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.measure import side_by_side
from benchmarks.registry import Line, Spec
from quotaloom.warehouse.intake.raw import read_raw

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES, ROWS = 1_000_000, 50_000


def orders(count: int) -> pl.DataFrame:
    """Plain order lines."""
    at = pl.int_range(count)
    return pl.select(
        (pl.lit("2026-01-") + (at % 28 + 1).cast(pl.String).str.zfill(2)).alias("日期"),
        (pl.lit("华东大区") + (at % 7).cast(pl.String)).alias("地区"),
        (pl.lit("产品线") + (at % 13).cast(pl.String)).alias("产品"),
        (at / 100).round(2).alias("金额"),
    )


def measure() -> Iterable[Line]:
    """Csv against DuckDB's csv to Parquet, xlsx against openpyxl's quickest mode."""
    import duckdb
    from openpyxl import load_workbook
    from xlsxwriter import Workbook

    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        text, book, out = (Path(folder) / name for name in ("a.csv", "a.xlsx", "a.parquet"))
        orders(LINES).write_csv(text)
        workbook = Workbook(book, {"constant_memory": True})
        sheet = workbook.add_worksheet()
        frame = orders(ROWS)
        for number, row in enumerate([frame.columns, *frame.rows()]):
            sheet.write_row(number, 0, row)
        workbook.close()
        copy = f"copy (select * from read_csv('{text}')) to '{out}' (format parquet)"
        ours, theirs = side_by_side(lambda: read_raw(text), lambda: duckdb.sql(copy))
        yield Line(
            f"csv, {LINES // 10**6}M lines, checked", ours, 3, "DuckDB to Parquet", theirs, 2
        )
        ours, theirs = side_by_side(
            lambda: read_raw(book),
            lambda: list(load_workbook(book, read_only=True).active.iter_rows(values_only=True)),
        )
        yield Line(f"xlsx, {ROWS // 1000}k rows, checked", ours, 1, "openpyxl read-only", theirs)


SPEC = Spec("intake", measure)
