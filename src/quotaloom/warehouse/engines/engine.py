"""What an engine is asked: to have tables, and to answer expressions over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ibis.expr.schema import Schema
    from ibis.expr.types import Table

TYPES: Final[Mapping[str, pl.DataType]] = {
    "int64": pl.Int64(),
    "int32": pl.Int64(),
    "int8": pl.Int64(),
    "date": pl.Date(),
    "string": pl.String(),
}


class Engine(Protocol):
    """Where facts lie while they are added up."""

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Have a small table."""

    def put_files(self, name: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """Have the rows of Parquet files as one table, of these columns (their Ibis types).

        A column that a file lacks is null in its rows; no files make an empty table.
        """

    def run(self, expression: Table) -> pl.DataFrame:
        """The rows of an expression; sums as Int64. Raises DataRefused where one is larger."""


def typed(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """The frame as the expression promised it: engines widen sums, and some to decimals."""
    try:
        return frame.select(
            pl.col(name).cast(TYPES[str(of).lstrip("!")]) for name, of in schema.items()
        )
    except pl.exceptions.InvalidOperationError as cause:
        raise DataRefused([error("measure.sum_large")]) from cause
