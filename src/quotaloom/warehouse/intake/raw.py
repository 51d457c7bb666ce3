"""The bytes of any office file into a table of text with addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.assemble import assemble
from quotaloom.warehouse.intake.container import kind_of, unpacked
from quotaloom.warehouse.intake.delimited import read_delimited
from quotaloom.warehouse.intake.legacy_xls import read_xls
from quotaloom.warehouse.intake.parquet import read_parquet
from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable
from quotaloom.warehouse.intake.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotaloom.warehouse.intake.container import Kind
    from quotaloom.warehouse.intake.grid import Grid

__all__ = ["RawOptions", "RawTable", "read_raw"]


def read_raw(
    path: Path, options: RawOptions | None = None, columns: Sequence[str] | None = None
) -> RawTable:
    """Read a csv, csv.gz, tsv, txt, xlsx, xlsm, xls or parquet file, by its content.

    ``columns`` keeps only these headers (in file order; unknown ones are left out) and limits the
    checks of cells to them. Raises DataRefused with all findings.
    """
    chosen = options or RawOptions()
    kind = kind_of(path)
    if kind == "parquet":
        return read_parquet(path, columns)
    return assemble(_grid(path, kind, chosen), chosen, columns)


def _grid(path: Path, kind: Kind, options: RawOptions) -> Grid:
    if kind == "zip":
        return read_sheet(path, options.sheet)
    if kind == "xls":
        return read_xls(path, options.sheet)
    data = unpacked(path) if kind == "gzip" else path.read_bytes()
    return read_delimited(data, path.name, options)
