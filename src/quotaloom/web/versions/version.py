"""A version that can be looked at: a plan as it is, as it was at an edit, or as it was released.

Addresses name one by the plan's id, and behind a colon the number of an edit, or e and the number
of an edition: ``…:12``, ``…:e1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import Http404

from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.web.journals.opened import lives, reading
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.sight import position_seen, sight_of
from quotaloom.web.plans.store import OWN, figures_then
from quotaloom.web.versions.models import Edition
from quotaloom.web.versions.shelf import plan_of

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.report.pivot import Pivot
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.plans.selectors import Seen
    from quotaloom.web.plans.sight import Sight
    from quotaloom.web.plans.store import Figures

_REF: Final = re.compile(r"([0-9a-f-]{36})(?::(e?)([0-9]{1,9}))?")


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A version as one user sees it.

    ``living`` is None for a plan that was never edited, ``edition`` for one that is no edition.
    """

    ref: str
    plan: Plan
    figures: Figures
    sight: Sight
    living: LivingPlan | None = None
    edition: Edition | None = None
    is_newest: bool = True

    @property
    def pivot(self) -> Pivot:
        """The version ready to be cut."""
        return self.figures.pivot

    @property
    def position(self) -> int:
        """The last edit that is in it."""
        return 0 if self.living is None else self.living.position

    @property
    def position_seen(self) -> int:
        """The last edit in it that changed anything of what is seen."""
        return 0 if self.living is None else position_seen(self.living, self.sight)

    @property
    def total(self) -> int:
        """The sum of what is seen, in 分."""
        return int(self.pivot.quota[self.sight.mask].sum())


def version_seen(user: User, ref: str, shows: Key = OWN) -> Version:
    """The version that an address names. Raises Http404 for what is not there or not seen.

    ``shows`` names the measure and the layer of its figures.
    """
    match = _REF.fullmatch(ref)
    if match is None:
        raise Http404
    try:
        plan_id = UUID(match[1])
    except ValueError as cause:
        raise Http404 from cause
    seen = plan_seen(user, plan_id, shows=shows)
    if match[3] is None:
        return Version(ref, seen.plan, seen.figures, seen.sight, seen.figures.living)
    number = int(match[3])
    if not match[2]:
        living = _at(seen.plan, number)
        return _then(user, ref, seen, living) if living else _never_edited(ref, seen)
    edition = Edition.objects.filter(plan=seen.plan, number=number).first()
    if edition is None:
        raise Http404
    try:
        return _then(user, ref, seen, plan_of(edition), edition)
    except QuotaLoomError as refusal:  # its files are not what was released
        raise Http404 from refusal


def edition_ref(edition: Edition) -> str:
    """How addresses name an edition."""
    return f"{edition.plan_id}:e{edition.number}"


def _never_edited(ref: str, seen: Seen) -> Version:
    return Version(ref, seen.plan, seen.figures, seen.sight, is_newest=False)


def _at(plan: Plan, position: int) -> LivingPlan | None:
    """The plan after an edit; None for what a plan began with that was never edited."""
    if not position and not lives(plan.pk):
        return None
    try:
        with reading(plan.pk) as journal:
            return journal.at(position)
    except QuotaLoomError as refusal:
        raise Http404 from refusal


def _then(
    user: User, ref: str, seen: Seen, living: LivingPlan, edition: Edition | None = None
) -> Version:
    """What is seen now as it stood then, as far as the user sees it."""
    plan, key = seen.plan, seen.figures.key
    try:
        found = figures_then(plan, living, key)
    except UsageRefused as cause:
        raise Http404 from cause
    sight = sight_of(user, plan, found.pivot, measure=key[0])
    if sight is None:
        raise Http404
    return Version(ref, plan, found, sight, living, edition, is_newest=False)
