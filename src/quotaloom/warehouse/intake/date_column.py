"""A column of dates of any type, and what is wrong with it or worth knowing about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.findings import Finding, error, info, warning
from quotaloom.warehouse.intake.coded import Coded, coded
from quotaloom.warehouse.intake.date_text import Day, Habits, order_shown, read_day
from quotaloom.warehouse.intake.place import cell_errors, shown

if TYPE_CHECKING:
    from quotaloom.warehouse.intake.place import Place

_FIRST: Final = date(1950, 1, 1)
_LAST: Final = date(2150, 12, 31)
_SECONDS: Final = r"^(.*[0-9]:[0-5][0-9]):[0-9]{2}(?:[.][0-9]+)?"
_BLANK: Final = "intake.date_blank"
_READ_AS: Final = {
    "serial": (info, "intake.date_serial_read"),
    "zone": (info, "intake.date_zone_read"),
    "month": (info, "intake.date_month_read"),
    "quarter": (warning, "intake.date_quarter_read"),
    "year": (warning, "intake.date_year_read"),
}


@dataclass(frozen=True, slots=True)
class Dates:
    """What a column of dates says: ``values`` is null where the cell is blank or refused."""

    values: pl.Series
    texts: Coded
    days: tuple[Day | str, ...]
    order: str | None = None


def read_dates(column: pl.Series, habits: Habits) -> Dates:
    """Read a column of text, of numbers such as 20250103, or of dates and instants."""
    if column.dtype == pl.Date or isinstance(column.dtype, pl.Datetime):
        return _read_typed(column, habits)
    if column.dtype == pl.String and column.str.contains(":", literal=True).any():
        column = column.str.replace(_SECONDS, "$1")
    texts = coded(column)
    known = {order_shown(text) for text in texts.texts.to_list()}
    proved = known & {"dmy", "mdy"}
    if habits.order is None and len(proved) == 1:
        habits = replace(habits, order="dmy" if "dmy" in proved else "mdy")
    days = tuple(read_day(text, habits) for text in texts.texts.to_list())
    by_text = pl.Series([day.day if isinstance(day, Day) else None for day in days], dtype=pl.Date)
    order = habits.order if "either" in known or proved else None
    return Dates(texts.spread(by_text), texts, days, order)


def _read_typed(column: pl.Series, habits: Habits) -> Dates:
    zone = getattr(column.dtype, "time_zone", None)
    local = column.dt.convert_time_zone(habits.zone) if zone else column
    days = local if local.dtype == pl.Date else local.dt.date()
    good = days.is_between(_FIRST, _LAST)
    far = (~good).fill_null(value=False)
    if not far.any():
        return Dates(
            days, Coded(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.UInt32)), ()
        )
    texts = coded(pl.select(pl.when(far).then(days)).to_series())
    values = pl.select(pl.when(good).then(days)).to_series()
    return Dates(values, texts, ("intake.date_far",) * len(texts.texts))


def date_findings(
    dates: Dates, column: pl.Series, place: Place, *, required: bool = True
) -> list[Finding]:
    """Every blank and refused cell, one question for an unclear order, then what was read how.

    A blank cell is a fault only where the column is ``required``.
    """
    refused: dict[str, list[int]] = {}
    for index, day in enumerate(dates.days):
        if isinstance(day, str) and day != _BLANK:
            refused.setdefault(day, []).append(index)
    blank = dates.values.is_null()
    if refused:
        blank &= ~_rows(dates, [index for texts in refused.values() for index in texts])
    found = cell_errors(place, blank, column, code=_BLANK) if required else []
    for code, texts in sorted(refused.items()):
        bad = _rows(dates, texts)
        if code == "intake.date_ambiguous":
            found += _ambiguous(bad, column, place)
        else:
            found += cell_errors(place, bad, column, code=code)
    return found + _echoes(dates, column, place)


def _rows(dates: Dates, texts: list[int]) -> pl.Series:
    wanted = np.zeros(len(dates.days), dtype=bool)
    wanted[texts] = True
    return dates.texts.spread(pl.Series(wanted)).fill_null(value=False)


def _ambiguous(bad: pl.Series, column: pl.Series, place: Place) -> list[Finding]:
    first = bad.arg_max() or 0
    if not bad.any():
        return []
    address = place.address(first, column[first])
    return [error("intake.date_ambiguous", place.header, count=int(bad.sum()), **address)]


def _echoes(dates: Dates, column: pl.Series, place: Place) -> list[Finding]:
    found: list[Finding] = []
    counts = dates.texts.counts() if dates.days else np.zeros(0, dtype=np.int64)
    for kind, (tell, code) in _READ_AS.items():
        texts = [
            index
            for index, day in enumerate(dates.days)
            if isinstance(day, Day) and day.precision == kind and counts[index]
        ]
        if not texts:
            continue
        first = _rows(dates, texts).arg_max() or 0
        found.append(
            tell(
                code,
                place.header,
                file=place.file,
                count=int(counts[texts].sum()),
                example=shown(column[first]),
                day=str(dates.values[first]),
            )
        )
    if dates.order:
        found.append(
            info("intake.date_order_used", place.header, file=place.file, order=dates.order)
        )
    return found
