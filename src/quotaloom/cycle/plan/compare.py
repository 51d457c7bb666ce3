"""Two states of a plan side by side: which nodes differ, by how much, and which edits did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.place import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan


@dataclass(frozen=True, slots=True)
class Difference:
    """One node that differs; amounts in units of its measure, None where the node is not there."""

    at: Slice
    name: str
    depth: int
    before: int | None
    after: int | None

    @property
    def change(self) -> int:
        """How much more there is after."""
        return (self.after or 0) - (self.before or 0)


def differences(before: Plan, after: Plan, axis: str, period: str = "") -> list[Difference]:
    """The nodes of one axis, top first and depth first, whose totals differ in some column.

    The first line of each column is the whole plan. Trees are those in which each plan ends.
    """
    keys = sorted({*before.columns, *after.columns})
    return [
        one for key in keys for one in _of_column(before, after, axis, key, period) if one.change
    ]


def _of_column(before: Plan, after: Plan, axis: str, key: Key, period: str) -> Iterator[Difference]:
    """Every node of one column, those that are only in the plan before at the end."""
    there = set()
    for at, name, depth in nodes(after, axis, key, period):
        there.add(at)
        yield Difference(at, name, depth, _total(before, at), _total(after, at))
    for at, name, depth in nodes(before, axis, key, period):
        if at not in there:
            yield Difference(at, name, depth, _total(before, at), None)


def nodes(
    plan: Plan, axis: str, key: Key, period: str = "", within: Slice | None = None
) -> Iterator[tuple[Slice, str, int]]:
    """The whole, then each node of an axis, depth first: its slice, its name and its depth."""
    base = Slice(within.members if within else (), period, *key)
    yield base, "", 0
    tree = plan.axis(axis)
    day = last_day(plan)

    def below(parent: str, depth: int) -> Iterator[tuple[Slice, str, int]]:
        for child in tree.children(parent, day):
            if tree.is_void(child):
                continue
            member = tree.members[tree.places[child]]
            yield base.at(axis, child), member.name(day), depth
            yield from below(child, depth + 1)

    yield from below(base.member(axis), 1)


def last_day(plan: Plan) -> date:
    """The first day of the last period: the day on which the plan's trees are shown."""
    return plan.periods[-1].start


def _total(plan: Plan, at: Slice) -> int | None:
    """The total of a node, None where the plan has no such member."""
    known = all(member in plan.axis(axis).places for axis, member in at.members)
    return plan.total(at, last_day(plan)) if known else None
