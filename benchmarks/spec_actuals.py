"""Ten million order lines by month, territory and owner with attainment; the director's figures."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.measure import side_by_side, timed
from benchmarks.registry import Line, Spec
from quotaloom.cycle.measures.figures import FigureRequest, figures, keep_marts
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.batches.disk import FACTS
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.shelf import Shelf
from quotaloom.warehouse.engines.embedded import embedded
from quotaloom.warehouse.engines.portable import sql
from quotaloom.warehouse.measures.evaluate import Question, evaluate
from quotaloom.warehouse.measures.query import Grain, added

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES, OWNERS, REGIONS = 10_000_000, 1_667, 8
KEYS = ("region", "person")
DRAWN = """
COPY (
    SELECT DATE '2024-01-01' + CAST(hash(i) % 1096 AS INTEGER) AS date,
        CAST(i AS VARCHAR) AS "order", '1' AS line,
        '大区' || hash(i * 7) % {owners} % {regions} AS region,
        '岗位' || hash(i * 7) % {owners} AS seat, '人员' || hash(i * 7) % {owners} AS person,
        '产品线' || hash(i * 11) % 60 % 10 AS product_line, '产品' || hash(i * 11) % 60 AS product,
        '客户' || hash(i * 13) % 20000 AS customer,
        CAST(hash(i * 17) % 1000000000 AS BIGINT) * 113 AS amount,
        CAST(hash(i * 17) % 1000000000 AS BIGINT) * 100 AS net_amount,
        CAST(hash(i * 17) % 1000000000 AS BIGINT) * 70 AS cost,
        CAST(hash(i) % 20 AS BIGINT) * 10000 AS quantity
    FROM range({lines}) AS rows(i)
) TO '{path}' (FORMAT parquet)
"""
BY_HAND = """
SELECT c.number, f.region, f.person, SUM(f.amount) AS c0
FROM read_parquet('{path}') AS f LEFT JOIN calendar AS c ON f.date = c.date
GROUP BY ALL
"""
SCAN = "SELECT MIN(date), MAX(region), MAX(person), SUM(amount) FROM read_parquet('{path}')"


def drawn(folder: Path, log=None, lines: int = LINES) -> Shelf:
    """A shelf with the lines as one batch, the same on every run."""
    import duckdb

    shelf, name = Shelf(folder, log), "order_lines/000001-bench"
    path = folder / name / FACTS
    path.parent.mkdir(parents=True)
    duckdb.sql(DRAWN.format(path=path, lines=lines, owners=OWNERS, regions=REGIONS))
    entry = Entry(
        position=1,
        act="commit",
        dataset="order_lines",
        author="bench",
        time="2027-01-01T00:00:00+00:00",
        rows=lines,
        folder=name,
    )
    shelf.log.append(entry)
    return shelf


def quotas() -> pl.DataFrame:
    """A quota each owner and month."""
    owners = [(f"大区{one % REGIONS}", f"人员{one}") for one in range(OWNERS)]
    months = [date(2024 + one // 12, one % 12 + 1, 1) for one in range(36)]
    rows = [(*owner, month, 10**8) for owner in owners for month in months]
    return pl.DataFrame(rows, schema=[*KEYS, "date", "quota"], orient="row")


def measure() -> Iterable[Line]:
    """Attainment of 60,000 groups; Ibis beside SQL by hand; a cockpit from kept sums."""
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder, ExitStack() as closing:
        shelf = drawn(Path(folder))
        path = Path(folder) / shelf.entries()[0].folder / FACTS
        engine = closing.enter_context(embedded())
        yield from _attainment(path, engine)
        yield _beside_sql(path, engine)
        yield from _cockpit(shelf)
    with TemporaryDirectory(prefix="quotaloom-bench-") as folder:
        yield _page(Path(folder))


def _page(home: Path) -> Line:
    """The page itself, through Django's whole stack, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.cockpit_page", str(home)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    firsts = f"first after an import {told['first']:.1f} s ({told['unready']:.1f} s before the job)"
    note = f"{firsts}; its source rows {told['rows']:.1f} s"
    return Line("the director's page, 10M lines", told["page"], 1.0, note=note)


def _attainment(path: Path, engine) -> Iterable[Line]:
    told, quota = measures(), quotas()
    question = Question(
        codes=("ordered", "ordered.attainment"),
        files={"order_lines": (path,)},
        keys=KEYS,
        time="month",
        quota=quota,
    )
    sides = (
        lambda: evaluate(question, told, engine),
        lambda: engine.connection.sql(SCAN.format(path=path)).fetchall(),
        lambda: _pandas(path, quota),
    )
    ours, scan, pandas = side_by_side(*sides, repeats=5)
    groups = evaluate(question, told, engine).frame.height
    task = f"attainment, {LINES // 10**6}M lines, {groups:,} groups"
    yield Line(task, ours, 3, "scan of the columns", scan, 2)
    yield Line(task, ours, 1 / 5, "pandas", pandas, 1 / 10)


def _pandas(path: Path, quota: pl.DataFrame):
    import pandas as pd

    frame = pd.read_parquet(path, columns=["date", *KEYS, "amount"])
    frame["month"] = frame["date"].astype("datetime64[ns]").dt.to_period("M").dt.start_time
    found = frame.groupby(["month", *KEYS], as_index=False)["amount"].sum()
    told = quota.to_pandas().rename(columns={"date": "month"})
    told["month"] = told["month"].astype("datetime64[ns]")
    met = found.merge(told, on=["month", *KEYS], how="outer")
    return met["amount"] / 100 / met["quota"]


def _beside_sql(path: Path, engine) -> Line:
    (one,) = set(_walked("ordered"))
    expression = added([one], Grain(KEYS), measures().sources)
    engine.connection.execute('CREATE OR REPLACE VIEW calendar AS SELECT * FROM "§calendar"')
    text = BY_HAND.format(path=path)
    ours, theirs = side_by_side(
        lambda: engine.connection.sql(sql(expression, "duckdb")).fetchnumpy(),
        lambda: engine.connection.sql(text).fetchnumpy(),
        repeats=7,
    )
    return Line("the same sums, Ibis", ours, 1.2, "SQL by hand", theirs, 1.0)


def _walked(code: str):
    from quotaloom.core.model.measures.expression import Aggregate, walk

    told = measures()
    return (one for one in walk(told.written_out(told.find(code))) if isinstance(one, Aggregate))


def _cockpit(shelf: Shelf) -> Iterable[Line]:
    told = measures()
    making = timed(lambda: keep_marts(shelf, "order_lines", told))
    asked = (
        FigureRequest(codes=("ordered", "margin_rate", "ordered.year_on_year"), time="month"),
        FigureRequest(codes=("ordered", "ordered.share"), by=("region",), time="year"),
        FigureRequest(codes=("ordered",), by=("region", "product_line"), time="year"),
        FigureRequest(codes=("ordered",), by=("region",), time="day", until=date(2026, 6, 30)),
    )
    (ours,) = side_by_side(lambda: [figures(shelf, told, one) for one in asked])
    note = f"sums made in {making:.1f} s after the import"
    yield Line("the director's figures from kept sums, 10M lines", ours, 1.0, note=note)


SPEC = Spec("actuals", measure)
