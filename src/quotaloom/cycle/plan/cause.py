"""Why two versions of a plan differ: which edits, of whom, made how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.plan.branch import parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.planfile.record import Record

MOST: Final = 1_000
"""Edits of one side that are looked at one by one, the newest of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A plan at a position of its journal, and what is measured of it, such as a node's total."""

    journal: Journal
    position: int
    total: Callable[[Plan], int]


@dataclass(frozen=True, slots=True)
class Cause:
    """An edit and how much it makes ``after`` more than ``before``.

    An edit of ``before`` counts with the other sign. ``record`` is None for the rest: what both
    began with, members that stand elsewhere, and edits beyond MOST.
    """

    record: Record | None
    change: int
    is_before: bool = False


def causes(before: Side, after: Side) -> list[Cause]:
    """The edits that make the difference, in order; together they are the whole of it."""
    first = common(before, after)
    found = [
        *(Cause(record, -change, is_before=True) for record, change in _steps(before, first)),
        *(Cause(record, change) for record, change in _steps(after, first)),
    ]
    whole = after.total(after.journal.at(after.position)) - before.total(
        before.journal.at(before.position)
    )
    rest = whole - sum(one.change for one in found)
    return [*found, Cause(None, rest)] if rest else found


def common(before: Side, after: Side) -> int:
    """The last position that both have; 0 where they are not of one family."""
    last = min(before.position, after.position)
    if before.journal.store is after.journal.store:
        return last
    try:
        return min(last, parted(before.journal.store, after.journal.store))
    except DataRefused:
        return 0


def _steps(side: Side, first: int) -> Iterator[tuple[Record, int]]:
    """The edits after a position that changed what is measured, and by how much."""
    start = max(first, side.position - MOST)
    before = side.total(side.journal.at(start))
    for seq in range(start + 1, side.position + 1):
        after = side.total(side.journal.at(seq))
        if after != before:
            yield side.journal.record(seq), after - before
        before = after
