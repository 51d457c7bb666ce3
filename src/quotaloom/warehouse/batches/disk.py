"""Folders of batches on the disk: written aside, settled, then named; refused where it is full."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACTS: Final = "facts.parquet"
_PART: Final = ".part-"
_TOLD: Final = re.compile(r"\(os error (\d+)\)")
_READ_ONLY: Final = 0o444


def write_batch(folder: Path, frame: pl.DataFrame) -> None:
    """Have the rows on the disk under this name, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(_PART + folder.name)
    part.mkdir()
    try:
        frame.write_parquet(part / FACTS)
        (part / FACTS).chmod(_READ_ONLY)
        settle(part / FACTS)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    settle(folder.parent)


def settle(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_willing(folder: Path) -> Iterator[None]:
    """Tell a full or read-only disk as a refusal that names the folder and the reason."""
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as cause:
        number = _number(cause)
        if number is None:
            raise
        found = error("batch.disk", str(folder), reason=os.strerror(number))
        raise DataRefused([found]) from cause


def _number(cause: Exception) -> int | None:
    """The system's number of a fault, which polars tells only in its text."""
    if isinstance(cause, OSError) and cause.errno:
        return cause.errno
    told = _TOLD.search(str(cause))
    return int(told[1]) if told else None
