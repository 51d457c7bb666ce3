"""What an edit may move: the cells of its region, less the held, with totals and bounds to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.place import Region

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Ints, Key, Mask, Slice
    from quotaloom.core.allocation.journal.plan import Plan


SET_ASIDE = ("unallocated", "over")


@dataclass(frozen=True, eq=False)
class Kept:
    """A sum that must lie in ``[low, high]``: the cells of the region in it, the rest counted off.

    ``seq`` is the edit that asked for it; ``is_whole`` says whether it covers the whole region.
    """

    seq: int
    cells: Mask
    low: int | None
    high: int | None
    is_whole: bool

    def holds(self, values: Ints) -> bool:
        """Whether the cells of the region add up as they must."""
        reached = int(values[self.cells].sum())
        return (self.low is None or self.low <= reached) and (
            self.high is None or reached <= self.high
        )


@dataclass(frozen=True, eq=False)
class Room:
    """A region of one column with what its cells hold now, and which of them may move.

    ``rank`` breaks ties, None where the cells lie in its order.
    """

    key: Key
    region: Region
    now: Ints
    given: Mask
    live: Mask
    rank: Ints | None
    kept: tuple[Kept, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and periods of the rectangle."""
        return self.region.shape


def room(
    plan: Plan,
    key: Key,
    region: Region,
    exclude: Sequence[Slice] = (),
    named: Collection[Slice] = (),
) -> Room:
    """The room of an edit. Holds of this column alone count; ``exclude`` freezes more cells.

    未分配 and 加码 take nothing by accident: only what ``named`` slices call by their id.
    """
    column = plan.column(key)
    live = plan.writable(region)
    for hold in plan.holds:
        if hold.kind == "cells" and hold.at.key == key:
            live &= ~overlap(plan, region, plan.region(hold.at))
    live &= ~_set_aside(plan, region, named)[:, None]
    for at in exclude:
        live &= ~overlap(plan, region, plan.region(at))
    now, given = region.cut(column.values), region.cut(column.given)
    if region.inside is not None:
        now, given = np.where(region.inside, now, 0), given & region.inside
    kept = tuple(_kept(plan, key, region, now))
    return Room(key, region, now, given, live, _rank(plan, region), kept)


def _set_aside(plan: Plan, region: Region, named: Collection[Slice]) -> Mask:
    """The rows of leaves that an inner member keeps aside, unless the edit names them."""
    found = [
        np.isin(plan.rows[region.rows, place], _aside(axis, {at.member(axis.name) for at in named}))
        for place, axis in enumerate(plan.axes)
    ]
    return np.asarray(np.logical_or.reduce(found), np.bool_)


def _aside(axis: Axis, called: Collection[str]) -> list[int]:
    return [
        place
        for place, member in enumerate(axis.members)
        if member.part in SET_ASIDE and member.id not in called
    ]


def _rank(plan: Plan, region: Region) -> Ints | None:
    """The order of the cells by their members' ids, then period; None where they lie in it."""
    order = plan.rank[region.rows]
    if bool((order[1:] > order[:-1]).all()):
        return None
    ranked: Ints = order[:, None] * len(plan.periods) + region.periods
    return ranked


def overlap(plan: Plan, region: Region, other: Region) -> Mask:
    """Which cells of the region's rectangle lie in another region too."""
    if other.inside is None:
        rows = np.zeros(plan.shape[0], np.bool_)
        rows[other.rows] = True
        periods = np.zeros(plan.shape[1], np.bool_)
        periods[other.periods] = True
        found: Mask = rows[region.rows][:, None] & periods[region.periods]
    else:
        found = other.whole_mask(plan.shape)[np.ix_(region.rows, region.periods)]
    return found & region.mask


def joined(plan: Plan, regions: Sequence[Region]) -> tuple[Region, list[Mask]]:
    """One region that covers several, and which of its cells each of them has."""
    if len(regions) == 1:
        return regions[0], [regions[0].mask]
    rows = np.unique(np.concatenate([one.rows for one in regions]))
    periods = np.unique(np.concatenate([one.periods for one in regions]))
    frame = Region(rows, periods)
    parts = [overlap(plan, frame, one) for one in regions]
    inside = np.logical_or.reduce(parts)
    return Region(rows, periods, None if inside.all() else inside), parts


def _kept(plan: Plan, key: Key, region: Region, now: Ints) -> Iterable[Kept]:
    """Held totals and bounds that have cells in the region."""
    values = plan.column(key).values
    asked = [
        (hold.seq, hold.at, None, None)
        for hold in plan.holds
        if hold.kind == "total" and hold.at.key == key
    ]
    bounds = [(b.seq, b.at, b.low, b.high) for b in plan.bounds if b.at.key == key]
    for seq, at, low, high in [*asked, *bounds]:
        theirs = plan.counted(at)
        cells = overlap(plan, region, theirs)
        if not cells.any():
            continue
        inside = int(now[cells].sum())
        beyond = theirs.total(values) - inside
        is_held = low is None and high is None
        ends = (inside, inside) if is_held else (_less(low, beyond), _less(high, beyond))
        yield Kept(seq, cells, *ends, bool(cells.sum() == region.size))


def _less(end: int | None, spent: int) -> int | None:
    return None if end is None else end - spent
