"""The bytes of any office file into a table of text with addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.assemble import lay_out, table_of
from quotaloom.warehouse.intake.container import kind_of, unpacked
from quotaloom.warehouse.intake.delimited import read_delimited
from quotaloom.warehouse.intake.legacy_xls import read_xls, xls_sheet_names
from quotaloom.warehouse.intake.parquet import parquet_headers, read_parquet
from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable
from quotaloom.warehouse.intake.sheets import read_sheet, sheet_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotaloom.warehouse.intake.container import Kind
    from quotaloom.warehouse.intake.grid import Grid

__all__ = ["RawFile", "RawOptions", "RawTable", "open_raw", "read_raw", "sheets_of"]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file that was opened once: its headers in file order, and what reads some of them.

    ``load`` takes headers (None: all; unknown ones are left out) and raises DataRefused with all
    that is wrong in their cells; what is wrong in the other columns does not matter to it.
    """

    file: str
    headers: tuple[str, ...]
    load: Callable[[Sequence[str] | None], RawTable]


def open_raw(path: Path, options: RawOptions | None = None) -> RawFile:
    """Open a csv, csv.gz, tsv, txt, xlsx, xlsm, xls or parquet file, by its content.

    Raises DataRefused with all findings where the file, its sheet or its header is not clear.
    """
    chosen = options or RawOptions()
    kind = kind_of(path)
    if kind == "parquet":
        stored = parquet_headers(path)
        return RawFile(path.name, tuple(stored), lambda names: read_parquet(path, stored, names))
    layout = lay_out(_grid(path, kind, chosen), chosen.header_row)
    headers = tuple(layout.headers.values())
    return RawFile(path.name, headers, lambda names: table_of(layout, chosen, names))


def sheets_of(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook, none for other files. Raises DataRefused for what is no table."""
    kind = kind_of(path)
    if kind == "zip":
        return sheet_names(path)
    return xls_sheet_names(path) if kind == "xls" else ()


def read_raw(
    path: Path, options: RawOptions | None = None, columns: Sequence[str] | None = None
) -> RawTable:
    """Open a file and load ``columns`` of it, all where None. Raises DataRefused as both do."""
    return open_raw(path, options).load(columns)


def _grid(path: Path, kind: Kind, options: RawOptions) -> Grid:
    if kind == "zip":
        return read_sheet(path, options.sheet)
    if kind == "xls":
        return read_xls(path, options.sheet)
    data = unpacked(path) if kind == "gzip" else path.read_bytes()
    return read_delimited(data, path.name, options)
