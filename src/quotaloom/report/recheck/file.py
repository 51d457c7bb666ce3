"""Read an output again and name every sum in it that no longer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.recheck.leaves import recheck_leaves
from quotaloom.report.recheck.workbook import recheck_workbook
from quotaloom.warehouse.intake.container import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.report.recheck.result import Recheck


def recheck(path: Path) -> Recheck:
    """Check a workbook (.xlsx) or a leaves file (.csv, .parquet) against its own leaves.

    Nothing beside the file is needed. A workbook is compared cell by cell with the sums of its
    leaf cells, whoever computed them, and with the total, unit and wishes it was made for; a csv
    knows only its leaves. Findings have the address, what is shown, what is true and the
    difference, in 元. Raises DataRefused for a file that is none of ours or cannot be read.
    """
    kind = kind_of(path)
    if kind == "zip":
        return recheck_workbook(path)
    if kind == "xls":
        raise DataRefused(
            [error("recheck.format_refused", path.name, allowed=".xlsx, .csv, .parquet")]
        )
    return recheck_leaves(path)
