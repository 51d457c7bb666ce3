"""What stands before a release: sums that agree, holds, open steps, figures nobody carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.axis import PARTS
from quotaloom.core.model.findings import error, info, warning
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.plan.compare import last_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.plan import Column, Plan
    from quotaloom.core.model.findings import Finding


def readiness(plan: Plan, day: date) -> list[Finding]:
    """One finding a check, in the same order always: an error lets nothing be released."""
    return [_sums(plan), _holds(plan, day), _steps(plan), _unassigned(plan), _missing(plan)]


def _sums(plan: Plan) -> Finding:
    """The branches of each tree add up to the whole, in every additive column."""
    additive = [
        (f"{measure}/{layer}", column)
        for (measure, layer), column in sorted(plan.columns.items())
        if plan.measure(measure).kind == "additive"
    ]
    wrong = [
        f"{axis.name} {name}"
        for axis in plan.axes
        for name, column in additive
        if _by_tree(plan, axis, column) != int(column.values.sum())
    ]
    if wrong:
        return error("release.sums_differ", "、".join(wrong))
    count = len(additive) * sum(len(_inner(plan, axis)) for axis in plan.axes)
    return info("release.sums_agree", count=count)


def _inner(plan: Plan, axis: Axis) -> list[str]:
    """The whole and the members that hold others, as the tree stands in the last period."""
    day = last_day(plan)
    every = ["", *(member.id for member in axis.members)]
    return [one for one in every if axis.children(one, day)]


def _by_tree(plan: Plan, axis: Axis, column: Column) -> int:
    """The whole as the sum of the branches, each member counted where it hangs."""
    codes = plan.rows[:, plan.axis_places[axis.name]]
    own = np.zeros(len(axis.members), np.int64)
    np.add.at(own, codes, column.values.sum(axis=1))
    reached = list(_below(axis, "", last_day(plan)))
    return int(own[reached].sum())


def _below(axis: Axis, parent: str, day: date) -> Iterator[int]:
    for child in axis.children(parent, day):
        yield axis.places[child]
        yield from _below(axis, child, day)


def _holds(plan: Plan, day: date) -> Finding:
    """Holds and bounds that are still set; one whose day has come should have been lifted."""
    ended = [f"#{one.seq}" for one in plan.holds if one.until is not None and one.until <= day]
    if ended:
        return warning("release.holds_ended", "、".join(ended), count=len(ended))
    return info("release.holds", count=len(plan.holds) + len(plan.bounds))


def _steps(plan: Plan) -> Finding:
    """Parts that were submitted or returned, and not accepted."""
    waiting = sum(status in ("submitted", "returned") for status in plan.states.values())
    return warning("release.steps_open", count=waiting) if waiting else info("release.steps_done")


def _unassigned(plan: Plan) -> Finding:
    """What lies on 未分配 leaves and on members that stand for nobody."""
    aside = np.zeros(len(plan.rows), np.bool_)
    for place, axis in enumerate(plan.axes):
        nobody = [number for number, one in enumerate(axis.members) if _is_nobody(one.id, one.part)]
        aside |= np.isin(plan.rows[:, place], nobody)
    sums = {
        measure: int(column.values[aside].sum())
        for (measure, layer), column in sorted(plan.columns.items())
        if layer == plan.layers[0] and plan.measure(measure).kind == "additive"
    }
    found = [f"{code} {plan.measure(code).say(amount)}" for code, amount in sums.items() if amount]
    if found:
        return warning("release.unassigned", "、".join(found))
    return info("release.all_assigned")


def _is_nobody(member: str, part: str) -> bool:
    return part == "unallocated" or member.rpartition(">")[2] in (UNASSIGNED, PARTS["unallocated"])


def _missing(plan: Plan) -> Finding:
    """Cells of the first layer that have no figure yet, which is not 0."""
    first = [column for key, column in plan.columns.items() if key[1] == plan.layers[0]]
    count = sum(int((~column.given).sum()) for column in first)
    return warning("release.cells_missing", count=count) if count else info("release.cells_given")
