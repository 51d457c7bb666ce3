"""Sums of many lines as files: made once by the worker, read by every process that serves pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.warehouse.marts.shelf_file import MARTS, keep
from quotaloom.web.data.shelf import facts_shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path


def filed(name: str, key: tuple[Hashable, ...], made: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """The sums of a key as the worker filed them; made here while it has not."""
    try:
        return pl.read_parquet(_path(name, key))
    except FileNotFoundError:
        return made()


def sums_file(name: str, key: tuple[Hashable, ...], made: Callable[[], pl.DataFrame]) -> None:
    """File the sums of a key, once. Raises DataRefused where the disk refuses."""
    path = _path(name, key)
    if not path.exists():
        keep(path, made())


def _path(name: str, key: tuple[Hashable, ...]) -> Path:
    digest = hashlib.sha256(repr(key).encode()).hexdigest()[:24]
    return facts_shelf().folder / MARTS / f"cockpit.{name}-{digest}.parquet"
