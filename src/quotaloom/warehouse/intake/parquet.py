"""Parquet, read as it is: typed columns, only those that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.intake.headers import clean_header
from quotaloom.warehouse.intake.raw_table import RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_parquet(path: Path, columns: Sequence[str] | None) -> RawTable:
    """The columns ``columns`` (all where None) of a Parquet file, types untouched."""
    name = path.name
    with contained(name):
        lazy = pl.scan_parquet(path, glob=False)
        stored = list(lazy.collect_schema())
    cleaned = [clean_header(header) for header in stored]
    headers = [header or f"({letter(place)})" for place, header in enumerate(cleaned)]
    if twice := sorted({header for header in headers if headers.count(header) > 1}):
        raise DataRefused([error("intake.header_twice", header, file=name) for header in twice])
    kept = [p for p, header in enumerate(headers) if columns is None or header in columns]
    with contained(name):
        frame = lazy.select(pl.col(stored[place]).alias(headers[place]) for place in kept).collect()
        height = frame.height if kept else int(lazy.select(pl.len()).collect().item())
    if not height:
        raise DataRefused([error("intake.no_rows", file=name)])
    return RawTable(
        file=name,
        sheet="",
        header_row=0,
        headers=tuple(headers[place] for place in kept),
        letters=tuple(letter(place) for place in kept),
        frame=frame,
        rows=pl.int_range(1, height + 1, dtype=pl.UInt32, eager=True).alias("row"),
        typed=True,
        about={"format": "parquet"},
    )
