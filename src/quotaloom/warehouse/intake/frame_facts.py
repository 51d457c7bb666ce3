"""A frame in memory as facts, under the same checks as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.facts import gather_facts
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.intake.opened import Opened, single_valued
from quotaloom.warehouse.intake.raw_table import RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.warehouse.intake.request import Facts, IntakeRequest

_FRAME = "frame"


def facts_of_frame(frame: pl.DataFrame, request: IntakeRequest) -> Facts:
    """The facts of a frame; ``request.files`` is not looked at. Rows count from 1.

    Columns of text are read as those of a csv are, typed ones as those of Parquet.
    """
    return gather_facts(request, [lambda: _opened(frame)])


def _opened(frame: pl.DataFrame) -> Opened:
    if frame.is_empty():
        raise DataRefused([error("intake.no_rows", file=_FRAME)])
    return Opened(_FRAME, frame.columns, partial(_table, frame), str)


def _table(frame: pl.DataFrame, headers: Sequence[str]) -> RawTable:
    rows = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True).alias("row")
    letters = tuple(letter(frame.columns.index(header)) for header in headers)
    kept = frame.select(headers)
    return single_valued(RawTable(_FRAME, "", 0, tuple(headers), letters, kept, rows, typed=True))
