"""What somebody may do to a plan: read some of it, write some of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from quotaloom.web.plans.models import Stage
from quotaloom.web.plans.selectors import narrowed, plan_seen, seen_now, seen_with
from quotaloom.web.plans.sight import RELEASE, WRITE, Sight
from quotaloom.web.plans.store import OWN, figures_then

if TYPE_CHECKING:
    from uuid import UUID

    from quotaloom.core.allocation.journal.place import Key, Mask
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.selectors import Seen


@dataclass(frozen=True, eq=False)
class Hand:
    """A plan as one user sees it, and the rows that she may write."""

    user: User
    seen: Seen
    reach: Sight

    @property
    def allowed(self) -> Mask | None:
        """The rows that she may write, None for all."""
        return None if self.reach.is_whole else self.reach.mask


def hand_of(user: User, plan_id: UUID, shows: Key = OWN) -> Hand:
    """Raises Http404 for a plan of which the user sees nothing or may write nothing.

    ``shows`` names the measure and the layer that lie before her.
    """
    return _hand(user, plan_seen(user, plan_id, shows=shows))


def renewed(hand: Hand, living: LivingPlan | None = None) -> Hand:
    """The same after something was written: with the figures of ``living``, None for those of now.

    Who wrote knows what it led to: the database need not be asked again.
    """
    user, plan, key = hand.user, hand.seen.plan, hand.seen.figures.key
    if living is None:
        return _hand(user, seen_now(user, plan, shows=key))
    return _hand(user, seen_with(user, plan, figures_then(plan, living, key)))


def _hand(user: User, seen: Seen) -> Hand:
    reach = writes(user, seen)
    if reach is None:
        raise Http404
    return Hand(user, seen, reach)


def reader_of(user: User, plan_id: UUID) -> Hand:
    """A plan as the user sees it, for looking: what she may write of it does not matter."""
    seen = plan_seen(user, plan_id)
    return Hand(user, seen, seen.sight)


def writes(user: User, seen: Seen) -> Sight | None:
    """What of a plan that she sees the user may write, None for nothing and for an archived one."""
    return None if seen.plan.stage == Stage.ARCHIVED else narrowed(user, seen, WRITE)


def releases(user: User, seen: Seen) -> bool:
    """Whether the user may release a plan and close its periods, which is said of the whole."""
    reach = narrowed(user, seen, RELEASE)
    return reach is not None and reach.is_whole and seen.sight.is_whole
