"""The events of a request and the periods that they lift."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.seasonality import INSIDE
from quotaloom.core.allocation.uplift import lifted
from quotaloom.core.model.amounts import parse_target
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.period_labels import parse_period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotaloom.core.model.periods import FiscalCalendar, Period
    from quotaloom.cycle.request import DecomposeRequest

MOST: Final = 10  # times the season
PARTS: Final = 10**6  # of an uplift: no more digits are read


def lift(
    request: DecomposeRequest, calendar: FiscalCalendar, profiles: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Season × (1 + the sum of the uplifts of its events), period by period.

    Raises UsageRefused for an event that cannot be read, that is finer than the plan's periods, or
    that takes more than all of a period away.
    """
    if not request.event:
        return profiles
    periods = calendar.periods(request.year, request.time)
    factors = [Fraction(1)] * len(periods)
    for text in request.event:
        event, rate = _read(text, calendar, request.year)
        lifts = [place for place, one in enumerate(periods) if one.start + INSIDE in event]
        inside = [periods[place] for place in lifts]
        if not inside or inside[0].start < event.start - INSIDE:
            raise UsageRefused([error("event.too_fine", text, period=periods[0].label)])
        for place in lifts:
            factors[place] += rate
    if min(factors) < 0 or not any(factors):
        raise UsageRefused([error("event.below_nothing", "; ".join(request.event))])
    return lifted(profiles, factors)


def _read(text: str, calendar: FiscalCalendar, year: int) -> tuple[Period, Fraction]:
    """An event such as 2027-06:+20% 新品上市: its period and its uplift."""
    label, colon, rest = text.replace("：", ":").partition(":")
    words = rest.split(maxsplit=1)
    if not colon or not words:
        raise UsageRefused([error("event.unreadable", text)])
    rate = parse_target(words[0])
    if rate.kind != "growth" or abs(rate.value) > MOST or (rate.value * PARTS).denominator != 1:
        raise UsageRefused([error("event.unreadable", text)])
    period = parse_period(label.strip(), calendar, year)
    if calendar.year_of(period.start) != year:
        raise UsageRefused([error("event.other_year", text, year=year)])
    return period, rate.value
