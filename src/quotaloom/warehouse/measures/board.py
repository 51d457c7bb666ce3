"""The groups and periods of a question as rows, on which figures are set side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.warehouse.measures.query import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, eq=False)
class Board:
    """``rows``: the keys and ``§period`` of each row, sorted.

    A dense board has every group in each of ``periods`` periods from number ``first`` on, so that
    what is seen from another period is a few rows up or down; else there are only rows with facts.
    """

    rows: pl.DataFrame
    first: int = 0
    periods: int = 0

    @property
    def keys(self) -> list[str]:
        """The columns that make a group."""
        return self.rows.columns[:-1]

    def placed(self, found: pl.DataFrame, column: str, *, missing: int | None) -> pl.Series:
        """A column of found rows at its place; ``missing`` where nothing was found."""
        on = self.rows.columns
        told = found.select(*on, column)
        met = self.rows.join(told, on=on, how="left", nulls_equal=True, maintain_order="left")
        return met[column] if missing is None else met[column].fill_null(missing)


def board(found: Sequence[pl.DataFrame], keys: Sequence[str], *, is_dense: bool) -> Board:
    """The board on which all found rows have a place."""
    columns = [*keys, PERIOD]
    rows = pl.concat([one.select(columns) for one in found])
    if not is_dense or rows.is_empty():
        return Board(rows.unique().sort(columns, nulls_last=True))
    first, last = rows.select(pl.col(PERIOD).min(), last=pl.col(PERIOD).max()).row(0)
    numbers = pl.int_ranges(first, last + 1, dtype=pl.Int64).alias(PERIOD)
    groups = rows.select(keys).unique().sort(keys, nulls_last=True) if keys else pl.DataFrame()
    spread = groups.with_columns(numbers) if keys else pl.select(numbers)
    return Board(spread.explode(PERIOD), first, last - first + 1)
