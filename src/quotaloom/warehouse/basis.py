"""Facts added up to what the engines eat: one row a tuple of members, year and slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.warehouse.combine import combine, sums
from quotaloom.warehouse.intake.coded import Coded, coded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.periods import FiscalCalendar, Kind

YEAR, SLOT, AMOUNT = "§year", "§slot", "§amount"


@dataclass(frozen=True)
class AddedUp:
    """Sums by tuple, fiscal year and slot (from 0), and the days where the facts begin and end.

    ``days`` counts the days that have facts: as many as slots where the facts are one a slot.
    """

    frame: pl.DataFrame
    first: date
    last: date
    days: int


def add_up(
    frame: pl.DataFrame, columns: Sequence[str], calendar: FiscalCalendar, kind: Kind
) -> AddedUp:
    """Sum ``amount`` over ``columns``, fiscal year and period of ``kind``; exact int64.

    The frame has at least one row, a ``date`` in each.
    """
    days = frame["date"]
    first, last = days.min(), days.max()
    if not (isinstance(first, date) and isinstance(last, date)):  # the intake refuses no rows
        raise TypeError("no dated facts")
    table = calendar.table(first.year - 1, last.year + 1, kind).sort("date")
    table = table.with_columns((pl.col("index") - 1).cast(pl.Int16).alias(SLOT))
    slots = table.select(pl.col("year").alias(YEAR), SLOT).unique(maintain_order=True)
    slot_of_day = table.select(pl.struct("year", SLOT).rank("dense")).to_series() - 1
    place = days.to_physical() - table["date"].to_physical()[0]
    slot = Coded(slots[YEAR], slot_of_day.gather(place).cast(pl.UInt32))
    keys = {name: coded(frame[name]) for name in columns}
    codes, amounts = _grouped(frame["amount"], [*keys.values(), slot])
    texts = {
        name: column.texts.gather(mine).alias(name)
        for (name, column), mine in zip(keys.items(), codes, strict=False)
    }
    when = {name: slots[name].gather(codes[-1]) for name in (YEAR, SLOT)}
    return AddedUp(pl.DataFrame({**texts, **when, AMOUNT: amounts}), first, last, days.n_unique())


def add_up_undated(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Sum ``amount`` over ``columns``: a basis without dates."""
    added = frame.group_by(list(columns)).agg(pl.col("amount").sum().alias(AMOUNT))
    return added.with_columns(pl.col(columns).cast(pl.String))


def _grouped(amounts: pl.Series, columns: Sequence[Coded]) -> tuple[list[pl.Series], pl.Series]:
    """The codes of each combination that occurs, and its sum, in the order of the codes."""
    found = combine(columns)
    added = sums(found.numbers, amounts.to_numpy(), len(found.codes[0]))
    return [pl.Series(codes) for codes in found.codes], pl.Series(added)
