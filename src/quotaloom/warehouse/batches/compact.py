"""Facts resolved once and kept, so that many small batches are read as one large one.

COMPACT/booked-6c1f….parquet    what the batches of that digest come to: a cache, never the truth
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotaloom.warehouse.batches.entry import Entry

COMPACT: Final = ".compact"
MANY: Final = 8  # batches, from which on it is worth while


def compacted(folder: Path, batches: Sequence[Entry]) -> tuple[pl.DataFrame | None, int]:
    """What the longest known beginning of the batches comes to, and how many they are."""
    for count in range(len(batches), 1, -1):
        path = _path(folder, batches[:count])
        if not path.exists():
            continue
        try:
            return pl.read_parquet(path), count
        except (OSError, pl.exceptions.PolarsError):
            path.unlink(missing_ok=True)
    return None, 0


def keep_compact(folder: Path, batches: Sequence[Entry], facts: pl.DataFrame) -> None:
    """Keep what the batches come to; older caches of their dataset go."""
    path = _path(folder, batches)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{secrets.token_hex(4)}")
    try:
        facts.write_parquet(part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    for old in path.parent.glob(f"{batches[0].dataset}-*.parquet"):
        if old != path:
            old.unlink(missing_ok=True)


def _path(folder: Path, batches: Sequence[Entry]) -> Path:
    """A name that no other list of batches has."""
    told = "\n".join(one.folder for one in batches)
    name = hashlib.sha256(told.encode()).hexdigest()[:24]
    return folder / COMPACT / f"{batches[0].dataset}-{name}.parquet"
