"""What Parquet files hold, before an engine reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def columns_of(files: Iterable[Path]) -> set[str]:
    """The columns that any of the files has. Raises DataRefused naming one that is harmed."""
    found: set[str] = set()
    for path in files:
        try:
            found |= set(pl.read_parquet_schema(path))
        except (OSError, pl.exceptions.PolarsError) as cause:
            raise DataRefused([error("batch.unreadable", path.parent.name)]) from cause
    return found
