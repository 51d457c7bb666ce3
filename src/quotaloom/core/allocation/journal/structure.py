"""The verbs of members: open, close, move, rename, split and merge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.axis import ALWAYS, Member, part_named, part_of, undated
from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.allocation.journal.transfer import Written, shared_out, spare_rows, taken_over
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.edit import Close, Merge, Move, Open, Rename, Split
    from quotaloom.core.allocation.journal.plan import Plan


@dataclass(frozen=True, eq=False)
class Rebuilt:
    """The plan after a verb of members, and the cells that it wrote."""

    plan: Plan
    written: tuple[Written, ...] = ()


def open_member(plan: Plan, edit: Open, seq: int) -> Rebuilt:
    """A new member, with empty cells unless it only holds others. A known id is refused."""
    del seq
    axis = plan.axis(edit.axis)
    if edit.member in axis.places and not axis.is_void(edit.member):
        raise UsageRefused([error("edit.member_twice", edit.member, axis=edit.axis)])
    if edit.parent:
        axis.place(edit.parent)
    part = part_named(edit.member, edit.parent)
    one = part_of(edit.parent, part) if part else undated(edit.member, edit.parent, edit.name)
    wider = axis.with_member(replace(one, opened=edit.start or ALWAYS))
    after = plan.with_axis(wider)
    if not edit.has_cells:
        return Rebuilt(after)
    beside = edit.like or edit.parent
    return Rebuilt(spare_rows(after, edit.axis, edit.member, beside))


def close_member(plan: Plan, edit: Close, seq: int) -> Rebuilt:
    """Nothing new from a day on. What it carries from then on goes to ``to``, else is refused."""
    plan.axis(edit.axis).place(edit.member)
    late = _late(plan, edit.start)
    if edit.to:
        after = spare_rows(plan, edit.axis, edit.to, edit.member)
        after, written = taken_over(after, edit.axis, (edit.member,), edit.to, late, seq)
        return Rebuilt(_closed(after, edit.axis, edit.member, edit.start), written)
    left = _left(plan, edit.axis, edit.member, late)
    if left:
        raise DataRefused([error("edit.close_not_empty", edit.member, cells=left)])
    return Rebuilt(_closed(plan, edit.axis, edit.member, edit.start))


def move_member(plan: Plan, edit: Move, seq: int) -> Rebuilt:
    """The member under another parent from a day on; no cell changes, totals above it do."""
    del seq
    axis = plan.axis(edit.axis).moved(edit.member, edit.parent, edit.start)
    after = plan.with_axis(axis)
    moved = [
        hold.seq
        for hold in plan.holds
        if hold.kind == "total" and plan.total(hold.at) != after.total(hold.at)
    ]
    if moved:
        raise DataRefused(
            [error("edit.move_breaks_hold", edit.member, holds="、".join(f"#{n}" for n in moved))]
        )
    return Rebuilt(after)


def rename_member(plan: Plan, edit: Rename, seq: int) -> Rebuilt:
    """The member under another name from a day on; its id stays."""
    del seq
    return Rebuilt(plan.with_axis(plan.axis(edit.axis).renamed(edit.member, edit.name, edit.start)))


def split_member(plan: Plan, edit: Split, seq: int) -> Rebuilt:
    """A leaf becomes several under the same parent, its cells shared out by weight."""
    plan.axis(edit.axis).place(edit.member)
    late = _late(plan, edit.start)
    after = _with_new(plan, edit.axis, edit.member, [(i, n) for i, n, _ in edit.into], edit.start)
    for into, _, _ in edit.into:
        after = spare_rows(after, edit.axis, into, edit.member)
    weights: list[Fraction] = [weight for _, _, weight in edit.into]
    ids = [into for into, _, _ in edit.into]
    after, written = shared_out(after, edit.axis, (edit.member, ids, weights), late, seq)
    return Rebuilt(_closed(after, edit.axis, edit.member, edit.start), written)


def merge_members(plan: Plan, edit: Merge, seq: int) -> Rebuilt:
    """Members become one from a day on, their cells added up."""
    first = edit.members[0]
    after = plan
    if edit.into not in plan.axis(edit.axis).places:
        after = _with_new(plan, edit.axis, first, [(edit.into, edit.name)], edit.start)
    elif edit.name:
        after = plan.with_axis(plan.axis(edit.axis).renamed(edit.into, edit.name, edit.start))
    gone = tuple(one for one in edit.members if one != edit.into)
    for one in gone:
        after = spare_rows(after, edit.axis, edit.into, one)
    late = _late(plan, edit.start)
    after, written = taken_over(after, edit.axis, gone, edit.into, late, seq)
    for one in gone:
        after = _closed(after, edit.axis, one, edit.start)
    return Rebuilt(after, written)


def _closed(plan: Plan, name: str, member: str, start: date) -> Plan:
    axis = plan.axis(name)
    one = axis.members[axis.place(member)]
    return plan.with_axis(axis.with_member(replace(one, closed=start)))


def _with_new(
    plan: Plan, name: str, beside: str, new: Sequence[tuple[str, str]], start: date
) -> Plan:
    """The plan with new members under the parent of one that is there."""
    axis: Axis = plan.axis(name)
    parent = axis.members[axis.place(beside)].parent(start)
    for id_, called in new:
        if id_ in axis.places and not axis.is_void(id_):
            raise UsageRefused([error("edit.member_twice", id_, axis=name)])
        member: Member = undated(id_, parent, called)
        axis = axis.with_member(replace(member, opened=start))
    return plan.with_axis(axis)


def _late(plan: Plan, start: date) -> list[int]:
    """The periods that start on the day or later; locked ones are not among them."""
    return [
        place
        for place, period in enumerate(plan.periods)
        if period.start >= start and place >= plan.elapsed
    ]


def _left(plan: Plan, axis: str, member: str, late: list[int]) -> int:
    """How many cells of the member are not 0 in these periods."""
    rows = plan.region(Slice(((axis, member),))).rows
    region = Region(rows, np.array(late, np.int64))
    return sum(int((region.cut(column.values) != 0).sum()) for column in plan.columns.values())
