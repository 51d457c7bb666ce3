"""Releasing a plan as an edition, after a look at what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.core.model.errors import DataRefused, QuotaLoomError
from quotaloom.core.model.findings import Severity, error, info, warning
from quotaloom.cycle.plan.edition import Release, release
from quotaloom.cycle.plan.merge import Choice, rehearse
from quotaloom.cycle.plan.readiness import readiness
from quotaloom.planfile.journal import Author
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.journals.opened import lives, reading, writing
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.models import Stage
from quotaloom.web.plans.store import column_of, plan_first
from quotaloom.web.versions.models import Edition, told
from quotaloom.web.versions.shelf import shelf_of, sweep

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.core.model.findings import Finding
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.plans.selectors import Seen


class Moved(QuotaLoomError):
    """The plan was edited since it was looked at. Nothing was released."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be released: its name, the period it is in force from, a note.

    ``seen`` is the last edit that the plan had when it was looked at.
    """

    name: str
    period: str
    note: str
    seen: int


def release_look(*, seen: Seen) -> tuple[list[Finding], int]:
    """One finding a check, and the position of the plan that was looked at."""
    if not lives(seen.plan.pk):
        return _checks(None, plan_first(seen.plan), seen.plan), 0
    with reading(seen.plan.pk) as journal:
        return _checks(journal, journal.plan, seen.plan), journal.plan.position


def edition_release(*, user: User, seen: Seen, wish: Wish, actor: Actor) -> Edition:
    """The plan as it stands as an edition, which nothing changes any more.

    Raises Moved where it is not what was looked at, DataRefused where a check stops it.
    """
    plan = seen.plan
    plan_begin(plan=plan, actor=actor)
    with writing(plan.pk) as journal:
        if journal.plan.position != wish.seen:
            raise Moved([error("release.moved", str(journal.plan.position), seen=wish.seen)])
        stops = [one for one in readiness(journal.plan, timezone.localdate()) if _stops(one)]
        if stops:
            raise DataRefused(stops)
        sweep(plan.pk)
        row = _released(user, journal, plan, wish)
        params = {**told(row), "name": row.name}
        audit_record(actor=actor, action="plan.release", subject=f"plan:{plan.pk}", params=params)
    return row


def _released(user: User, journal: Journal, plan: Plan, wish: Wish) -> Edition:
    living = journal.plan
    asked = Release(wish.name, wish.period, str(user.pk), wish.note)
    made = release(journal, shelf_of(plan.pk), plan.name, asked)
    key = column_of(plan, living)
    return Edition.objects.create(
        plan=plan,
        number=made.number,
        name=made.name,
        note=made.note,
        period=wish.period,
        effective=made.effective,
        position=made.position,
        head=made.head,
        digest=made.digest,
        seal=made.seal,
        total=int(living.column(key).values.sum()) * living.measure(key[0]).unit,
        elapsed=made.elapsed,
        released_by=user,
    )


def _stops(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _checks(journal: Journal | None, living: LivingPlan, plan: Plan) -> list[Finding]:
    clashing = [
        one.name
        for one in plan.scenarios.exclude(stage=Stage.ARCHIVED).order_by("created_at")
        if journal and _clashes(journal, one)
    ]
    scenarios = (
        warning("release.scenarios_clash", "、".join(clashing), count=len(clashing))
        if clashing
        else info("release.scenarios")
    )
    return [*readiness(living, timezone.localdate()), scenarios]


def _clashes(journal: Journal, scenario: Plan) -> bool:
    """Whether bringing a scenario back would have to ask, or would be refused."""
    try:
        found = rehearse(journal, DatabaseStore(scenario.pk), Author(""), Choice())
    except QuotaLoomError:
        return True
    return bool(found.clashes)
