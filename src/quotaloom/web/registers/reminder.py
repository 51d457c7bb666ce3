"""Open opportunities that nobody updated today, told some time before the day's deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Count

from quotaloom.web.registers.deadline import company_deadline
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.selectors import opportunities_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User
    from quotaloom.web.registers.models import Opportunity

MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Reminder:
    """How many records wait, and of whom: those with the most first, then by name.

    ``deadline`` is the time of the day by which they were due; ``is_over`` once it has passed.
    """

    records: int
    people: tuple[tuple[str, int], ...]
    deadline: str
    is_over: bool


def waiting(rows: QuerySet[Opportunity], at: datetime) -> QuerySet[Opportunity]:
    """The open records kept here that nobody updated on the company's day of an instant."""
    local = at.astimezone(company_deadline().zone)
    begun = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return rows.filter(outcome=Outcome.OPEN, master="", updated_at__lt=begun)


def reminder(user: User, at: datetime) -> Reminder | None:
    """What waits for whom the user may change it; None before the time of the reminder.

    Nothing is due on a day that is not worked.
    """
    deadline = company_deadline()
    local = at.astimezone(deadline.zone)
    since = time.fromisoformat(settings.UPDATE_REMINDER)
    if local.time() < since or not deadline.is_working(local.date()):
        return None
    rows = waiting(opportunities_of(user, "opportunities.write"), at)
    counted = rows.order_by().values_list("person").annotate(records=Count("pk"))
    people = sorted(counted, key=lambda one: (-one[1], one[0]))
    if not people:
        return None
    told = tuple(people[:MOST_NAMED])
    is_over = local.time() > deadline.at
    return Reminder(sum(count for _, count in people), told, f"{deadline.at:%H:%M}", is_over)
