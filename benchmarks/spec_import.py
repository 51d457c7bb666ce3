"""Files into the facts, every cell checked, beside DuckDB, which checks none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.measure import fresh, side_by_side, timed
from benchmarks.registry import Line, Spec
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES, ROWS = 10_000_000, 200_000
REPEATS = 3  # a round lasts a minute
MOST_MIB = 1024
BOOK = Path(tempfile.gettempdir(), "quotaloom-bench-import.xlsx")


def orders(count: int) -> pl.DataFrame:
    """Order lines with a number of their own, a customer of many, and tax."""
    at = pl.int_range(count)
    return pl.select(
        (pl.lit("2026-01-") + (at % 28 + 1).cast(pl.String).str.zfill(2)).alias("订单日期"),
        (pl.lit("D") + (at // 3).cast(pl.String)).alias("订单号"),
        (at % 3 + 1).alias("行号"),
        (at / 100).round(2).alias("订单金额"),
        (pl.lit("华东大区") + (at % 7).cast(pl.String)).alias("大区"),
        (pl.lit("客户") + (at % 5_000).cast(pl.String)).alias("客户"),
        (pl.lit("产品线") + (at % 13).cast(pl.String)).alias("产品线"),
    )


def taken(path: Path) -> int:
    """Import a file into an empty folder; answers its rows."""
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        request = ImportRequest(files=(path,), into="order_lines", append=True)
        done = take(Shelf(Path(folder)), request, author="bench")
    return done.effect.new


def book_taken() -> float:
    """Seconds of the workbook, in a process of its own."""
    return timed(lambda: taken(BOOK))


def measure() -> Iterable[Line]:
    """The csv against DuckDB, the workbook against its limits."""
    import duckdb
    from xlsxwriter import Workbook

    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        text, out = Path(folder, "a.csv"), Path(folder, "a.parquet")
        orders(LINES).write_csv(text)
        copy = f"copy (select * from read_csv('{text}')) to '{out}' (format parquet)"
        ours, theirs = side_by_side(lambda: taken(text), lambda: duckdb.sql(copy), repeats=REPEATS)
        task = f"csv import, {LINES // 10**6}M lines, checked and committed"
        yield Line(task, ours, 3, "DuckDB to Parquet", theirs, 2)
    frame = orders(ROWS)
    with Workbook(BOOK, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([frame.columns, *frame.rows()]):
            sheet.write_row(number, 0, row)
    seconds, peak = fresh("benchmarks.spec_import", "book_taken")
    BOOK.unlink(missing_ok=True)
    task = f"xlsx import, {ROWS // 1000}k rows, checked and committed"
    yield Line(task, seconds, 20, note=f"peak {peak} MiB")
    yield Line(f"{task}: memory", float(peak), MOST_MIB, note="MiB")


SPEC = Spec("import", measure)
