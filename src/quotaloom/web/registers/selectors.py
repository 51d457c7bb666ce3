"""Records within somebody's scope, filtered, sorted, and with their history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from quotaloom.web.org.access import scope_of
from quotaloom.web.registers.models import Opportunity, Outcome, Update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User

PAGE: Final = 50
SEARCHED: Final = ("number", "name", "customer", "person")
SORTS: Final = ("number", "customer", "person", "stage", "amount", "expected_on", "updated_at")
NEWEST: Final = "-updated_at"


def opportunities_of(user: User, permission: str = "opportunities.read") -> QuerySet[Opportunity]:
    """The records of the seats that the permission reaches; those of nobody need the whole."""
    scope = scope_of(user, permission)
    rows = Opportunity.objects.filter(is_there=True).select_related("seat")
    return rows if scope.everything else rows.filter(seat_id__in=scope.members)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is to show: texts that must occur, a stage, an outcome, an order.

    ``waits`` shows only what nobody updated today.
    """

    text: str
    stage: str
    outcome: str
    sort: str
    waits: bool

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Wanted:
        """What an address asks; what it cannot mean is left out."""
        sort = told.get("sort", NEWEST)
        outcome = told.get("outcome", Outcome.OPEN)
        return cls(
            told.get("q", "").replace("\0", "").strip()[:100],
            told.get("stage", "").replace("\0", "")[:80],
            outcome if outcome in Outcome.values else "",
            sort if sort.removeprefix("-") in SORTS else NEWEST,
            told.get("waits") == "1",
        )


def listed(rows: QuerySet[Opportunity], wanted: Wanted) -> QuerySet[Opportunity]:
    """The rows that are wanted, in their order; what has no value comes last."""
    for word in wanted.text.split():
        found = Q()
        for column in SEARCHED:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    by = F(wanted.sort.removeprefix("-"))
    is_falling = wanted.sort.startswith("-")
    order = by.desc(nulls_last=True) if is_falling else by.asc(nulls_last=True)
    return rows.order_by(order, "number")


def stages_of(rows: QuerySet[Opportunity]) -> list[str]:
    """The stages that occur, in the order of their names."""
    return list(rows.exclude(stage="").order_by("stage").values_list("stage", flat=True).distinct())


def history_of(record: Opportunity) -> QuerySet[Update]:
    """Every submit about a record with what it changed, the newest first."""
    return record.updates.prefetch_related("changes").order_by("-position")
