"""The company of this workspace: one row, made when it is first asked for to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db import DatabaseError

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.web.accounts.models import Company

if TYPE_CHECKING:
    from quotaloom.core.model.periods import Pattern


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the company cuts its year, and the unit its pages open in (a code of ui.unit)."""

    calendar: FiscalCalendar
    unit: str


def company() -> Company:
    """The company, with its defaults where nobody has set it up yet."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)


def conventions() -> Conventions:
    """What the company's settings say of years and amounts; natural years where they say nothing.

    ``calendar`` carries start_month, cutoff_day and pattern (None: months of the calendar).
    """
    row = company()
    pattern = cast("Pattern | None", row.pattern or None)
    return Conventions(FiscalCalendar(row.start_month, row.cutoff_day, pattern), row.unit)


def company_unit() -> str:
    """The unit in which pages open; none while the database does not answer."""
    try:
        return company().unit
    except DatabaseError:
        return ""
