"""How timely people keep their records: the measures of the house, person by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.measures.figures import FigureRequest, figures
from quotaloom.cycle.measures.known import measures_of
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Axis
from quotaloom.web.org.sight import codes_within
from quotaloom.web.registers.models import Update

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quotaloom.core.model.periods import Period
    from quotaloom.web.accounts.models import User

CODES: Final = ("record_updates", "on_time_update_rate", "prompt_update_rate")
MOST_LATE: Final = 20


@dataclass(frozen=True, slots=True)
class Timely:
    """A person's updates in a period, and the shares in tenths of a percent; None where none."""

    person: str
    updates: int
    on_time: int | None
    prompt: int | None


def timely(user: User, period: Period) -> list[Timely]:
    """Who updated records within one's scope in the period, the least timely first."""
    scope = scope_of(user, "opportunities.read")
    within = {} if scope.everything else {"seat": tuple(sorted(codes_within(Axis.ORG, scope)))}
    asked = FigureRequest(codes=CODES, by=("person",), time=period.kind, within=within)
    answer = figures(facts_shelf(), measures_of(settings.HOME), asked)
    if answer.frame.is_empty():
        return []
    own = answer.frame.filter(answer.frame["period"] == period.label)
    found = [
        Timely(
            "" if row["person"] == UNASSIGNED else row["person"],
            row["record_updates"] // answer.scales["record_updates"],
            _tenths(row["on_time_update_rate"], answer.scales["on_time_update_rate"]),
            _tenths(row["prompt_update_rate"], answer.scales["prompt_update_rate"]),
        )
        for row in own.iter_rows(named=True)
        if row["record_updates"]
    ]
    return sorted(found, key=lambda one: (one.on_time or 0, one.prompt or 0, one.person))


def _tenths(rate: int | None, scale: int) -> int | None:
    """A share as tenths of a percent, half away from zero."""
    return None if rate is None else (rate * 2000 + scale) // (2 * scale)


def late(user: User, period: Period) -> QuerySet[Update]:
    """The newest updates within one's scope that missed the deadline of their day."""
    scope = scope_of(user, "opportunities.read")
    rows = Update.objects.filter(is_on_time=False, day__gte=period.start, day__lt=period.end)
    rows = rows.filter(record__is_there=True).select_related("record")
    rows = rows if scope.everything else rows.filter(record__seat_id__in=scope.members)
    return rows.order_by("-at")[:MOST_LATE]
