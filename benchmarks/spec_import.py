"""Files into the facts, every cell checked, beside DuckDB, which checks none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.measure import fresh, side_by_side, timed, worked
from benchmarks.registry import Line, Spec
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.batches.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES, ROWS = 10_000_000, 200_000
REPEATS = 3  # a round lasts a minute
MOST_MIB = 1024
TEXT = Path(tempfile.gettempdir(), "quotaloom-bench-import.csv")
BOOK = TEXT.with_suffix(".xlsx")


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


def text_taken() -> float:
    """Seconds of the text, in a process of its own."""
    return timed(lambda: taken(TEXT))


def book_taken() -> float:
    """Seconds of the workbook, in a process of its own."""
    return timed(lambda: taken(BOOK))


def book_worked() -> float:
    """Processor seconds of the workbook, which is read by one thread."""
    return worked(lambda: taken(BOOK))


def measure() -> Iterable[Line]:
    """The csv against DuckDB, the workbook against its limits."""
    yield _text()
    TEXT.unlink(missing_ok=True)
    yield from _book()
    BOOK.unlink(missing_ok=True)


def _text() -> Line:
    import duckdb

    orders(LINES).write_csv(TEXT)
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        out = Path(folder, "a.parquet")
        copy = f"copy (select * from read_csv('{TEXT}')) to '{out}' (format parquet)"
        sides = (lambda: taken(TEXT), lambda: duckdb.sql(copy))
        ours, theirs = side_by_side(*sides, repeats=REPEATS)
        mine, peers = (worked(side) for side in sides)
    _, peak = fresh("benchmarks.spec_import", "text_taken")
    note = f"processors {mine:.1f} s / {peers:.1f} s = {mine / peers:.2f}x, peak {peak} MiB"
    task = f"csv import, {LINES // 10**6}M lines, checked and committed"
    return Line(task, ours, 3, "DuckDB to Parquet", theirs, 2, note)


def _book() -> Iterable[Line]:
    from xlsxwriter import Workbook

    frame = orders(ROWS)
    with Workbook(BOOK, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([frame.columns, *frame.rows()]):
            sheet.write_row(number, 0, row)
    seconds, peak = fresh("benchmarks.spec_import", "book_taken")
    task = f"xlsx import, {ROWS // 1000}k rows, checked and committed"
    work, _ = fresh("benchmarks.spec_import", "book_worked")
    yield Line(task, seconds, 20, note=f"processors {work:.1f} s: what a quiet machine takes")
    yield Line(f"{task}: memory", float(peak), MOST_MIB, unit="MiB")


SPEC = Spec("import", measure)
