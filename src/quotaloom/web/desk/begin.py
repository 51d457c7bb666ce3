"""A plan becomes a living one when it is first edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.services import audit_record
from quotaloom.web.journals.opened import lives
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.store import begun_of

if TYPE_CHECKING:
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Plan


def plan_begin(*, plan: Plan, actor: Actor) -> None:
    """Give the plan a journal, with its decomposition as what was issued; once and no more."""
    if lives(plan.pk):
        return
    begun = begun_of(plan)
    try:
        with transaction.atomic():
            DatabaseStore.create(plan.pk, begun.text, [begun.figures])
            audit_record(actor=actor, action="plan.begin", subject=f"plan:{plan.pk}")
    except DataRefused:
        if not lives(plan.pk):  # else somebody else was faster
            raise
