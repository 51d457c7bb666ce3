"""What an import is asked for, as the command and a Python call both say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Files for one dataset. Texts are as typed; every field is an option of the command.

    Kept are the date, the amount, the columns recognised as dimensions, and those of ``column`` and
    ``key``. With a ``key`` a row takes the place of the one of the same key; with ``replace`` (a
    period, such as 2026-03 or 2026Q1) the files take the place of all rows of that period; else
    rows are added.
    """

    files: tuple[Path, ...]
    into: str
    column: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    replace: str | None = None
    date: str | None = None
    amount: str | None = None
    where: str | None = None
    alias: tuple[str, ...] = ()
    fiscal_start: int = 1
    cutoff_day: int = 0
