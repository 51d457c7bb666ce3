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
    from quotaloom.core.allocation.journal.aim import Targets
    from quotaloom.core.allocation.journal.driver import Driver
    from quotaloom.core.allocation.journal.edit import Method
    from quotaloom.core.allocation.journal.place import Ints, Mask
    from quotaloom.core.allocation.journal.room import Room
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
    room: Room, goal: Targets, method: Method, drivers: tuple[Driver, ...] = ()
) -> tuple[Ints, Mask, tuple[Finding, ...]]:
    """The room's cells after the spread and which of them it wrote; the others stay.

    ``drivers`` are figures over the room's rectangle, by ``references`` of the method; a target of
    which one knows nothing reads it as zeros. Raises DataRefused as ``numeric.spread`` does, and
    ``edit.mixed_signs`` where a target's cells point both ways.
    """
    order, starts = _ordered(goal)
    now, live = room.now.ravel()[order], free(room).ravel()[order]
    rank = None if room.rank is None else room.rank.ravel()[order]
    groups = Groups.of(starts, len(now))
    name = method.name if method.name in SHARED_OUT else "proportional"
    signs = _signs(now, live, groups) if name == "proportional" else None
    given = _given(room.given.ravel()[order], live, groups)
    weights = now if signs is None else now * groups.each(signs)
    cells = Cells.of(Column(weights, given), starts, fixed=~live, rank=rank)
    wish = Spreading(
        name,
        goal.amounts if signs is None else goal.amounts * signs,
        operation=method.operation,
        scope=method.scope,
        on_zero=method.on_zero,
        drivers=tuple(_read(one, order, live, groups) for one in drivers),
        mix=method.weights if name == "blend" else (),
        rate=method.rate or 0,
    )
    done = spread(cells, wish)
    values = done.now.values if signs is None else done.now.values * groups.each(signs)
    written = live & done.now.given
    if isinstance(order, slice):
        return values.reshape(room.shape), written.reshape(room.shape), done.findings
    after, touched = room.now.ravel().copy(), np.zeros(room.now.size, np.bool_)
    after[order], touched[order] = values, written
    return after.reshape(room.shape), touched.reshape(room.shape), done.findings


def _read(one: Driver, order: Ints | slice, live: Mask, groups: Groups) -> Column:
    return Column.of(one.values.ravel()[order], _given(one.given.ravel()[order], live, groups))


def _ordered(goal: Targets) -> tuple[Ints | slice, Ints]:
    """The cells of the targets, target by target, and where each target starts."""
    codes = goal.codes.ravel()
    count = len(goal.amounts)
    if count == 1 and (codes == 0).all():
        return slice(None), np.array([0, len(codes)])
    if count == 1:
        order = np.flatnonzero(codes == 0)
        return order, np.array([0, len(order)])
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    return order, np.searchsorted(codes[order], np.arange(count + 1))


def _signs(now: Ints, live: Mask, groups: Groups) -> Ints | None:
    """-1 for a group whose movable cells are all <= 0, else 1; None where no cell is below 0.

    Refuses a group that points both ways.
    """
    if now.min(initial=0) >= 0:
        return None
    below = groups.sums(live & (now < 0))
    above = groups.sums(live & (now > 0))
    mixed = (below > 0) & (above > 0)
    if mixed.any():
        first = int(np.flatnonzero(mixed)[0])
        negative, positive = int(below[first]), int(above[first])
        raise DataRefused([error("edit.mixed_signs", negative=negative, positive=positive)])
    return np.where(below > 0, -1, 1)


def _given(given: Mask, live: Mask, groups: Groups) -> Mask:
    """Nothing given in a target yet: its cells count as 0, so that a first figure can go in."""
    some = groups.sums(given & live) > 0
    return given if some.all() else given | ~groups.each(some)
