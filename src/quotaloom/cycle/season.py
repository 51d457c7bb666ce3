"""The seasonal setting of a request: which slots history is counted in, and the year's shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.seasonality import (
    even,
    over_periods,
    typed_findings,
    typed_weights,
    with_typed,
)
from quotaloom.core.model.amounts import parse_amount
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.warehouse.intake.profile_file import read_profile
from quotaloom.warehouse.workdays import working_days_by_period

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.core.model.periods import FiscalCalendar, Kind
    from quotaloom.cycle.request import DecomposeRequest


WEIGHTS: Final = re.compile(r"[0-9.%％\s]+([,，、:：-][0-9.%％\s]+)+")


@dataclass(frozen=True)
class Shaped:
    """Profiles over the plan's periods and what was said on the way."""

    profiles: NDArray[np.int64]
    findings: tuple[Finding, ...]
    about: dict[str, str]


def slot_kind(request: DecomposeRequest) -> Kind:
    """History is counted by month, or by week where the plan is."""
    return "week" if request.time == "week" else "month"


@dataclass(frozen=True)
class Festival:
    """The slots of January and February and their working days in the target year, or None."""

    slots: tuple[int, int, int, int] | None
    findings: tuple[Finding, ...] = ()
    about: str = ""


def spring_festival(request: DecomposeRequest, calendar: FiscalCalendar) -> Festival:
    """How January and February share what they have together.

    Nothing is shared where the setting is off, the country is not CN, the history is counted by
    week or in 4-4-5 months, or the fiscal year does not hold the two months side by side.
    """
    if request.spring_festival == "off" or request.country != "CN" or calendar.pattern:
        return Festival(None)
    if slot_kind(request) != "month" or calendar.start_month == 2:
        return Festival(None)
    periods = calendar.periods(request.year, "month")
    january = calendar.month_index(1) - 1
    days = working_days_by_period(periods[january : january + 2])
    first, second = days.counts.tolist()
    is_seen = request.time == "month"
    about = f"{first} + {second} · {days.about}"
    return Festival((january, january + 1, first, second), days.findings if is_seen else (), about)


def shape_year(
    request: DecomposeRequest, calendar: FiscalCalendar, profiles: NDArray[np.int64]
) -> Shaped:
    """The profiles of the plan's periods: history's, or what ``seasonality`` says instead."""
    periods = calendar.periods(request.year, request.time)
    asked = request.seasonality.strip()
    if asked == "equal":
        return Shaped(_each(profiles, even(len(periods))), (), {})
    if asked == "workdays":
        days = working_days_by_period(periods, country=request.country)
        return Shaped(
            _each(profiles, days.counts[None, :]), days.findings, {"workdays": days.about}
        )
    finer = calendar.periods(request.year, slot_kind(request))
    history = over_periods(_fitted(profiles, len(finer)), finer, periods)
    if asked == "history":
        return Shaped(history, (), {})
    raw = _typed(asked, calendar, request.year)
    typed = typed_weights(raw, request.year, calendar)
    shares = ", ".join(f"{float(share):.4%}" for share in typed.shares)
    outer = calendar.periods(request.year, typed.kind)
    return Shaped(
        with_typed(history, periods, outer, typed),
        tuple(typed_findings(typed)),
        {"seasonality_shares": shares},
    )


def _typed(text: str, calendar: FiscalCalendar, year: int) -> list[Fraction]:
    """The weights of a list such as 15,20,30,35 or 15-20-30-35, or of a file."""
    if is_list(text):
        parts = re.split("[,，、:：-]", text)
        return [parse_amount(part.strip().rstrip("%％")).value for part in parts]
    if not is_file(text):
        raise UsageRefused([error("seasonality.unreadable", text[:200])])
    return list(read_profile(Path(text), calendar, year))


def is_file(text: str) -> bool:
    """Whether a seasonality names a file that is there."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long a name, or one that no file can have
        return False


def is_list(text: str) -> bool:
    """Whether a seasonality is typed as weights; a file's name holds letters."""
    return WEIGHTS.fullmatch(text) is not None


def _each(profiles: NDArray[np.int64], one: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.repeat(one.astype(np.int64), len(profiles), axis=0)


def _fitted(profiles: NDArray[np.int64], slots: int) -> NDArray[np.int64]:
    """Profiles as long as the year: a 53rd week is left out where the year has none."""
    if profiles.shape[1] == 1:
        return np.repeat(profiles, slots, axis=1)
    return profiles[:, :slots]
