"""Lists of members: one file a column, its first column the names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.cycle.request import read_pairs
from quotaloom.warehouse.intake.name_text import cleaned
from quotaloom.warehouse.intake.raw import open_raw

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_rolls(texts: Sequence[str]) -> dict[str, frozenset[str]]:
    """Read ``COLUMN=FILE`` texts. Raises UsageRefused or DataRefused for what is none."""
    return {column: _roll(Path(file)) for column, file in read_pairs(tuple(texts)).items()}


def _roll(path: Path) -> frozenset[str]:
    file = open_raw(path)
    names = file.load(file.headers[:1]).frame.to_series().cast(pl.String).drop_nulls()
    return frozenset(cleaned(names).to_list()) - {""}
