"""What a plan begins with when it becomes a living one: its decomposition, and all its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from quotaloom.core.model.periods import FiscalCalendar, Pattern
from quotaloom.cycle.plan.begin import Beside, from_decomposition
from quotaloom.cycle.plan.catalogue import in_units, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.web.plans.models import Plan


def beginning(plan: Plan, one: Decomposition) -> Beginning:
    """The plan before its first edit: issued as decomposed; of other measures nothing is given."""
    measures = tuple(in_units(known(code), one.unit) for code in (plan.measure, *plan.also))
    calendar = _calendar(one.parameters)
    return from_decomposition(
        one, plan.name, calendar, measure=plan.measure, beside=Beside(measures)
    )


def _calendar(parameters: Mapping[str, str]) -> FiscalCalendar:
    """The calendar that the decomposition was asked to use."""
    return FiscalCalendar(
        start_month=int(parameters.get("fiscal_start", 1)),
        cutoff_day=int(parameters.get("cutoff_day", 0)),
        pattern=next((one for one in get_args(Pattern) if one == parameters.get("pattern")), None),
    )
