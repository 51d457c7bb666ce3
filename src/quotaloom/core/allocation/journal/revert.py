"""Take an edit back: the last one exactly, an older one where nothing has touched its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from quotaloom.core.allocation.journal.axis import ALWAYS
from quotaloom.core.allocation.journal.place import Region
from quotaloom.core.allocation.journal.plan import Column
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Mask, Slice
    from quotaloom.core.allocation.journal.plan import Plan, Status
    from quotaloom.core.allocation.journal.transfer import Written

SHOWN = 20
Rule = TypeVar("Rule")


def reverted(
    plan: Plan, seq: int, number: int, around: tuple[Plan, Plan]
) -> tuple[Plan, tuple[Written, ...]]:
    """The plan as edit ``number`` leaves it, which takes edit ``seq`` back, and the cells written.

    ``around`` is the plan before and after ``seq``. DataRefused (``edit.touched_since``) names the
    later edits that wrote any of its cells; ``edit.member_touched`` a member that changed again.
    """
    before, after = around
    if seq in plan.editions:
        raise DataRefused([error("edit.edition_stays", f"#{seq}")])
    columns, written = dict(plan.columns), []
    later: set[int] = set()
    for key in sorted(after.columns):
        changed = after.columns[key].writer == seq
        if not changed.any():
            continue
        now = plan.columns[key]
        later |= _touched(plan, now, after.columns[key], changed) - {seq}
        columns[key] = _restored(now, before.column(key), changed, number)
        written.append((key, *_rectangle(changed)))
    if later:
        named = "、".join(f"#{one}" for one in sorted(later)[:SHOWN])
        raise DataRefused([error("edit.touched_since", f"#{seq}", edits=named, count=len(later))])
    restored = replace(
        plan,
        axes=tuple(
            _axis(axis, *around)
            for axis, around in zip(
                plan.axes, zip(before.axes, after.axes, strict=True), strict=True
            )
        ),
        columns=columns,
        holds=_rules(plan.holds, before.holds, after.holds),
        bounds=_rules(plan.bounds, before.bounds, after.bounds),
        states=_states(plan, before, after),
        elapsed=_elapsed(plan, before, after),
        reverts=plan.reverts | {number},
    )
    return restored, tuple(written)


def _touched(plan: Plan, now: Column, after: Column, changed: Mask) -> set[int]:
    """The last writers of the changed cells, less reverts that left them as the edit did."""
    rows = len(changed)
    writers = now.writer[:rows][changed]
    same = (now.values[:rows] == after.values) & (now.given[:rows] == after.given)
    reverts = np.isin(writers, list(plan.reverts)) & same[changed]
    return set(writers[~reverts].tolist())


def _restored(now: Column, before: Column, changed: Mask, number: int) -> Column:
    """The column with what the cells held before; cells that were not there are not given."""
    rows, shape = len(before.values), changed.shape
    values, given = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    values[:rows], given[:rows] = before.values, before.given
    back = Column(now.values.copy(), now.given.copy(), now.writer.copy())
    back.values[: shape[0]][changed] = values[changed]
    back.given[: shape[0]][changed] = given[changed]
    back.writer[: shape[0]][changed] = number
    return back


def _rectangle(changed: Mask) -> tuple[Region, Mask]:
    rows, periods = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return Region(rows, periods), changed[np.ix_(rows, periods)]


def _axis(axis: Axis, before: Axis, after: Axis) -> Axis:
    """The axis with the members that the edit changed as they were; new ones close for good."""
    if before is after:
        return axis
    for place, member in enumerate(after.members):
        old = before.members[place] if place < len(before.members) else None
        if old == member:
            continue
        if axis.members[place] != member:
            raise DataRefused([error("edit.member_touched", member.id, axis=axis.name)])
        axis = axis.with_member(old or replace(member, closed=ALWAYS))
    return axis


def _rules(
    now: tuple[Rule, ...], before: tuple[Rule, ...], after: tuple[Rule, ...]
) -> tuple[Rule, ...]:
    """Without what the edit added, with what it took away."""
    kept = tuple(one for one in now if one in before or one not in after)
    return (*kept, *(one for one in before if one not in after and one not in kept))


def _elapsed(plan: Plan, before: Plan, after: Plan) -> int:
    """How many periods are over, less those that the edit closed; only while they are the last."""
    if before.elapsed == after.elapsed:
        return plan.elapsed
    if plan.elapsed != after.elapsed:
        last = plan.periods[plan.elapsed - 1].label
        raise DataRefused([error("edit.elapsed_since", last)])
    kept = max(plan.editions.values(), default=0)
    if before.elapsed < kept:
        raise DataRefused([error("edit.elapsed_released", plan.periods[kept - 1].label)])
    return before.elapsed


def _states(plan: Plan, before: Plan, after: Plan) -> dict[Slice, Status]:
    """The steps of approval without the one that the edit took."""
    states = dict(plan.states)
    for at, status in after.states.items():
        if before.states.get(at) == status:
            continue
        if at in before.states:
            states[at] = before.states[at]
        else:
            states.pop(at, None)
    return states
