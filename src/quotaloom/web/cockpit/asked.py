"""What an address asks of the cockpit: a period, a day, a branch, a pace and a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from django.http import Http404

from quotaloom.core.attainment.standing import LagBy, Rule
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FIRST_YEAR, LAST_YEAR, FiscalCalendar, Kind, Period
from quotaloom.cycle.track.to_date import ToDate
from quotaloom.web.accounts.models import Company

if TYPE_CHECKING:
    from django.http import QueryDict

    from quotaloom.cycle.track.board import PaceBy


KINDS: tuple[Kind, ...] = ("year", "half", "quarter", "month")
FIRST_DAY: Final = date(FIRST_YEAR + 2, 1, 1)  # years beside it are asked for as well
LAST_DAY: Final = date(LAST_YEAR - 2, 12, 31)
_LARGEST = 1000  # of a threshold


@dataclass(frozen=True, slots=True)
class Asked:
    """An address read. ``period`` is a label, "" for the year; ``as_of`` None: the newest day."""

    period: str
    as_of: date | None
    branch: tuple[str, ...] | None
    pace: PaceBy
    rule: Rule
    ytd: ToDate = ""


def read(query: QueryDict) -> Asked:
    """The address as it can be meant; Http404 for a day or a threshold that is none."""
    try:
        day = _day(query.get("as_of"))
        yellow, red = (_threshold(query.get(name)) for name in ("yellow", "red"))
    except (ValueError, ZeroDivisionError) as wrong:
        raise Http404 from wrong
    by: LagBy = next((one for one in get_args(LagBy) if one == query.get("lag")), "points")
    rule = Rule(yellow or Rule().yellow, red or Rule().red, by)
    pace: PaceBy = "plan" if query.get("pace") == "plan" else "days"
    branch = tuple(filter(None, query.getlist("at"))) if "at" in query else None
    ytd: ToDate = next((one for one in get_args(ToDate) if one == query.get("ytd")), "")
    return Asked(query.get("period", ""), day, branch, pace, rule, ytd)


def _day(text: str | None) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day


def _threshold(text: str | None) -> Fraction | None:
    value = Fraction(text) if text else None
    if value is not None and not 0 < value <= _LARGEST:
        raise ValueError(text)
    return value


def calendar() -> FiscalCalendar:
    """The company's."""
    row = Company.objects.first()
    if row is None:
        return FiscalCalendar()
    pattern = row.pattern or None
    return FiscalCalendar(row.start_month, row.cutoff_day, pattern)  # type: ignore[arg-type]


def span_of(label: str, year: int) -> Period:
    """The period of a label in a year, the year itself for "". Http404 for one of another year."""
    own = calendar()
    if not label:
        return own.periods(year, "year")[0]
    try:
        found = parse_period(label, own, year)
    except QuotaLoomError as unknown:
        raise Http404 from unknown
    if found.year != year:
        raise Http404
    return found


def periods_of(year: int) -> list[Period]:
    """What may be chosen: the year, its halves, quarters and months."""
    own = calendar()
    return [one for kind in KINDS for one in own.periods(year, kind)]
