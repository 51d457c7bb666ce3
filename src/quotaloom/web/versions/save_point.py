"""Save points: names that people give to positions of a plan, to come back to and compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from quotaloom.web.audit.services import audit_record
from quotaloom.web.versions.models import SavePoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.plans.selectors import Seen

LONGEST = 120


def point_save(*, hand: Hand, name: str, actor: Actor) -> SavePoint:
    """Name the plan as its author sees it now: the last edit of what she sees, and all before."""
    seen = hand.seen
    with transaction.atomic():
        made = SavePoint.objects.create(
            plan=seen.plan, position=seen.position, name=name, made_by=hand.user
        )
        _record(made, "plan.save_point", actor)
    return made


def point_remove(*, point: SavePoint, actor: Actor) -> None:
    """Take the name off again; the edits stay."""
    with transaction.atomic():
        _record(point, "plan.remove_point", actor)
        point.delete()


def points_seen(user: User, seen: Seen) -> Iterable[SavePoint]:
    """The save points of a plan and its scenarios: one's own, all for who sees the whole plan.

    A name may tell of branches that not everybody sees.
    """
    found = SavePoint.objects.filter(_of(seen.plan)).select_related("plan", "made_by")
    return found if seen.sight.is_whole else found.filter(made_by=user)


def _of(root: Plan) -> Q:
    return Q(plan=root) | Q(plan__root=root)


def _record(point: SavePoint, action: str, actor: Actor) -> None:
    params = {"name": point.name, "position": point.position}
    audit_record(actor=actor, action=action, subject=f"plan:{point.plan_id}", params=params)
