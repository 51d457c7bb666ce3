"""Spread each target by its method, leaving alone what holds keep: exact, and replayed bit for bit.

A held total keeps its cells as they are, unless it covers all that the edit moves: what goes up
inside it then goes down inside it. Where that leaves a target out of reach, ``solving`` looks for
cells that keep every sum and yet move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.groups import Groups
from quotaloom.core.numeric.spread import Cells, Column, spread
from quotaloom.core.numeric.spread_wish import Wish as Spreading

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.edit import Method
    from quotaloom.core.allocation.journal.place import Ints, Mask
    from quotaloom.core.allocation.journal.room import Room
    from quotaloom.core.allocation.journal.target import Targets
    from quotaloom.core.model.findings import Finding

SHARED_OUT = ("proportional", "equal", "by_reference", "blend", "repeat", "percent")


def free(room: Room) -> Mask:
    """The cells that move in a direct spread."""
    live = room.live.copy()
    for kept in room.kept:
        if kept.low == kept.high and not kept.is_whole:
            live &= ~kept.cells
    return live


def spread_targets(
    room: Room, goal: Targets, method: Method, drivers: tuple[Ints, ...] = ()
) -> tuple[Ints, Mask, tuple[Finding, ...]]:
    """The room's cells after the spread and which of them it wrote; the others stay.

    ``drivers`` are figures over the room's rectangle, by ``references`` of the method. Raises
    DataRefused as ``numeric.spread`` does, and ``edit.mixed_signs`` where a target's cells point
    both ways.
    """
    order, starts = _ordered(goal)
    now = room.now.ravel()[order]
    live = free(room).ravel()[order]
    groups = Groups.of(starts, len(order))
    name = method.name if method.name in SHARED_OUT else "proportional"
    turned = groups.each(_turned(now, live, groups)) if name == "proportional" else 1
    given = _given(room.given.ravel()[order], live, groups)
    cells = Cells.of(
        Column(now * turned, given),
        starts,
        fixed=~live,
        rank=room.rank.ravel()[order],
    )
    wish = Spreading(
        name,
        goal.amounts * _per_group(turned, groups),
        operation=method.operation,
        scope=method.scope,
        on_zero=method.on_zero,
        drivers=tuple(Column.of(one.ravel()[order]) for one in drivers),
        mix=method.weights if name == "blend" else (),
    )
    spreading = spread(cells, wish)
    after, written = room.now.ravel().copy(), np.zeros(room.now.size, np.bool_)
    after[order] = spreading.now.values * turned
    written[order] = live & spreading.now.given
    return after.reshape(room.shape), written.reshape(room.shape), spreading.findings


def _ordered(goal: Targets) -> tuple[Ints, Ints]:
    """The cells of the targets, target by target, and where each target starts."""
    codes = goal.codes.ravel()
    count = len(goal.amounts)
    if count == 1:
        order = np.flatnonzero(codes == 0) if (codes < 0).any() else np.arange(len(codes))
        return order, np.array([0, len(order)])
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    return order, np.searchsorted(codes[order], np.arange(count + 1))


def _turned(now: Ints, live: Mask, groups: Groups) -> Ints:
    """-1 for a group whose movable cells are all <= 0, else 1. Refuses what points both ways."""
    below = groups.sums(live & (now < 0))
    above = groups.sums(live & (now > 0))
    mixed = (below > 0) & (above > 0)
    if mixed.any():
        first = int(np.flatnonzero(mixed)[0])
        negative, positive = int(below[first]), int(above[first])
        raise DataRefused([error("edit.mixed_signs", negative=negative, positive=positive)])
    return np.where(below > 0, -1, 1)


def _per_group(turned: Ints | int, groups: Groups) -> Ints | int:
    if isinstance(turned, int):
        return turned
    full = groups.sizes > 0
    found = np.ones(len(groups), np.int64)
    found[full] = turned[groups.starts[:-1][full]]
    return found


def _given(given: Mask, live: Mask, groups: Groups) -> Mask:
    """Nothing given in a target yet: its cells count as 0, so that a first figure can go in."""
    some = groups.sums(given & live) > 0
    return given | ~groups.each(some)
