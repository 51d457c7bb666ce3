"""The members of a tree on a day, each under its parent, as far as a user sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Kind, Member, MemberDetail, Occupancy, Placement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from quotaloom.web.org.access import Scope
    from quotaloom.web.org.look import Look

Above = dict["UUID", "UUID | None"]
ORDER = {Kind.SEAT: 0, Kind.UNIT: 1, Kind.ITEM: 2, Kind.OTHERS: 3}


@dataclass(frozen=True)
class Forest:
    """Parents of what is seen; ``hidden`` counts the members that the user may not see."""

    look: Look
    parents: Above
    kinds: dict[UUID, tuple[str, str]]  # kind, code
    hidden: int
    below: dict[UUID | None, list[UUID]] = field(default_factory=dict)

    def path(self, member: UUID) -> list[UUID]:
        """The member's parents, from the top down; the member last."""
        found = [member]
        while (above := self.parents.get(found[-1])) is not None and above not in found:
            found.append(above)
        return found[::-1]

    def seats(self, root: UUID) -> list[UUID]:
        """The seats at or under a member."""
        found, waiting = [], [root]
        while waiting:
            one = waiting.pop()
            waiting += self.below.get(one, [])
            if self.kinds[one][0] == Kind.SEAT:
                found.append(one)
        return found


def forest(look: Look, scope: Scope) -> Forest:
    """All that the scope holds; a member whose parent is not seen stands at the top."""
    above = _then(look) if look.basis == "then" else _now(look)
    seen = {one: up for one, up in above.items() if scope.holds(one)}
    seen = {one: up if up in seen else None for one, up in seen.items()}
    rows = Member.objects.filter(axis=look.axis).values_list("id", "kind", "code")
    kinds = {pk: (kind, code) for pk, kind, code in rows if pk in seen}
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for one in sorted(seen, key=lambda pk: (ORDER[Kind(kinds[pk][0])], kinds[pk][1])):
        below[seen[one]].append(one)
    return Forest(look, seen, kinds, len(above) - len(seen), dict(below))


def _then(look: Look) -> Above:
    rows = Placement.objects.filter(in_force(look.on), tree=look.tree)
    return dict(rows.values_list("member_id", "parent_id"))


def _now(look: Look) -> Above:
    """Members of the day where they stand today; those closed since, where they stood last."""
    today = timezone.localdate()
    rows = Placement.objects.filter(tree=look.tree).order_by("valid_from")
    last: Above = {}
    current: Above = {}
    then = set(_then(look))
    for one, up, start, end in rows.values_list("member_id", "parent_id", "valid_from", "valid_to"):
        if start <= today:
            last[one] = up
        if start <= today and (end is None or today < end):
            current[one] = up
    placed: Above = {}
    waiting = sorted(then & last.keys())
    while waiting:
        one = waiting.pop()
        placed[one] = above = last[one]
        if above is not None and above not in placed:
            waiting.append(above)
    return _without_empty_shells(placed, current)


def _without_empty_shells(placed: Above, current: Above) -> Above:
    """Units that are closed today and hold nobody of the day any more are left out."""
    units = set(Member.objects.filter(kind=Kind.UNIT).values_list("pk", flat=True))
    closed = units & placed.keys() - current.keys()
    while True:
        shells = closed & placed.keys() - set(placed.values())
        if not shells:
            return placed
        placed = {one: up for one, up in placed.items() if one not in shells}


def names_on(members: Iterable[UUID], day: date) -> dict[UUID, tuple[str, str]]:
    """Name and grade on a day; before a member opens its first, after it closed its last."""
    wanted = set(members)
    rows = MemberDetail.objects.order_by("valid_from")
    if len(wanted) <= 500:
        rows = rows.filter(member__in=wanted)
    found: dict[UUID, tuple[str, str]] = {}
    for member, name, grade, start in rows.values_list("member_id", "name", "grade", "valid_from"):
        if member in wanted and (start <= day or member not in found):
            found[member] = (name, grade)
    return found


def holders_on(day: date, axis: str) -> dict[UUID, list[tuple[str, str, int]]]:
    """Who holds each seat on a day: name, staff number, share in whole percent."""
    rows = Occupancy.objects.filter(in_force(day), seat__axis=axis).order_by(
        "-share", "person__name"
    )
    found: dict[UUID, list[tuple[str, str, int]]] = defaultdict(list)
    columns = ("seat_id", "person__name", "person__staff_no", "share")
    for seat, name, staff_no, share in rows.values_list(*columns):
        found[seat].append((name, staff_no or "", round(share * 100)))
    return dict(found)


def change_days(look: Look, scope: Scope, *, people: bool) -> list[date]:
    """The days on which anything that the user may know begins or ends, in order."""
    placed = Placement.objects.filter(tree=look.tree)
    named = MemberDetail.objects.filter(member__axis=look.axis)
    held = Occupancy.objects.filter(seat__axis=look.axis)
    if not scope.everything:
        placed = placed.filter(member__in=scope.members)
        named = named.filter(member__in=scope.members)
        held = held.filter(seat__in=scope.members)
    return sorted(
        {
            day
            for rows in (placed, named, *([held] if people else []))
            for row in rows.values_list("valid_from", "valid_to").distinct()
            for day in row
            if day is not None
        }
    )
