"""An axis of a plan: members with ids that never change, their parents and names day by day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Places = NDArray[np.int32]

Part = Literal["", "own", "unallocated", "over"]
Dated = tuple[date, str]
ALWAYS: Final = date.min
PARTS: Final[dict[Part, str]] = {"own": "本级", "unallocated": "未分配", "over": "加码"}


@dataclass(frozen=True, slots=True)
class Member:
    """One member. ``parents`` (ids, "" on top) and ``names`` hold from their day to the next's.

    From the day ``closed`` on it takes nothing new. ``part`` marks the three leaves that an inner
    member may own itself: 本级, 未分配 and 加码 (<= 0).
    """

    id: str
    parents: tuple[Dated, ...]
    names: tuple[Dated, ...]
    opened: date = ALWAYS
    closed: date | None = None
    part: Part = ""

    def parent(self, day: date) -> str:
        """The id of the member above on a day."""
        return _on(self.parents, day)

    def name(self, day: date) -> str:
        """What it is called on a day; the first name before that."""
        return _on(self.names, day)

    def is_open(self, start: date) -> bool:
        """Whether a period that starts on this day may hold something."""
        return self.opened <= start and (self.closed is None or start < self.closed)


@dataclass(frozen=True, eq=False)
class Axis:
    """Members in the order in which they came: a member's place is its code in the leaf table.

    ``over`` bounds 加码 by the level of the member that gives it: a level and the most of what its
    members hold otherwise (1/20 is five percent). A level that is not named has no bound.
    """

    name: str
    levels: tuple[str, ...]
    members: tuple[Member, ...]
    over: tuple[tuple[str, Fraction], ...] = ()

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each member by id."""
        return {member.id: place for place, member in enumerate(self.members)}

    @cached_property
    def rank(self) -> Places:
        """The order of the members by id, which breaks ties; the order of coming never does."""
        order = sorted(range(len(self.members)), key=lambda place: self.members[place].id)
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return rank

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which some parent changes, in order."""
        return tuple(sorted({start for one in self.members for start, _ in one.parents[1:]}))

    def place(self, member: str) -> int:
        """Where the member stands. Raises UsageRefused with the nearest ids or names."""
        found = self.places.get(member)
        if found is None:
            near = "、".join(nearest_names(member, [*self.places, *self.by_name]))
            raise UsageRefused([error("edit.unknown_member", member, axis=self.name, nearest=near)])
        return found

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """The ids of the members that ever bore a name."""
        found: dict[str, list[str]] = {}
        for member in self.members:
            for name in dict.fromkeys(name for _, name in member.names):
                found.setdefault(name, []).append(member.id)
        return found

    @cached_property
    def void(self) -> Mask:
        """Which members were opened and taken back, by place."""
        return np.array([one.closed == ALWAYS for one in self.members], np.bool_)

    def is_void(self, member: str) -> bool:
        """Whether the member was opened and taken back: its id may be used again."""
        return self.members[self.places[member]].closed == ALWAYS

    def opened(self, days: Sequence[date]) -> Mask | None:
        """Which members are open on which days, shape (members, days); None where all are."""
        dated = [
            place
            for place, member in enumerate(self.members)
            if member.closed is not None or member.opened != ALWAYS
        ]
        if not dated:
            return None
        found = np.ones((len(self.members), len(days)), np.bool_)
        for place in dated:
            found[place] = [self.members[place].is_open(day) for day in days]
        return found

    def find(self, text: str) -> str:
        """The id of a member named by id or by a name that only one has."""
        if text in self.places:
            return text
        ids = self.by_name.get(text, [])
        if len(ids) > 1:
            raise UsageRefused([error("edit.name_twice", text, axis=self.name, ids="、".join(ids))])
        return ids[0] if ids else self.members[self.place(text)].id

    def parents_on(self, day: date) -> Places:
        """The place of each member's parent on a day, -1 on top; not to be written to."""
        era = bisect_right(self.turns, day)
        if era not in self._parents:
            places = self.places
            above = (member.parent(day) for member in self.members)
            found = np.array([places[one] if one else -1 for one in above], np.int32)
            found.flags.writeable = False
            self._parents[era] = found
        return self._parents[era]

    @cached_property
    def _parents(self) -> dict[int, Places]:
        """What ``parents_on`` found, by how many turns were over: between two nothing changes."""
        return {}

    def below(self, member: str, day: date) -> Mask:
        """Which members the one holds on a day, itself included, by place."""
        goal = self.place(member)
        parents = self.parents_on(day)
        walk = np.arange(len(parents), dtype=np.int32)
        found: Mask = walk == goal
        while (walk >= 0).any():
            walk = np.where(walk >= 0, parents[walk], -1)
            found |= walk == goal
        return found

    def children(self, member: str, day: date) -> tuple[str, ...]:
        """The ids right below on a day, by id; of "" the top members."""
        return tuple(sorted(one.id for one in self.members if one.parent(day) == member))

    def path(self, member: str, day: date) -> tuple[str, ...]:
        """The ids from the top down to the member."""
        up = [self.members[self.place(member)].id]
        while above := self.members[self.places[up[-1]]].parent(day):
            up.append(above)
        return tuple(reversed(up))

    def over_most(self, member: str, day: date) -> Fraction | None:
        """The most 加码 of a member, as a part of what it holds otherwise; None without a bound."""
        depth = len(self.path(member, day)) - 1
        level = self.levels[depth] if depth < len(self.levels) else ""
        return dict(self.over).get(level)

    def with_member(self, member: Member) -> Axis:
        """The axis with one member changed, or added at the end."""
        place = self.places.get(member.id)
        if place is None:
            return replace(self, members=(*self.members, member))
        return replace(self, members=(*self.members[:place], member, *self.members[place + 1 :]))

    def moved(self, member: str, parent: str, day: date) -> Axis:
        """The member under another parent from a day on. Refuses a circle, naming its path."""
        one = self.members[self.place(member)]
        if parent:
            self.place(parent)
        days = (day, *(turn for turn in self.turns if turn > day))
        for turn in days if parent else ():
            if member in self.path(parent, turn):
                circle = ">".join((*self.path(parent, turn), member))
                raise DataRefused([error("edit.circle", member, path=circle)])
        return self.with_member(replace(one, parents=_turned(one.parents, day, parent)))

    def renamed(self, member: str, name: str, day: date) -> Axis:
        """The member under another name from a day on."""
        one = self.members[self.place(member)]
        return self.with_member(replace(one, names=_turned(one.names, day, name)))


def part_of(parent: str, part: Part) -> Member:
    """One of the three leaves that an inner member owns itself."""
    word = PARTS[part]
    return Member(f"{parent}#{part}", ((ALWAYS, parent),), ((ALWAYS, word),), part=part)


def part_named(member: str, parent: str) -> Part:
    """Which of the three leaves of the parent an id names; "" for an id of its own."""
    return next((part for part in PARTS if member == f"{parent}#{part}"), "")


def undated(id_: str, parent: str, name: str) -> Member:
    """A member that has always been so."""
    return Member(id_, ((ALWAYS, parent),), ((ALWAYS, name or id_),))


def _on(values: Iterable[Dated], day: date) -> str:
    found = ""
    for start, value in values:
        if start <= day or not found:
            found = value if start <= day else found or value
    return found


def _turned(values: tuple[Dated, ...], day: date, value: str) -> tuple[Dated, ...]:
    """The values with another one from a day on; what was to come later is dropped."""
    kept = tuple(one for one in values if one[0] < day)
    return (*kept, (day, value)) if not kept or kept[-1][1] != value else kept
