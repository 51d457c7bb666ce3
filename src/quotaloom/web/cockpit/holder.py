"""Who sits on a seat today, for those who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.access import scope_of
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Axis, Occupancy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.web.accounts.models import User


def holders(user: User, codes: Sequence[str]) -> dict[str, str]:
    """The names by the code of the seat; a vacant seat, or one outside the scope, has none."""
    scope = scope_of(user, "people.read")
    rows = Occupancy.objects.filter(in_force(timezone.localdate()), seat__axis=Axis.ORG)
    rows = rows.filter(seat__code__in=codes).select_related("seat", "person")
    return {
        one.seat.code: one.person.name for one in rows if one.person and scope.holds(one.seat_id)
    }
