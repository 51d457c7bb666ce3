"""The facts behind a plan, each with the file and the row that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.cycle.assembly import Terms
from quotaloom.cycle.reading import read_request
from quotaloom.cycle.request import read_dimensions

if TYPE_CHECKING:
    from quotaloom.cycle.request import DecomposeRequest


def read_sources(request: DecomposeRequest) -> pl.DataFrame:
    """One row a fact: ``file``, ``row`` as its program counts, ``date``, ``amount``, the members.

    ``amount`` is Int64 in ten-thousandths of the currency unit. Weights without dates, and facts
    given as a frame, have no lines to show: the answer is empty then.
    """
    if request.weights is not None or isinstance(request.facts, pl.DataFrame):
        return pl.DataFrame()
    read = read_request(
        request, read_dimensions(request.by, request.tree), Terms.of(request).calendar, traced=True
    )
    members = [pl.col(name).cast(pl.String) for name in read.columns]
    kept = (pl.col("§file").alias("file"), pl.col("§row").alias("row"), "date", "amount")
    return read.facts.frame.select(*kept, *members)


def last_day(sources: pl.DataFrame) -> str:
    """The day of the newest fact, as text; empty without facts."""
    return str(sources["date"].max()) if sources.height else ""
