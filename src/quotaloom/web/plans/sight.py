"""What of a plan somebody sees: the tuples on seats of her branches."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Axis
from quotaloom.web.org.sight import codes_within

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.report.pivot import Mask, Pivot
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.models import Plan


READ: Final = "plans.read"
WRITE: Final = "plans.write"
RELEASE: Final = "plans.release"


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """The tuples that are seen, and how many seats are not."""

    mask: Mask
    hidden: int
    key: str = "whole"  # the same for all who see the same

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return not self.hidden and bool(self.mask.all())


def position_seen(living: LivingPlan, sight: Sight) -> int:
    """The number of the last edit that changed anything of what is seen.

    Who sees a part is told no more than that: edits elsewhere leave every answer as it was.
    """
    if sight.is_whole:
        return living.position
    rows = sight.mask
    writers = [int(one.writer[rows].max(initial=0)) for one in living.columns.values()]
    holds = [one.seq for one in living.holds if covers(living, one.at, sight)]
    bounds = [one.seq for one in living.bounds if covers(living, one.at, sight)]
    return max(0, *writers, *holds, *bounds)


def covers(living: LivingPlan, at: Slice, sight: Sight) -> bool:
    """Whether everything that a slice covers is seen."""
    if sight.is_whole:
        return True
    rows = living.region(at).rows
    known = rows < len(sight.mask)  # rows may have been opened since
    return bool(len(rows)) and bool(known.all()) and bool(sight.mask[rows].all())


def sight_of(user: User, plan: Plan, pivot: Pivot, permission: str = READ) -> Sight | None:
    """What of a plan the user may read and has the permission for; None where that is nothing.

    Only grants that reach the plan's measure count. A plan whose members are no seats of the
    organisation is seen whole by its maker and by those who may see everything, and by nobody else.
    """
    scopes = {scope_of(user, one, measure=plan.measure) for one in (READ, permission)}
    if any(scope.is_empty for scope in scopes):
        return None
    narrow = [scope for scope in scopes if not scope.everything]
    if not narrow or plan.owner_id == user.pk:
        return Sight(pivot.everything, 0)
    if not plan.org_header:
        return None
    mine = frozenset.intersection(*(codes_within(Axis.ORG, scope) for scope in narrow))
    level = pivot.levels[plan.org_header]
    seen = np.array([text in mine for text in level.texts], np.bool_)
    mask = seen[level.codes]
    key = hashlib.blake2b(mask.tobytes(), digest_size=16).hexdigest()
    return Sight(mask, int((~seen).sum()), key) if mask.any() else None
