"""Which version a plan is as it stands: a draft, its newest edition, or a draft after that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from quotaloom.core.allocation.journal.edit import EditionEdit
from quotaloom.web.journals.opened import plan_now, reading
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.models import Stage

if TYPE_CHECKING:
    from uuid import UUID

    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.web.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Standing:
    """What a badge says of a plan; ``is_released`` where nothing was edited since."""

    words: str
    is_released: bool = False


def standing(plan: Plan, living: LivingPlan | None = None, position: int | None = None) -> Standing:
    """How a plan stands after a position, all of it unless said.

    An edition is named with the period from which it is in force.
    """
    living = living or plan_now(plan.pk)
    last = max(living.editions, default=0) if living else 0
    seen = living.position if living and position is None else position or 0
    if not last:
        return Standing(_unreleased(plan))
    edition = kept(("edition", plan.pk, last), lambda: _edition(plan.pk, last))
    told = {"number": edition.number, "period": edition.period}
    words = _("Edition %(number)d from %(period)s") % told
    if seen <= last:
        return Standing(words, is_released=True)
    return Standing(_("%(edition)s, edited since") % {"edition": words})


def badge(plan: Plan, living: LivingPlan | None, position: int) -> dict[str, object]:
    """The badge of a page: how the plan stands after ``position``, the last edit that is seen."""
    found = standing(plan, living, position)
    return {"words": found.words, "released": found.is_released}


def _unreleased(plan: Plan) -> str:
    if plan.stage == Stage.ARCHIVED:
        return _("Archived")
    return _("Draft") if plan.root_id is None else _("Scenario")


def _edition(plan: UUID, seq: int) -> EditionEdit:
    with reading(plan) as journal:
        edit = journal.record(seq).edit
    if not isinstance(edit, EditionEdit):
        raise TypeError(f"edit {seq} of {plan} releases nothing")
    return edit
