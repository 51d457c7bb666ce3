"""A table whose headers are known before its columns are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.intake.raw import open_raw

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
    """Open a file of facts.

    Other columns than those named are loaded too where they are free (a total may be named
    there), but never out of Parquet, and not where something is wrong in them.
    """
    file = open_raw(path, options)
    typed = kind_of(path) == "parquet"

    def load(headers: Sequence[str]) -> RawTable:
        if typed:
            return single_valued(file.load(headers))
        try:
            return file.load(None)
        except DataRefused:
            return file.load(headers)

    return Opened(file.file, file.headers, load, lambda: file_digest(path))


def file_digest(path: Path) -> str:
    """The sha256 of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def single_valued(table: RawTable) -> RawTable:
    """The table, if its columns hold one value a cell; raises DataRefused with the others."""
    bad = [
        error("intake.column_type", name, file=table.file, found=str(kind))
        for name, kind in table.frame.schema.items()
        if not _is_single(kind)
    ]
    if bad:
        raise DataRefused(bad)
    return table


def with_single_values(table: RawTable) -> RawTable:
    """The table without the columns that hold more than one value a cell."""
    kept = [name for name, kind in table.frame.schema.items() if _is_single(kind)]
    letters = dict(zip(table.headers, table.letters, strict=True))
    return replace(
        table,
        headers=tuple(kept),
        letters=tuple(letters[name] for name in kept),
        frame=table.frame.select(kept),
    )


def _is_single(kind: pl.DataType) -> bool:
    return not (kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration, pl.Time))
