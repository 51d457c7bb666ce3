"""A frame as facts: it goes the same way as a file, so nothing is checked less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.facts import Facts, IntakeRequest, read_facts

if TYPE_CHECKING:
    import polars as pl


def facts_of_frame(frame: pl.DataFrame, request: IntakeRequest) -> Facts:
    """The facts of a frame that has the columns of the request. Raises what ``read_facts`` does."""
    with TemporaryDirectory(prefix="quotaloom-") as folder:
        path = Path(folder) / "frame.parquet"
        frame.write_parquet(path, compression="uncompressed")
        return read_facts(replace(request, files=(path,)))
