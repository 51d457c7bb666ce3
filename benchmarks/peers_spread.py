"""The full spread in pandas, polars and DuckDB, data already inside the library.

They work in float64 and break ties by chance, as such code does; ours is exact.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.arena import Arena, Ints

SQL = """
with rest as (
  select *, total - sum(case when held then kept else 0 end) over (partition by parent) as free,
    case when held then 0 else weight end as w from plan),
exact as (select *, free * (w / sum(w) over (partition by parent)) as share from rest),
parts as (select *, floor(share) as part from exact),
ranked as (select *, free - sum(part) over (partition by parent) as units,
    row_number() over (partition by parent order by share - part desc) as place from parts)
select cast(case when held then kept else part + (place <= units)::int end as bigint) as quota
from ranked order by cell
"""


def columns(plan: Arena) -> dict[str, Ints]:
    """The plan as columns, one row a cell."""
    return {
        "cell": np.arange(len(plan.weights)),
        "parent": plan.parents,
        "total": plan.totals[plan.parents],
        "weight": plan.weights,
        "held": plan.held,
        "kept": plan.kept,
    }


def by_pandas(plan: Arena) -> Callable[[], Ints]:
    """groupby().transform and rank."""
    frame = import_module("pandas").DataFrame(columns(plan))

    def run() -> Ints:
        weight = frame["weight"].where(~frame["held"], 0)
        kept = frame["kept"].where(frame["held"], 0)
        free = frame["total"] - kept.groupby(frame["parent"]).transform("sum")
        share = free * (weight / weight.groupby(frame["parent"]).transform("sum"))
        part = share.astype("int64")
        units = free - part.groupby(frame["parent"]).transform("sum")
        place = (share - part).groupby(frame["parent"]).rank(method="first", ascending=False)
        quota = part + (place <= units)
        return quota.where(~frame["held"], frame["kept"]).to_numpy()

    return run


def by_polars(plan: Arena) -> Callable[[], Ints]:
    """Window expressions."""
    frame = pl.DataFrame(columns(plan))
    share, part, held = pl.col("share"), pl.col("part"), pl.col("held")
    free = pl.col("total") - pl.when(held).then("kept").otherwise(0).sum().over("parent")
    place = (share - part).rank("ordinal", descending=True).over("parent")

    def run() -> Ints:
        done = (
            frame.with_columns(w=pl.when(held).then(0).otherwise("weight"), free=free)
            .with_columns(share=pl.col("free") * (pl.col("w") / pl.col("w").sum().over("parent")))
            .with_columns(part=share.cast(pl.Int64))
            .with_columns(more=place <= pl.col("free") - part.sum().over("parent"))
        )
        return done.select(pl.when(held).then("kept").otherwise(part + pl.col("more")))[
            "kept"
        ].to_numpy()

    return run


def by_duckdb(plan: Arena) -> Callable[[], Ints]:
    """Window functions over a table in memory."""
    base = import_module("duckdb").connect()
    base.register("given", pl.DataFrame(columns(plan)).to_arrow())
    base.execute("create table plan as select * from given")
    return lambda: base.execute(SQL).fetchnumpy()["quota"]


PEERS = {"pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb}
