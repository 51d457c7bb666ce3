"""Reading plans: each user sees the plans that hold something of hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from quotaloom.web.org.access import scope_of
from quotaloom.web.plans.models import Plan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User


def plans_for_user(user: User) -> QuerySet[Plan]:
    """All plans for one who may see everything; else those tied to seats, and her own."""
    if scope_of(user, "plans.read").everything:
        return Plan.objects.all()
    return Plan.objects.filter(Q(owner=user) | ~Q(org_header=""))
