"""The frames in which the parts of the house meet: their columns and types."""

from __future__ import annotations

from typing import Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

DATE: Final = "date"
AMOUNT: Final = "amount"
PERIOD: Final = "period"
BASIS: Final = "basis"
QUOTA_AMOUNT: Final = "quota"

FACT: Final = pl.Schema({DATE: pl.Date(), AMOUNT: pl.Int64()})
"""What happened: scale-4 amounts; one String column a dimension besides, under its own header."""

WEIGHT: Final = pl.Schema({AMOUNT: pl.Int64()})
"""A basis without dates."""

QUOTA: Final = pl.Schema({PERIOD: pl.String(), BASIS: pl.Int64(), QUOTA_AMOUNT: pl.Int64()})
"""A leaf of a plan: quota in 分; one String column a level besides, under its own header."""


def check_frame(frame: pl.DataFrame, schema: pl.Schema, dimensions: tuple[str, ...] = ()) -> None:
    """Refuse a frame that lacks a column of the schema or a dimension, or has another type.

    All faults are named at once. Columns beyond these are fine; a null member or amount is not.
    """
    wanted = dict(schema) | dict.fromkeys(dimensions, pl.String())
    refused = [
        error("frame.column_missing", column, wanted=str(kind))
        for column, kind in wanted.items()
        if column not in frame.columns
    ]
    for column, kind in wanted.items():
        if column not in frame.columns:
            continue
        if frame.schema[column] != kind:
            found = str(frame.schema[column])
            refused.append(error("frame.column_type", column, wanted=str(kind), found=found))
        elif nulls := frame[column].null_count():
            refused.append(error("frame.nulls", column, count=nulls))
    if refused:
        raise DataRefused(refused)
