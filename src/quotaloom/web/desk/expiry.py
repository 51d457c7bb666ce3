"""Holds that end on a day: the worker releases them, as edits of the system."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.expiry import expire
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.journals.models import JournalRecord
from quotaloom.web.journals.opened import reading, writing
from quotaloom.web.plans.models import Plan, Stage

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

log = logging.getLogger(__name__)
ENDS = "\n  until: "  # what the record of a hold that ends says, and hardly any other


class _Looked:
    """The last day whose ended holds this process has released."""

    day: date | None = None


def ended_holds_release() -> None:
    """Release what has ended in every plan, once a day; a plan that cannot be is told."""
    day = timezone.localdate()
    if _Looked.day == day:
        return
    for plan in _plans_with_ends():
        try:
            holds_expire(plan=plan, day=day)
        except QuotaLoomError:
            log.exception("the ended holds of plan %s stay", plan)
    _Looked.day = day


def holds_expire(*, plan: UUID, day: date) -> list[int]:
    """Release the holds of a plan that end on a day or earlier; answers their numbers."""
    with reading(plan) as journal:
        if not any(one.until and one.until <= day for one in journal.plan.holds):
            return []
    with writing(plan) as journal:
        ended = expire(journal, day)
        if not ended:  # another worker was faster
            return []
        params = {"holds": ended, "hash": journal.store.head().hash}
        audit_record(actor=Actor(), action="plan.expire", subject=f"plan:{plan}", params=params)
    return ended


def _plans_with_ends() -> list[UUID]:
    """The plans that are written to and ever had a hold that ends."""
    ever = JournalRecord.objects.filter(text__contains=ENDS).values("journal_id")
    living = Plan.objects.exclude(stage=Stage.ARCHIVED).filter(pk__in=ever)
    return list(living.values_list("pk", flat=True))
