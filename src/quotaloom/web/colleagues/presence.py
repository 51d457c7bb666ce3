"""Who else is at a plan, as far as one may know: whoever shares a figure with the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils import timezone

from quotaloom.web.accounts.models import User
from quotaloom.web.colleagues.models import Presence
from quotaloom.web.colleagues.place import Place, is_seen, members_of
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.sight import sight_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from quotaloom.web.plans.selectors import Seen
    from quotaloom.web.plans.sight import Sight

EXPIRES: Final = timedelta(seconds=45)
REWRITTEN: Final = timedelta(seconds=15)  # a row that says the same is written no more often
ALONE: Final = 15  # seconds until the next look where nobody else is there
SHOWN: Final = 12  # people whom a page names


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at the plan; ``place`` is the figure she works at, None where it is not seen."""

    name: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Others:
    """How many others are at the plan, and some of them: those at a figure first, by name."""

    count: int
    named: tuple[Here, ...]


class _Row(NamedTuple):
    user_id: UUID
    members: list[list[str]] | None
    period: str
    sight: str
    at: datetime


def presence_note(*, user: User, seen: Seen, place: Place | None) -> Others:
    """Note that somebody is at the plan now; answers the others who see anything that she sees.

    Where they work is told only of figures that she sees wholly.
    """
    now = timezone.now()
    members = None if place is None else [list(one) for one in place.members]
    told = (members, place.period if place else "", seen.sight.key)
    found = Presence.objects.filter(plan=seen.plan, at__gt=now - EXPIRES)
    rows = [_Row(*one) for one in found.values_list(*_Row._fields)]
    own = [(row.members, row.period, row.sight) for row in _mine(user, rows, now - REWRITTEN)]
    if own != [told]:
        fields = dict(zip(("members", "period", "sight"), told, strict=True))
        Presence.objects.update_or_create(user=user, plan=seen.plan, defaults={**fields, "at": now})
    return _others(seen, [row for row in rows if row.user_id != user.pk])


def presence_end(*, user: User, seen: Seen) -> None:
    """Note that somebody has left."""
    Presence.objects.filter(user=user, plan=seen.plan).delete()


def next_look(people: int) -> int:
    """Seconds until the next look: soon where somebody else is there, later in a crowd."""
    return min(max(5, people // 2), ALONE) if people else ALONE


def _mine(user: User, rows: list[_Row], since: datetime) -> list[_Row]:
    return [row for row in rows if row.user_id == user.pk and row.at > since]


def _others(seen: Seen, rows: list[_Row]) -> Others:
    """Names are asked only for those who are named: there may be hundreds."""
    sights = {row.sight: row.user_id for row in rows}  # one of all who see the same
    shared = {sight for sight, user_id in sights.items() if _meets(seen, sight, user_id)}
    met = [row for row in rows if row.sight in shared]
    placed = sorted(((_place(seen, row), row.user_id) for row in met), key=_order)[:SHOWN]
    users = User.objects.in_bulk([user_id for _, user_id in placed])
    named = [Here(users[one].shown_name, place) for place, one in placed if one in users]
    return Others(len(met), tuple(sorted(named, key=lambda one: (one.place is None, one.name))))


def _order(one: tuple[Place | None, UUID]) -> tuple[bool, UUID]:
    return one[0] is None, one[1]


def _place(seen: Seen, row: _Row) -> Place | None:
    place = None if row.members is None else Place(members_of(row.members), row.period)
    return place if place is not None and is_seen(seen, place.members) else None


def _meets(seen: Seen, sight: str, user_id: UUID) -> bool:
    """Whether the reader and somebody with a sight of the plan both see some cell of it."""
    if seen.sight.is_whole or sight in {seen.sight.key, "whole"}:
        return True
    state = (seen.plan.pk, seen.plan.digest, seen.figures.shape)
    theirs = kept(("sight", *state, sight), lambda: _sight(seen, user_id))
    return theirs is not None and bool((theirs.mask & seen.sight.mask).any())


def _sight(seen: Seen, user_id: UUID) -> Sight | None:
    return sight_of(User.objects.get(pk=user_id), seen.plan, seen.pivot)
