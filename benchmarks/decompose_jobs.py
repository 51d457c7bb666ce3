"""The same decomposition written three ways: our verb, pandas, and DuckDB SQL with openpyxl.

The peers do what an analyst would write: recency-weighted yearly means, one seasonal profile for
each pair of region and product line, largest remainder over all cells. They check no input, keep
no margin but the total, and explain nothing. Run as ``python -m benchmarks.decompose_jobs JOB
LINES OUT TOTAL``; the last line printed is ``seconds peak_mib``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from benchmarks.measure import peak_mib

RECENCY = {2024: 0.25, 2025: 0.5, 2026: 1.0}
KEYS = ["大区", "省份", "客户经理", "产品线", "产品"]
TOP = ["大区", "产品线"]


def ours(lines: Path, out: Path, total: int) -> None:
    """Our verb, to a leaf file or a workbook by the ending of ``out``."""
    from quotaloom.cli.main import main

    code = main(
        [
            "decompose",
            str(lines),
            f"--total={total}",
            "--year=2027",
            "--by=大区>省份>客户经理",
            "--by=产品线>产品",
            "--date=订单日期",
            "--amount=金额",
            f"--out={out}",
            "--json",
        ]
    )
    if code:
        raise SystemExit(code)


def by_pandas(lines: Path, out: Path, total: int) -> None:
    """The same in pandas, leaves to Parquet."""
    import numpy as np
    import pandas as pd

    frame = pd.read_parquet(lines)
    frame["金额"] = frame["金额"].astype("float64")
    day = pd.to_datetime(frame["订单日期"])
    frame["weighted"] = frame["金额"] * day.dt.year.map(RECENCY)
    frame["month"] = day.dt.month
    basis = frame.groupby(KEYS, sort=True)["weighted"].sum().reset_index()
    season = frame.groupby([*TOP, "month"])["weighted"].sum().reset_index()
    season["share"] = season["weighted"] / season.groupby(TOP)["weighted"].transform("sum")
    leaves = basis.merge(season[[*TOP, "month", "share"]], on=TOP)
    leaves["real"] = leaves["weighted"] * leaves["share"]
    leaves["real"] *= total / leaves["real"].sum()
    leaves["quota"] = np.floor(leaves["real"]).astype("int64")
    left = total - int(leaves["quota"].sum())
    order = (leaves["real"] - leaves["quota"]).nlargest(left).index
    leaves.loc[order, "quota"] += 1
    leaves[[*KEYS, "month", "quota"]].to_parquet(out)


SQL = """
with f as (select {keys}, year("订单日期") as y, month("订单日期") as m, "金额" as a
           from read_parquet('{lines}')),
w as (select *, a * case y when 2024 then 0.25 when 2025 then 0.5 else 1.0 end as aw from f),
b as (select {keys}, sum(aw) as bw from w group by all),
s as (select "大区", "产品线", m, sum(aw) / sum(sum(aw)) over (partition by "大区", "产品线") as sh
      from w group by "大区", "产品线", m),
r as (select {keys}, m, bw * sh as real from b join s using ("大区", "产品线")),
n as (select {keys}, m, real * {total} / sum(real) over () as real from r),
l as (select *, floor(real) as fl, row_number() over (order by real - floor(real) desc) as rk,
      sum(floor(real)) over () as used from n)
select {keys}, m, cast(fl + case when rk <= {total} - used then 1 else 0 end as bigint) as quota
from l order by {keys}, m
"""


def by_duckdb(lines: Path, out: Path, total: int) -> None:
    """The same in DuckDB SQL, written by openpyxl: one row a tuple, twelve months and a sum."""
    import duckdb
    from openpyxl import Workbook

    keys = ", ".join(f'"{key}"' for key in KEYS)
    rows = duckdb.sql(SQL.format(keys=keys, lines=lines, total=total)).fetchall()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("目标分解")
    sheet.append([*KEYS, *(f"{month}月" for month in range(1, 13)), "全年"])
    for start in range(0, len(rows), 12):
        year = [row[-1] for row in rows[start : start + 12]]
        sheet.append([*rows[start][:5], *year, sum(year)])
    book.save(out)


JOBS = {"ours": ours, "pandas": by_pandas, "duckdb": by_duckdb}


def run(job: str, lines: Path, out: Path, total: int) -> None:
    """One job in this process; prints its seconds and peak memory in MiB last."""
    started = perf_counter()
    JOBS[job](lines, out, total)
    seconds = perf_counter() - started
    sys.stdout.write(f"\n{seconds:.3f} {peak_mib()}\n")


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
