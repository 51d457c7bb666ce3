"""Which days are worked: the public calendar of a country, with its moved days (调休)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from holidays import HolidayBase
    from numpy.typing import NDArray

    from quotaloom.core.model.periods import Period

MOVES_DAYS_EVERY_YEAR = frozenset({"CN"})  # a year without moved days has no official notice yet


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days of some periods, and what a reader must know about them.

    ``counts`` holds one number a period, in their order. ``about`` names country, library and
    version, for the trace.
    """

    counts: NDArray[np.int64]
    findings: tuple[Finding, ...]
    about: str


def workdays(start: date, end: date, *, country: str = "CN") -> NDArray[np.bool_]:
    """Whether each day of ``[start, end)`` is worked; a moved weekend day (调休) is.

    ``country`` is an ISO 3166 code. A year whose official notice is not known yet has its
    statutory days only: see ``provisional_years``. Raises UsageRefused for an unknown country.
    """
    calendar = _calendar(country, range(start.year, end.year + 1))
    days = (start + timedelta(days) for days in range((end - start).days))
    return np.fromiter((calendar.is_working_day(day) for day in days), dtype=np.bool_)


def working_days_by_period(periods: Sequence[Period], *, country: str = "CN") -> WorkingDays:
    """The working days in each ``[start, end)``; periods may overlap, leave gaps, be unsorted."""
    if not periods:
        return WorkingDays(np.zeros(0, dtype=np.int64), (), about(country))
    first = min(period.start for period in periods)
    past = max(period.end for period in periods)
    run = np.concatenate(([0], np.cumsum(workdays(first, past, country=country))))
    bounds = np.array([[(p.start - first).days, (p.end - first).days] for p in periods])
    years = {year for p in periods for year in (p.start.year, (p.end - timedelta(1)).year)}
    return WorkingDays(
        (run[bounds[:, 1]] - run[bounds[:, 0]]).astype(np.int64),
        tuple(
            warning("workdays.provisional", str(year), year=year, country=country)
            for year in provisional_years(range(min(years), max(years) + 1), country=country)
        ),
        about(country),
    )


def working_days_until(period: Period, last: date, *, country: str = "CN") -> tuple[int, int]:
    """The working days of a period up to and with a day, and all of them."""
    worked = workdays(period.start, period.end, country=country)
    over = min(max((last - period.start).days + 1, 0), len(worked))
    return int(worked[:over].sum()), int(worked.sum())


def provisional_years(years: Iterable[int], *, country: str = "CN") -> tuple[int, ...]:
    """Those of the years whose moved days are not known yet: only statutory days are in them."""
    if country not in MOVES_DAYS_EVERY_YEAR:
        return ()
    wanted = sorted(set(years))
    calendar = _calendar(country, wanted)
    noticed = {day.year for day in calendar.weekend_workdays}
    return tuple(year for year in wanted if year not in noticed)


def about(country: str = "CN") -> str:
    """Country, library and version that the days come from, such as ``CN (holidays 0.80)``."""
    return f"{country} (holidays {version('holidays')})"


def _calendar(country: str, years: Iterable[int]) -> HolidayBase:
    import holidays  # noqa: PLC0415  a third of a second that most runs never need

    wanted = set(years)
    around = {year + step for year in wanted for step in (-1, 1)}  # days move across New Year
    try:
        return holidays.country_holidays(country, years=wanted | around)
    except NotImplementedError as unknown:
        raise UsageRefused(
            [error("workdays.unknown_country", country, country=country)]
        ) from unknown
