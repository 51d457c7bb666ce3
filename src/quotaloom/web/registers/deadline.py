"""The deadline of this company: a setting, in its own time zone, on its working days."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from quotaloom.core.model.timeliness import Deadline
from quotaloom.warehouse.workdays import workdays


def company_deadline() -> Deadline:
    """The rule as it is set now."""
    at = time.fromisoformat(settings.UPDATE_DEADLINE)
    return Deadline(at, ZoneInfo(settings.TIME_ZONE), _is_working)


def _is_working(day: date) -> bool:
    return bool(_year(day.year)[day.timetuple().tm_yday - 1])


@lru_cache(maxsize=8)
def _year(year: int) -> tuple[bool, ...]:
    worked = workdays(date(year, 1, 1), date(year, 12, 31) + timedelta(1))
    return tuple(bool(one) for one in worked)
