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
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def parquet_headers(path: Path) -> dict[str, str]:
    """The cleaned headers of a Parquet file, each with the name that it is stored under."""
    with contained(path.name):
        stored = list(pl.read_parquet_schema(path))
    cleaned = [clean_header(header) for header in stored]
    headers = [header or f"({letter(place)})" for place, header in enumerate(cleaned)]
    if twice := sorted({header for header in headers if headers.count(header) > 1}):
        found = [error("intake.header_twice", header, file=path.name) for header in twice]
        raise DataRefused(found)
    return dict(zip(headers, stored, strict=True))


def read_parquet(path: Path, headers: Mapping[str, str], columns: Sequence[str] | None) -> RawTable:
    """The columns ``columns`` (all where None) of a Parquet file, types untouched."""
    name = path.name
    kept = [header for header in headers if columns is None or header in columns]
    with contained(name):
        lazy = pl.scan_parquet(path, glob=False)
        frame = lazy.select(pl.col(headers[header]).alias(header) for header in kept).collect()
        height = frame.height if kept else int(lazy.select(pl.len()).collect().item())
    if not height:
        raise DataRefused([error("intake.no_rows", file=name)])
    places = {header: place for place, header in enumerate(headers)}
    return RawTable(
        file=name,
        sheet="",
        header_row=0,
        headers=tuple(kept),
        letters=tuple(letter(places[header]) for header in kept),
        frame=frame,
        rows=pl.int_range(1, height + 1, dtype=pl.UInt32, eager=True).alias("row"),
        typed=True,
        about={"format": "parquet"},
    )
