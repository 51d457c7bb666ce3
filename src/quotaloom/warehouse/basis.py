"""Facts added up to what the engines eat: one row a tuple of members, year and slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.periods import FiscalCalendar, Kind

YEAR, SLOT, AMOUNT = "§year", "§slot", "§amount"


@dataclass(frozen=True)
class AddedUp:
    """Sums by tuple, fiscal year and slot (from 0), and the days where the facts begin and end."""

    frame: pl.DataFrame
    first: date
    last: date


def add_up(
    frame: pl.DataFrame, columns: Sequence[str], calendar: FiscalCalendar, kind: Kind
) -> AddedUp:
    """Sum ``amount`` over ``columns``, fiscal year and period of ``kind``; exact int64.

    The frame has at least one row, a ``date`` in each.
    """
    days = frame["date"]
    first, last = days.min(), days.max()
    if not (isinstance(first, date) and isinstance(last, date)):  # the intake refuses no rows
        raise ValueError("no dated facts")
    table = calendar.table(first.year - 1, last.year + 1, kind).sort("date")
    place = days.to_physical().cast(pl.Int32) - table["date"].to_physical()[0]
    columns_of_day = {
        YEAR: table["year"].gather(place).cast(pl.Int32),
        SLOT: (table["index"].gather(place) - 1).cast(pl.Int16),
    }
    added = (
        frame.select(*columns, "amount")
        .with_columns(**columns_of_day)
        .group_by([*columns, YEAR, SLOT])
        .agg(pl.col("amount").sum().alias(AMOUNT))
    )
    return AddedUp(added, first, last)


def add_up_undated(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Sum ``amount`` over ``columns``: a basis without dates."""
    return frame.group_by(list(columns)).agg(pl.col("amount").sum().alias(AMOUNT))
