"""Why two versions of a plan differ: which edits, of whom, made how much of it.

The newest edits of each side are looked at one by one. What older ones left is read off the cells,
each of which knows who wrote it last, so the answer is whole however long a journal is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.plan.branch import parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quotaloom.core.allocation.journal.place import Ints, Region
    from quotaloom.core.allocation.journal.plan import Column, Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.planfile.record import Record

MOST: Final = 1_000
"""Edits of one side that are looked at one by one, and older ones that are named."""
WORK: Final = 8_000_000
"""Cells that those edits may go over in all: of a large plan fewer are looked at one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The cells of a plan that are measured, and how many of what is told a unit is."""

    column: Column
    region: Region
    unit: int = 1

    @property
    def total(self) -> int:
        """What they add up to."""
        return self.region.total(self.column.values) * self.unit

    def cells(self, shape: tuple[int, int]) -> Ints:
        """The figures of these cells in a table of a shape, 0 elsewhere."""
        found = np.zeros(shape, np.int64)
        where = np.ix_(self.region.rows, self.region.periods)
        found[where] = self.region.cut(self.column.values) * self.region.mask
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A plan at a position of its journal, and what is measured of it, such as a node."""

    journal: Journal
    position: int
    part: Callable[[Plan], Part]

    def at(self, position: int) -> Part:
        """What is measured, as it stood at a position."""
        return self.part(self.journal.at(position))


@dataclass(frozen=True, slots=True)
class Cause:
    """An edit and how much it makes ``after`` more than ``before``.

    An edit of ``before`` counts with the other sign. An older edit that ``is_left`` counts with
    the cells that it wrote last, for all that they changed. ``record`` is None for ``others``, so
    many small ones of those together, and for the rest: what both began with, and members that
    stand elsewhere.
    """

    record: Record | None
    change: int
    is_before: bool = False
    is_left: bool = False
    others: int = 0


def causes(before: Side, after: Side, *, most: int = MOST) -> list[Cause]:
    """The edits that make the difference, in order; together they are the whole of it.

    Of each side the ``most`` newest edits are replayed, and so many older ones named.
    """
    first = common(before, after)
    found = [*_causes(before, (first, most), -1), *_causes(after, (first, most), 1)]
    whole = after.at(after.position).total - before.at(before.position).total
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


def _causes(side: Side, since: tuple[int, int], sign: int) -> Iterator[Cause]:
    """What the edits of a side after a position did: what old ones left, then one by one."""
    first, most = since
    rows, periods = side.journal.plan.shape
    one_by_one = min(most, WORK // max(rows * periods, 1))
    start = max(first, side.position - one_by_one)
    changes = _by_writer(side, first, start) if start > first else {}
    yield from _left(side, changes, most, sign)
    before = side.at(start).total
    for record in side.journal.records(range(start + 1, side.position + 1)):
        after = side.at(record.seq).total
        if after != before:
            yield Cause(record, sign * (after - before), is_before=sign < 0)
        before = after


def _left(side: Side, changes: Mapping[int, int], most: int, sign: int) -> Iterator[Cause]:
    """What edits left in the cells: the largest by name, then the others together."""
    largest = sorted(changes.items(), key=lambda one: (-abs(one[1]), one[0]))
    named = dict(sorted(largest[:most]))
    for record in side.journal.records(list(named)):
        yield Cause(record, sign * named[record.seq], is_before=sign < 0, is_left=True)
    small = [change for _, change in largest[most:]]
    if small:
        told = sign * sum(small)
        yield Cause(None, told, is_before=sign < 0, is_left=True, others=len(small))


def _by_writer(side: Side, first: int, last: int) -> dict[int, int]:
    """How much the cells changed in (first, last], by the edit that wrote each of them last."""
    before, after = side.at(first), side.at(last)
    change = after.cells(after.column.values.shape)
    change[: len(before.column.values)] -= before.cells(before.column.values.shape)
    changed = (change != 0) & (after.column.writer > first)
    writers, places = np.unique(after.column.writer[changed], return_inverse=True)
    sums = np.zeros(len(writers), np.int64)
    np.add.at(sums, places.ravel(), change[changed])
    return {
        seq: total * after.unit
        for seq, total in zip(writers.tolist(), sums.tolist(), strict=True)
        if total
    }
