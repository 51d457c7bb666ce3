"""A table whose headers are known before its columns are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.intake.headers import clean_header
from quotaloom.warehouse.intake.raw import read_raw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable


@dataclass(frozen=True, slots=True)
class Opened:
    """``load`` reads at least the columns named; ``digest`` is the sha256 of the file's bytes."""

    file: str
    headers: Sequence[str]
    load: Callable[[Sequence[str]], RawTable]
    digest: Callable[[], str]


def open_file(path: Path, options: RawOptions) -> Opened:
    """Open a file: of Parquet only the headers are read, any other is read whole."""
    if kind_of(path) != "parquet":
        table = read_raw(path, options)
        return Opened(table.file, table.headers, lambda _: table, lambda: _digest(path))

    def load(headers: Sequence[str]) -> RawTable:
        return single_valued(read_raw(path, options, headers))

    with contained(path.name):
        headers = [clean_header(header) for header in pl.read_parquet_schema(path)]
    return Opened(path.name, headers, load, lambda: _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def single_valued(table: RawTable) -> RawTable:
    """The table, if its columns hold one value a cell; raises DataRefused with the others."""
    bad = [
        error("intake.column_type", name, file=table.file, found=str(kind))
        for name, kind in table.frame.schema.items()
        if kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration, pl.Time)
    ]
    if bad:
        raise DataRefused(bad)
    return table
