"""What can be kept of an edit that met others: its change on top of theirs, or where nobody was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.apply import apply
from quotaloom.core.allocation.journal.edit import Scale, Set, Wish
from quotaloom.core.allocation.journal.room import overlap
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.place import Region, Slice
    from quotaloom.core.allocation.journal.plan import Plan


def on_top(then: Plan, now: Plan, edit: Edit) -> Set | None:
    """The edit, with each total moved by as much as its author moved it from ``then``.

    None where it wishes no totals.
    """
    wished = _wished(then, edit)
    if wished is None or wished.method.operation != "replace":
        return wished  # add and subtract say by how much already
    moved = (now.total(one.at) - then.total(one.at) for one in wished.wishes)
    wishes = zip(wished.wishes, moved, strict=True)
    return replace(wished, wishes=tuple(replace(one, amount=one.amount + by) for one, by in wishes))


def where_untouched(then: Plan, now: Plan, edit: Edit, others: Sequence[Slice]) -> Set | None:
    """The edit without the cells that changed since ``then``; these stay as they are now.

    The other cells of a total come to what the edit would have made of them. ``others`` are the
    slices that the edits since then name; None where they do not tell which cells changed, where
    no cell is left, or where the edit wishes no totals.
    """
    wished = _wished(then, edit)
    if wished is None or wished.keep != "roll_up":
        return None
    after = apply(then, wished).plan
    wishes: list[Wish] = []
    left_out: list[Slice] = []
    for wish in wished.wishes:
        met = [one for one in others if _meet(now, one, wish.at)]
        left = _left(then, now, wish.at, met)
        if left is None:
            return None
        if left.any():
            wishes.append(Wish(wish.at, _amount(now, after, wish.at, left)))
            left_out += met
    exclude = (*wished.exclude, *dict.fromkeys(left_out))
    return replace(wished, wishes=tuple(wishes), exclude=exclude) if wishes else None


def _wished(then: Plan, edit: Edit) -> Set | None:
    """The edit as totals that its author wished for."""
    if isinstance(edit, Scale):
        return Set((Wish(edit.at, half_up(then.total(edit.at) * (1 + edit.rate))),))
    return edit if isinstance(edit, Set) else None


def _meet(now: Plan, one: Slice, other: Slice) -> bool:
    return one.key == other.key and bool(overlap(now, now.region(other), now.region(one)).any())


def _left(then: Plan, now: Plan, at: Slice, met: Sequence[Slice]) -> np.ndarray | None:
    """Which cells of a slice nobody has touched; None where the slices do not tell."""
    region = now.region(at)
    if not np.array_equal(region.rows, then.region(at).rows):
        return None
    left = region.mask.copy()
    for one in met:
        left &= ~overlap(now, region, now.region(one))
    late = region.cut(now.column(at.key).writer) > then.position
    return None if bool((late & left).any()) else left


def _amount(now: Plan, after: Plan, at: Slice, left: np.ndarray) -> int:
    region = now.region(at)
    mine = _values(after, region, at)[left].sum()
    theirs = _values(now, region, at)[region.mask & ~left].sum()
    return int(mine) + int(theirs)


def _values(plan: Plan, region: Region, at: Slice) -> np.ndarray:
    return region.cut(plan.column(at.key).values)
