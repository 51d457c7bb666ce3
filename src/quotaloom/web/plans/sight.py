"""What of a plan somebody sees: the tuples on seats of her branches."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.axis import PARTS
from quotaloom.cycle.plan.catalogue import known
from quotaloom.web.org.access import covers as reaches
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Axis
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.org.sight import codes_within

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.report.pivot import Mask, Pivot
    from quotaloom.web.accounts.models import User
    from quotaloom.web.org.access import Scope
    from quotaloom.web.plans.models import Plan


READ: Final = "plans.read"
WRITE: Final = "plans.write"
RELEASE: Final = "plans.release"
PART_NAMES: Final = tuple(PARTS.values())


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """The tuples that are seen, and how many seats are not.

    ``measures`` are the codes of those whose figures are seen there, None for all of the plan.
    """

    mask: Mask
    hidden: int
    key: str = "whole"  # the same for all who see the same
    measures: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.measures is None and self.has_every_row

    @property
    def has_every_row(self) -> bool:
        """Whether no seat is hidden, whatever is seen of each."""
        return not self.hidden and bool(self.mask.all())

    def shows(self, code: str) -> bool:
        """Whether figures of a measure are seen."""
        return self.measures is None or code in self.measures


def position_seen(living: LivingPlan, sight: Sight) -> int:
    """The number of the last edit that changed anything of what is seen.

    Who sees a part is told no more than that: edits elsewhere leave every answer as it was.
    """
    if sight.is_whole:
        return living.position
    rows = sight.mask
    columns = [one for key, one in living.columns.items() if sight.shows(key[0])]
    writers = [int(one.writer[rows].max(initial=0)) for one in columns]
    holds = [one.seq for one in living.holds if covers(living, one.at, sight)]
    bounds = [one.seq for one in living.bounds if covers(living, one.at, sight)]
    return max(0, *writers, *holds, *bounds)


def covers(living: LivingPlan, at: Slice, sight: Sight) -> bool:
    """Whether everything that a slice covers is seen."""
    if sight.is_whole:
        return True
    if not sight.shows(at.measure or next(iter(living.measures))):
        return False
    rows = living.region(at).rows
    for place, axis in enumerate(living.axes):
        if axis.void.any():  # nobody sees those, and nothing is written to them
            rows = rows[~axis.void[living.rows[rows, place]]]
    known = rows < len(sight.mask)  # rows may have been opened since
    return bool(len(rows)) and bool(known.all()) and bool(sight.mask[rows].all())


def sight_of(
    user: User, plan: Plan, pivot: Pivot, permission: str = READ, measure: str = ""
) -> Sight | None:
    """What of a plan the user may read and has the permission for; None where that is nothing.

    Only grants that reach the ``measure`` count, the plan's own unless said. A plan whose members
    are no seats of the organisation is seen whole by its maker and by those who may see everything,
    and by nobody else.
    """
    scopes = scopes_of(user, plan, measure or plan.measure, permission)
    if any(scope.is_empty for scope in scopes):
        return None
    measures = _measures(user, plan, scopes, permission)
    told = "" if measures is None else " ".join(("", *sorted(measures)))
    narrow = [scope for scope in scopes if not scope.everything]
    if not narrow or plan.owner_id == user.pk:
        return Sight(pivot.everything, 0, f"whole{told}", measures)
    if not plan.org_header:
        return None
    mine = frozenset.intersection(*(codes_within(Axis.ORG, scope) for scope in narrow))
    level = pivot.levels[plan.org_header]
    seen = np.array([text in mine for text in level.texts], np.bool_)
    mask = with_parts(pivot, plan.org_header, seen[level.codes])
    hidden = sum(text not in mine for text in level.texts if text not in ("", *PART_NAMES))
    key = hashlib.blake2b(mask.tobytes() + told.encode(), digest_size=16).hexdigest()
    return Sight(mask, hidden, key, measures) if mask.any() else None


def with_parts(pivot: Pivot, header: str, seen: Mask) -> Mask:
    """The tuples seen by their seats, with 本级, 未分配 and 加码 of who sees a whole branch.

    Those lines stand below a member and have no seat: they are seen with all seats of that member.
    """
    chain = next(levels for _, levels in pivot.hierarchies if header in levels)
    levels = [pivot.levels[one] for one in chain[: chain.index(header) + 1]]
    named = [np.isin(one.texts, PART_NAMES) for one in levels]
    if not any(one.any() for one in named):
        return seen
    parts = [one[level.codes] for one, level in zip(named, levels, strict=True)]
    seated, mask = ~np.any(parts, axis=0), seen.copy()
    branch = np.zeros(len(seen), np.int64)
    for level, is_part in zip(levels, parts, strict=True):
        every, mine = (
            np.bincount(branch[rows], minlength=len(branch)) for rows in (seated, seated & seen)
        )
        mask |= is_part & ((every > 0) & (every == mine))[branch]
        branch = np.unique(branch * len(level.texts) + level.codes, return_inverse=True)[1]
    return mask


def scopes_of(user: User, plan: Plan, measure: str, permission: str) -> frozenset[Scope]:
    """Where the user may read figures of a measure of a plan and has the permission for them.

    Of a ratio, grants must reach both sides; what no grant can name goes with the plan's own.
    """
    granted = {one if one in MEASURES else plan.measure for one in sides(known(measure))}
    asked = {READ, permission}
    return frozenset(scope_of(user, held, measure=code) for held in asked for code in granted)


def sides(measure: PlanMeasure) -> tuple[str, ...]:
    """The measures whose figures it shows: of a ratio both sides, else itself."""
    if measure.kind == "ratio":
        return measure.numerator, measure.denominator
    return (measure.code,)


def _measures(
    user: User, plan: Plan, scopes: frozenset[Scope], permission: str
) -> frozenset[str] | None:
    """The measures that are seen wherever the scopes reach, None for all."""
    every = (plan.measure, *plan.also)
    seen = frozenset(
        one
        for one in every
        if all(
            any(reaches(wide, narrow) for narrow in scopes)
            for wide in scopes_of(user, plan, one, permission)
        )
    )
    return None if len(seen) == len(every) else seen
