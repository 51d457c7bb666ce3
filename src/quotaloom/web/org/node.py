"""The lines of the tree as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from quotaloom.web.org.forest import holders_on, names_on
from quotaloom.web.org.models import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from quotaloom.web.org.forest import Forest

Holder = tuple[str, str, int]
OPEN_AT_ONCE = 40  # so many lines are shown unfolded


@dataclass(frozen=True)
class Node:
    """One line: a member, who holds it, how many seats lie under it and how many are vacant."""

    id: UUID
    code: str
    kind: str
    name: str
    level: int
    holders: tuple[Holder, ...]
    seats: int
    vacant: int
    child_count: int
    children: tuple[Node, ...] = field(default=())
    path: str = ""

    @property
    def is_seat(self) -> bool:
        """Whether people hold it."""
        return self.kind == Kind.SEAT

    @property
    def icon(self) -> str:
        """Its picture."""
        return {"unit": "building-2", "seat": "user", "item": "package"}.get(self.kind, "layers")


@dataclass(frozen=True)
class Brush:
    """All that drawing lines of a forest needs; holders are None where the user may not know."""

    forest: Forest
    holders: dict[UUID, list[Holder]] | None
    unfolded: frozenset[UUID] = frozenset()

    def draw(self, members: Iterable[UUID], level: int = 1) -> tuple[Node, ...]:
        """Lines for members, with the lines under those that are unfolded."""
        shown = list(members)
        names = names_on(self._reached(shown), name_day(self.forest))
        return tuple(self._node(one, level, names) for one in shown)

    def _reached(self, members: list[UUID]) -> list[UUID]:
        found, waiting = list(members), list(members)
        while waiting:
            one = waiting.pop()
            more = self.forest.below.get(one, []) if one in self.unfolded else []
            found += more
            waiting += more
        return found

    def _node(self, one: UUID, level: int, names: dict[UUID, tuple[str, str]]) -> Node:
        kind, code = self.forest.kinds[one]
        below = self.forest.below.get(one, [])
        seats = self.forest.seats(one)
        held = self.holders or {}
        vacant = 0 if self.holders is None else sum(seat not in held for seat in seats)
        children = below if one in self.unfolded else []
        return Node(
            id=one,
            code=code,
            kind=kind,
            name=names.get(one, (code, ""))[0],
            level=level,
            holders=tuple(held.get(one, ())),
            seats=len(seats),
            vacant=vacant,
            child_count=len(below),
            children=tuple(self._node(child, level + 1, names) for child in children),
        )


def brush(forest: Forest, *, people: bool, unfolded: Iterable[UUID] = ()) -> Brush:
    """``people`` says whether the user may know who holds a seat."""
    held = holders_on(forest.look.on, forest.look.axis) if people else None
    return Brush(forest, held, frozenset(unfolded))


def name_day(forest: Forest) -> date:
    """The day whose names are shown: that of the placement."""
    return timezone.localdate() if forest.look.basis == "now" else forest.look.on


def unfolded(forest: Forest, member: UUID | None, asked: Collection[str] | None) -> set[UUID]:
    """What is open when the page comes: the codes ``asked``, and always the way to a member.

    None asked for: the tops while that is little.
    """
    tops = forest.below.get(None, [])
    few = sum(len(forest.below.get(top, [])) for top in tops) <= OPEN_AT_ONCE
    opened = set(tops) if few and asked is None else set()
    opened |= {one for one, (_, code) in forest.kinds.items() if code in (asked or ())}
    if member in forest.parents:
        opened |= set(forest.path(member)[:-1])
    return opened
