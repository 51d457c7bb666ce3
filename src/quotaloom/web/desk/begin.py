"""A plan becomes a living one when it is first edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from django.db import transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.periods import FiscalCalendar, Pattern
from quotaloom.cycle.plan.begin import from_decomposition
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.web.audit.services import audit_record
from quotaloom.web.journals.opened import lives
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.store import decomposition_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Plan


def plan_begin(*, plan: Plan, actor: Actor) -> None:
    """Give the plan a journal, with its decomposition as what was issued; once and no more."""
    if lives(plan.pk):
        return
    begun = _beginning(plan)
    try:
        with transaction.atomic():
            DatabaseStore.create(plan.pk, begun.text, [begun.figures])
            audit_record(actor=actor, action="plan.begin", subject=f"plan:{plan.pk}")
    except DataRefused:
        if not lives(plan.pk):  # else somebody else was faster
            raise


def plan_first(plan: Plan) -> LivingPlan:
    """What a plan that was never edited would begin with; nothing is kept."""
    begun = _beginning(plan)
    return first_plan(begun.definition, read_figures(begun.figures))


def _beginning(plan: Plan) -> Beginning:
    one = decomposition_of(plan)
    return from_decomposition(one, plan.name, _calendar(one.parameters), measure=plan.measure)


def _calendar(parameters: Mapping[str, str]) -> FiscalCalendar:
    """The calendar that the decomposition was asked to use."""
    return FiscalCalendar(
        start_month=int(parameters.get("fiscal_start", 1)),
        cutoff_day=int(parameters.get("cutoff_day", 0)),
        pattern=next((one for one in get_args(Pattern) if one == parameters.get("pattern")), None),
    )
