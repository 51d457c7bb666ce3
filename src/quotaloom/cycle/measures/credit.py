"""A measure as the credit that tracking holds against quotas: exact amounts by member and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import FACT_SCALE
from quotaloom.cycle.measures.figures import FigureRequest, figures

if TYPE_CHECKING:
    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.warehouse.batches.shelf import Shelf


def measured(shelf: Shelf, dictionary: Dictionary, code: str, by: tuple[str, ...]) -> pl.DataFrame:
    """``date``, ``amount`` (exact, scale 4) and the columns of ``by``, a row a member and day.

    Raises UsageRefused for a measure that does not add up: what is credited must.
    """
    found = dictionary.find(code)
    if found.kind != "additive":
        raise UsageRefused([error("measure.no_credit", code, kind=found.kind)])
    asked = FigureRequest(codes=(code,), by=by, time="day", is_fine=True)
    frame = figures(shelf, dictionary, asked).frame
    exact = pl.col(code).cast(pl.Decimal(38, FACT_SCALE)) / 10**FACT_SCALE
    amount = exact.cast(pl.Decimal(38, FACT_SCALE)).alias("amount")
    day = pl.col("period").str.to_date("%Y-%m-%d").alias("date")
    return frame.select(*by, day, amount)
