"""Working days as the weights of an edit: counted once, so that no replay asks a calendar."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.edit import Set
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.workdays import working_days_by_period

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan

WORKDAYS: Final = "workdays"


def with_days(edit: Edit, plan: Plan) -> Edit:
    """The edit with the working days of its periods where it names them as figures."""
    return days_counted(edit, plan) if isinstance(edit, Set) else edit


def days_counted(edit: Set, plan: Plan) -> Set:
    """The totals with the working days of their periods (with 调休) where they name them.

    UsageRefused where they are of several periods: their days differ.
    """
    if edit.method.references != (WORKDAYS,):
        return edit
    labels = {wish.at.period for wish in edit.wishes}
    if len(labels) > 1:
        raise UsageRefused([error("edit.days_of_several", "、".join(sorted(labels)))])
    periods = [plan.periods[place] for place in plan.period_places(labels.pop()).tolist()]
    counts = working_days_by_period(periods).counts.tolist()
    weights = tuple(map(Fraction, counts))
    return replace(edit, method=replace(edit.method, references=(), weights=weights))
