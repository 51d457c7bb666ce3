"""Whether a record was kept up to date in time: by the deadline of the day, and within 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

A_DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Deadline:
    """``at`` on each working day in the company's zone; reaching it still counts as in time."""

    at: time
    zone: tzinfo
    is_working: Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The day of an update in the company's zone, and how it stands to both rules."""

    day: date
    is_on_time: bool
    is_within_day: bool


def timeliness(updated: datetime, happened: datetime | None, deadline: Deadline) -> Timeliness:
    """How an update stands; both instants carry their zone.

    An update is due at the deadline of the day on which it was made or, where it tells when
    something ``happened``, of that day: of the next one after the deadline has passed. A day that
    is not worked hands its deadline on to the next working day.
    """
    local = updated.astimezone(deadline.zone)
    first = local.date() if happened is None else _owed_on(happened, deadline)
    due = _instant(_worked(first, deadline), deadline)
    elapsed = updated.astimezone(UTC) - (happened or updated).astimezone(UTC)
    return Timeliness(local.date(), updated.astimezone(UTC) <= due, elapsed <= A_DAY)


def _owed_on(happened: datetime, deadline: Deadline) -> date:
    day = happened.astimezone(deadline.zone).date()
    is_over = happened.astimezone(UTC) > _instant(day, deadline)
    return day + timedelta(1) if is_over else day


def _worked(day: date, deadline: Deadline) -> date:
    while not deadline.is_working(day):
        day += timedelta(1)
    return day


def _instant(day: date, deadline: Deadline) -> datetime:
    """The deadline of a day as an instant: a clock that is put back or forward moves it along."""
    return datetime.combine(day, deadline.at, deadline.zone).astimezone(UTC)
