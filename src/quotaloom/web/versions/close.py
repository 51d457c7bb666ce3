"""Closing periods that are over, and opening the last one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Elapse, Revert
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.journal import Author
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.journals.opened import writing

if TYPE_CHECKING:
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Plan


def period_close(*, user: User, plan: Plan, period: str, actor: Actor) -> int:
    """Lock the figures up to the end of a period; answers the number of the edit."""
    plan_begin(plan=plan, actor=actor)
    with writing(plan.pk) as journal:
        journal.write(Elapse(period), Author(str(user.pk)))
        return _recorded(journal, plan, "plan.close_period", period, actor)


def period_reopen(*, user: User, plan: Plan, actor: Actor) -> int:
    """Take the last close back; answers the number of the edit. One under an edition stays."""
    plan_begin(plan=plan, actor=actor)
    with writing(plan.pk) as journal:
        last = _last_close(journal)
        period = journal.plan.periods[journal.plan.elapsed - 1].label
        journal.write(Revert(last), Author(str(user.pk)))
        return _recorded(journal, plan, "plan.reopen_period", period, actor)


def _last_close(journal: Journal) -> int:
    gone = journal.taken_back()
    for seq in range(journal.plan.position, 0, -1):
        if seq not in gone and isinstance(journal.record(seq).edit, Elapse):
            return seq
    raise UsageRefused([error("edit.nothing_closed")])


def _recorded(journal: Journal, plan: Plan, action: str, period: str, actor: Actor) -> int:
    position = journal.plan.position
    params = {"period": period, "edit": position, "hash": journal.store.head().hash}
    audit_record(actor=actor, action=action, subject=f"plan:{plan.pk}", params=params)
    return position
