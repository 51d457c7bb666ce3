"""Plans for the command palette: by name, as far as their measure and seats are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from quotaloom.web.org.roles import MEASURES
from quotaloom.web.plans.selectors import plans_for_user, sees_any
from quotaloom.web.ui.search import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.web.accounts.models import User
    from quotaloom.web.ui.search import Words


def plans_found(user: User, words: Words) -> Iterator[Hit]:
    """The plans whose name fits and of which the user sees anything."""
    if not user.has_perm("plans.read"):
        return
    for plan in plans_for_user(user):
        rank = words.rank(plan.name)
        if rank is not None and sees_any(user, plan):
            told = f"{MEASURES[plan.measure]} · {plan.year}"
            yield Hit(rank, plan.name, told, "network", reverse("plan", args=[plan.pk]))
