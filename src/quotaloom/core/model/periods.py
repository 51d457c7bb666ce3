"""Fiscal calendars: years, halves, quarters, months and weeks that hold every date exactly once."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, get_args

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error

Kind = Literal["year", "half", "quarter", "month", "week"]
Pattern = Literal["4-4-5", "4-5-4", "5-4-4"]
Alignment = Literal["nearest", "last"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a fiscal year. ``index`` counts from 1; the days are ``[start, end)``."""

    kind: Kind
    year: int
    index: int
    label: str
    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """How a company cuts its years.

    ``cutoff_day`` is the last day of a month (25: the month runs 26 to 25 and is named by its last
    day; 0: months end naturally; a day that a month lacks means its last day). With a ``pattern``
    months are whole weeks; the year ends on the week's last day ``nearest`` to the natural year
    end, or the ``last`` one up to it; a 53rd week belongs to the last month. ``week_start`` is the
    ISO weekday (1 Monday, 7 Sunday). ``year_name``: a year that does not start in January is named
    by the calendar year of its end, or of its start.
    """

    start_month: int = 1
    cutoff_day: int = 0
    pattern: Pattern | None = None
    week_start: int = 1
    year_end: Alignment = "nearest"
    year_name: Literal["end", "start"] = "end"

    def __post_init__(self) -> None:
        refused = [
            error("calendar.setting_refused", setting, value=str(value), allowed=allowed)
            for setting, value, good, allowed in (
                ("start_month", self.start_month, self.start_month in range(1, 13), "1–12"),
                ("cutoff_day", self.cutoff_day, self.cutoff_day in range(32), "0–31"),
                (
                    "pattern",
                    self.pattern,
                    self.pattern in (None, *get_args(Pattern)),
                    "4-4-5, 4-5-4, 5-4-4",
                ),
                ("week_start", self.week_start, self.week_start in range(1, 8), "1–7"),
                ("year_end", self.year_end, self.year_end in ("nearest", "last"), "nearest, last"),
                ("year_name", self.year_name, self.year_name in ("end", "start"), "end, start"),
            )
            if not good
        ]
        if refused:
            raise UsageRefused(refused)

    def periods(self, year: int, kind: Kind) -> tuple[Period, ...]:
        """The periods of a fiscal year, in order. Refuses a year outside 1900–2199."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise DataRefused([error("period.out_of_range", str(year), value=str(year))])
        return _periods(self, year, kind)

    def period_of(self, day: date, kind: Kind) -> Period:
        """The one period that holds the day, in 1901–2198; a week may belong to a year beside."""
        if not FIRST_YEAR < day.year < LAST_YEAR:
            raise DataRefused([error("period.out_of_range", str(day), value=str(day))])
        ahead = self.year_of_month(day.year, day.month) + 1
        started = (year for year in (ahead, ahead - 1) if _start(self, year, kind) <= day)
        found = self.periods(next(started, ahead - 2), kind)
        return found[bisect_right(found, day, key=lambda period: period.start) - 1]

    def year_of(self, day: date) -> int:
        """The fiscal year that holds the day."""
        return self.period_of(day, "year").year

    def month_index(self, month: int) -> int:
        """The place of a calendar month (1–12) in the fiscal year, from 1."""
        return (month - self.start_month) % 12 + 1

    def year_of_month(self, year: int, month: int) -> int:
        """The fiscal year to which a calendar month belongs."""
        ends = year + (self.start_month > 1 and month >= self.start_month)
        return ends - (self.year_name == "start" and self.start_month > 1)

    def table(self, first_year: int, last_year: int, kind: Kind) -> pl.DataFrame:
        """A row a day of these fiscal years: ``date``, ``year``, ``index``, ``period`` (label)."""
        found = [
            period
            for year in range(first_year, last_year + 1)
            for period in self.periods(year, kind)
        ]
        spans = pl.DataFrame(
            [(p.start, p.end, p.year, p.index, p.label) for p in found],
            schema={
                "start": pl.Date,
                "end": pl.Date,
                "year": pl.Int32,
                "index": pl.Int32,
                "period": pl.String,
            },
            orient="row",
        )
        days = pl.date_ranges("start", "end", closed="left").alias("date")
        return spans.select(days, "year", "index", "period").explode("date")


NRF: Final = FiscalCalendar(start_month=2, pattern="4-5-4", week_start=7, year_name="start")


def rollups(calendar: FiscalCalendar, year: int, kind: Kind) -> dict[str, tuple[str, ...]]:
    """The labels that each leaf period adds up to, finest first.

    Weeks cut natural months, so they add up to the year alone; where a pattern builds months of
    whole weeks, they add up to those too.
    """
    return {
        leaf.label: tuple(_holder(calendar, leaf, wider) for wider in _wider(calendar, kind))
        for leaf in calendar.periods(year, kind)
    }


def _wider(calendar: FiscalCalendar, kind: Kind) -> tuple[Kind, ...]:
    if kind == "week":
        return ("month", "quarter", "half", "year") if calendar.pattern else ("year",)
    kinds: tuple[Kind, ...] = ("month", "quarter", "half", "year")
    return kinds[kinds.index(kind) + 1 :]


def _holder(calendar: FiscalCalendar, leaf: Period, wider: Kind) -> str:
    found = calendar.periods(leaf.year, wider)
    place = bisect_right(found, leaf.start, key=lambda period: period.start) - 1
    return found[max(place, 0)].label


@lru_cache(maxsize=4096)
def _periods(calendar: FiscalCalendar, year: int, kind: Kind) -> tuple[Period, ...]:
    edges = _week_edges(calendar, year) if kind == "week" else _month_edges(calendar, year)
    step = _MONTHS.get(kind, 1)
    return tuple(
        Period(kind, year, index, _label(calendar, year, kind, index), start, end)
        for index, (start, end) in enumerate(pairwise(edges[::step]), start=1)
    )


def _label(calendar: FiscalCalendar, year: int, kind: Kind, index: int) -> str:
    if kind == "month" and calendar.pattern is None:
        number = _first_month(calendar, year) + index - 1
        return f"{number // 12}-{number % 12 + 1:02}"
    whole = f"FY{year}" if calendar.start_month > 1 else f"{year}"
    suffix = {"year": "", "half": "H{}", "quarter": "Q{}", "month": "P{:02}", "week": "W{:02}"}
    return whole + suffix[kind].format(index)


def _month_edges(calendar: FiscalCalendar, year: int) -> list[date]:
    """The first day of each month and the day after the last one."""
    if calendar.pattern is None:
        first = _first_month(calendar, year)
        return [_month_end(calendar, first - 1 + place) for place in range(13)]
    weeks = _week_edges(calendar, year)
    lengths = [int(length) for length in calendar.pattern.split("-")] * 4
    places = [sum(lengths[:month]) for month in range(12)]
    return [weeks[place] for place in places] + weeks[-1:]


def _week_edges(calendar: FiscalCalendar, year: int) -> list[date]:
    start, end = _start(calendar, year, "week"), _start(calendar, year + 1, "week")
    return [start + _WEEK * place for place in range((end - start).days // 7 + 1)]


def _start(calendar: FiscalCalendar, year: int, kind: Kind) -> date:
    """The first day of the year, as this kind of period cuts it.

    A week of a natural year belongs to the year that holds its fourth day (ISO 8601's rule), so
    week 1 starts nearest to the first day of the year.
    """
    natural = _month_end(calendar, _first_month(calendar, year) - 1)
    if calendar.pattern is None and kind != "week":
        return natural
    late = (natural.isoweekday() - calendar.week_start) % 7
    nearest = calendar.pattern is None or calendar.year_end == "nearest"
    return natural + _WEEK - _DAY * late if nearest and late > 3 else natural - _DAY * late


def _first_month(calendar: FiscalCalendar, year: int) -> int:
    """The number of the first month of a fiscal year, counted from January of year 0."""
    starts_before = calendar.start_month > 1 and calendar.year_name == "end"
    return (year - starts_before) * 12 + calendar.start_month - 1


def _month_end(calendar: FiscalCalendar, number: int) -> date:
    """The day after the last one of a month."""
    year, month = number // 12, number % 12 + 1
    length = monthrange(year, month)[1]
    return date(year, month, min(calendar.cutoff_day or length, length)) + _DAY
