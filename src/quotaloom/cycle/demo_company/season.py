"""When the demo company sells: the Chinese year, month by month and day by day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FIRST: Final = date(2024, 1, 1)
LAST: Final = date(2026, 12, 31)
DAYS: Final = (LAST - FIRST).days + 1
YEARS: Final = (2024, 2025, 2026)
MONTHS: Final = 36
_SHAPE: Final = (62, 52, 88, 72, 76, 104, 70, 68, 102, 74, 92, 150)
_SPRING: Final = {2024: (66, 38), 2025: (44, 62), 2026: (70, 34)}  # January, February
_FESTIVAL: Final = {2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17)}


def day_number(day: date) -> int:
    """Days since the first day of the history."""
    return (day - FIRST).days


def compounded(weight: int, growth: int, years: int) -> int:
    """A weight after some years of growth per mille."""
    for _ in range(years):
        weight = weight * (1000 + growth) // 1000
    return weight


@cache
def dates() -> tuple[date, ...]:
    """Every day of the history."""
    return tuple(FIRST + timedelta(number) for number in range(DAYS))


@cache
def month_of_day() -> Ints:
    """The month 0..35 of every day."""
    return np.array([(day.year - 2024) * 12 + day.month - 1 for day in dates()])


@cache
def month_weights() -> Ints:
    """How much is sold in each of the 36 months before growth: a dip at 春节, quarter-end peaks."""
    return np.array([(*_SPRING[year], *_SHAPE[2:]) for year in YEARS]).ravel()


@cache
def day_weights() -> Ints:
    """How much of its month each day takes: few at weekends and feasts, many at month end."""
    return np.array([_day_weight(day) for day in dates()])


@cache
def day_table() -> Ints:
    """The day weights, one row a month; days of other months weigh nothing."""
    table = np.zeros((MONTHS, DAYS), dtype=np.int64)
    table[month_of_day(), np.arange(DAYS)] = day_weights()
    return table


def _day_weight(day: date) -> int:
    weight = 12 if day.isoweekday() > 5 else 100
    left = ((day.replace(day=28) + timedelta(4)).replace(day=1) - day).days - 1
    if left < 7:
        weight *= 3 if day.month % 3 == 0 else 2
    if -4 <= (day - _FESTIVAL[day.year]).days <= 8:
        weight //= 6
    is_feast = (day.month == 10 and day.day <= 7) or (day.month == 5 and day.day <= 4)
    return weight // 8 + 1 if is_feast else weight
