"""The facts that count, as Parquet files: the batches themselves, or one file that is kept."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from quotaloom.warehouse.batches.disk import FACTS, disk_willing
from quotaloom.warehouse.batches.entry import standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import polars as pl

    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.batches.shelf import Shelf

MARTS: Final = ".marts"
KEPT: Final = 2  # files of one name
WORTH: Final = 200_000  # rows of facts; fewer are added up as fast as their sums are read


def fact_files(shelf: Shelf, dataset: str, position: int | None = None) -> tuple[Path, ...]:
    """The files whose rows together are what counts of a dataset at a position; none for none."""
    stand = standing(shelf.entries(), dataset, position)
    if not any(one.act == "commit" for one in stand):
        return ()
    if only_adds(stand):
        return tuple(shelf.folder / one.folder / FACTS for one in stand if one.folder)
    path = mart_path(shelf, dataset, stand)
    if not path.exists():
        keep(path, shelf.facts(dataset, position))
    return (path,)


def is_large(stand: Sequence[Entry]) -> bool:
    """Whether facts are many enough to keep their sums."""
    return sum(one.rows for one in stand) >= WORTH


def only_adds(stand: Sequence[Entry]) -> bool:
    """Whether every row of every batch counts as it was written."""
    commits = [one for one in stand if one.act == "commit"]
    later = any(one.mode != "append" for one in commits[1:])
    return not later and not any(one.unknown for one in commits)


def mart_path(shelf: Shelf, name: str, stand: Sequence[Entry], what: str = "") -> Path:
    """Where what a dataset comes to is kept: another place as soon as anything was done to it.

    ``what`` tells what was added up, which another dictionary does in another way.
    """
    told = "\n".join((what, *(one.dumps() for one in stand)))
    digest = hashlib.sha256(told.encode()).hexdigest()[:24]
    return shelf.folder / MARTS / f"{name}-{digest}.parquet"


def keep(path: Path, frame: pl.DataFrame) -> None:
    """Write a file whole or not at all; of its name the one before stays, for who reads it now.

    Raises DataRefused where the disk refuses.
    """
    part = path.with_name(f".part-{secrets.token_hex(4)}")
    with disk_willing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            frame.write_parquet(part)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    name = path.name.rpartition("-")[0]
    others = [one for one in path.parent.glob(f"{name}-*.parquet") if one != path]
    for old in sorted(others, key=_age)[: 1 - KEPT]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> int:
    """When a file was written; 0 for one that another process has just removed."""
    return path.stat().st_mtime_ns if path.exists() else 0
