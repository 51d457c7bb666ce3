"""The bytes of any office file into a table of text with addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.raw_table import RawOptions, RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["RawOptions", "RawTable", "read_raw"]


def read_raw(
    path: Path, options: RawOptions | None = None, columns: Sequence[str] | None = None
) -> RawTable:
    """Read a csv, csv.gz, tsv, txt, xlsx, xlsm, xls or parquet file, by its content.

    ``columns`` keeps only these headers (in file order; unknown ones are left out) and limits the
    checks of cells to them. Raises DataRefused with all findings.
    """
    raise NotImplementedError
