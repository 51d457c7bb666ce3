"""Who else is at a plan, as far as one may know: whoever shares a figure with the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from quotaloom.web.colleagues.models import Presence
from quotaloom.web.colleagues.place import Place, is_seen, members_of
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.sight import sight_of

if TYPE_CHECKING:
    from datetime import datetime

    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.selectors import Seen

EXPIRES: Final = timedelta(seconds=45)
REWRITTEN: Final = timedelta(seconds=15)  # a row that says the same is written no more often
ALONE: Final = 15  # seconds until the next look where nobody else is there
SHOWN: Final = 12  # people whom a page names


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at the plan; ``place`` is the figure she works at, None where it is not seen."""

    name: str
    place: Place | None


def presence_note(*, user: User, seen: Seen, place: Place | None) -> None:
    """Note that somebody is at the plan now."""
    now = timezone.now()
    told = {
        "members": None if place is None else [list(one) for one in place.members],
        "period": place.period if place else "",
        "sight": seen.sight.key,
    }
    same = Presence.objects.filter(user=user, plan=seen.plan, at__gt=now - REWRITTEN)
    row = same.values(*told).first()
    if row != told:
        Presence.objects.update_or_create(user=user, plan=seen.plan, defaults={**told, "at": now})


def presence_end(*, user: User, seen: Seen) -> None:
    """Note that somebody has left."""
    Presence.objects.filter(user=user, plan=seen.plan).delete()


def people_at(seen: Seen, user: User, now: datetime | None = None) -> list[Here]:
    """The others at the plan who see anything that the user sees, by name.

    Where they work is told only of figures that the user sees wholly.
    """
    since = (now or timezone.now()) - EXPIRES
    rows = Presence.objects.filter(plan=seen.plan, at__gt=since).exclude(user=user)
    found = [_here(seen, one) for one in rows.select_related("user") if _meets(seen, one)]
    return sorted(found, key=lambda one: (one.place is None, one.name))


def next_look(people: int) -> int:
    """Seconds until the next look: soon where somebody else is there, later in a crowd."""
    return min(max(5, people // 2), ALONE) if people else ALONE


def _here(seen: Seen, row: Presence) -> Here:
    place = None if row.members is None else Place(members_of(row.members), row.period)
    known = place is not None and is_seen(seen, place.members)
    return Here(row.user.shown_name, place if known else None)


def _meets(seen: Seen, row: Presence) -> bool:
    """Whether both see some cell of the plan."""
    if seen.sight.is_whole or row.sight in {seen.sight.key, "whole"}:
        return True
    state = (seen.plan.pk, seen.plan.digest, seen.figures.shape)
    asked = ("sight", *state, row.sight)  # of all who see the same, not of each pair of people
    theirs = kept(asked, lambda: sight_of(row.user, seen.plan, seen.pivot))
    return theirs is not None and bool((theirs.mask & seen.sight.mask).any())
