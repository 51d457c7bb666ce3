"""Which period, branch and day a program asks of the cockpit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from pydantic import Field, field_validator

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.web.api.paging import Page
from quotaloom.web.api.refusal import refused
from quotaloom.web.cockpit.asked import FIRST_DAY, LAST_DAY, calendar

if TYPE_CHECKING:
    from quotaloom.core.model.periods import Period

SEPARATOR = ">"


class Part(Page):
    """A period's label, the path of a branch joined by ``>``, and the last day that counts.

    Without them: the year, all that is seen, and the newest day that has a fact.
    """

    period: str = Field("", max_length=20)
    path: str = Field("", max_length=500)
    as_of: date | None = None

    @field_validator("as_of")
    @classmethod
    def _within_calendar(cls, day: date | None) -> date | None:
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(f"{FIRST_DAY} … {LAST_DAY}")
        return day

    @property
    def branch(self) -> tuple[str, ...] | None:
        """The members of the path, top first; None for all that is seen."""
        return tuple(self.path.split(SEPARATOR)) if self.path else None

    def span(self, year: int | None = None) -> Period:
        """The period, of a year (that of the day) where it names none. Refused (422) for none."""
        own = calendar()
        year = year or own.year_of(self.as_of or timezone.localdate())
        try:
            return parse_period(self.period or str(year), own, year)
        except QuotaLoomError as unknown:
            raise refused(unknown) from unknown


def last_day(span: Period) -> date:
    """The last day of a period."""
    return span.end - timedelta(1)
