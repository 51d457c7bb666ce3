"""Columns of the demo company's files: whole 分 as text, day numbers as dates, codes as names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.cycle.demo_company.season import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def yuan(fen: Ints) -> pl.Series:
    """Amounts in 元 with two decimals, written from whole 分: no float takes part."""
    size = pl.from_numpy(abs(fen), ["fen"])["fen"]
    text = size.to_frame().select(
        pl.format("{}.{}", pl.col("fen") // 100, (pl.col("fen") % 100).cast(pl.String).str.zfill(2))
    )
    signs = pl.Series(np.where(fen < 0, "-", "").tolist())
    return signs + text.to_series()


def day(numbers: Ints) -> pl.Series:
    """Dates from days since the start of the history."""
    return pl.Series(np.datetime64(FIRST) + numbers)


def named(names: Sequence[str], numbers: Ints) -> pl.Series:
    """The name of each number, counted from 0."""
    return pl.Series(names, dtype=pl.String).gather(numbers)


def numbered(pattern: str, numbers: Ints, width: int) -> pl.Series:
    """Codes such as HT-000001 from numbers 0, 1, …; ``pattern`` has one ``{}``."""
    series = pl.Series("n", numbers + 1).cast(pl.String).str.zfill(width)
    return series.to_frame().select(pl.format(pattern, pl.col("n"))).to_series()
