"""The edits that change no cell: holds, bounds, notes, steps of approval, closed periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import (
    BoundEdit,
    EditionEdit,
    Elapse,
    HoldEdit,
    Note,
    Release,
)
from quotaloom.core.allocation.journal.plan import Bound, Hold
from quotaloom.core.allocation.journal.wished import refuse_derived
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.edit import RuleEdit
    from quotaloom.core.allocation.journal.plan import Plan, Status

STEPS: dict[str, tuple[tuple[Status, ...], Status]] = {
    "submit": (("draft", "returned"), "submitted"),
    "accept": (("submitted",), "accepted"),
    "return": (("submitted", "accepted"), "returned"),
}


def apply_rule(plan: Plan, edit: RuleEdit, seq: int, reason: str) -> Plan:
    """The plan with one rule more or less. A bound that is not kept now is refused."""
    if isinstance(edit, HoldEdit | BoundEdit):
        refuse_derived(plan, edit.at)
    if isinstance(edit, HoldEdit):
        plan.region(edit.at)
        hold = Hold(seq, edit.at, edit.kind, edit.owner, reason, edit.until)
        return replace(plan, holds=(*plan.holds, hold))
    if isinstance(edit, BoundEdit):
        return _bounded(plan, edit, seq)
    if isinstance(edit, Release):
        return _released(plan, edit.seq)
    if isinstance(edit, Note):
        plan.region(edit.at)
        return plan
    if isinstance(edit, Elapse | EditionEdit):
        return _settled(plan, edit, seq)
    allowed, after = STEPS[edit.step]
    status = plan.states.get(edit.at, "draft")
    if status not in allowed:
        raise UsageRefused([error("edit.step_refused", edit.step, status=status)])
    return replace(plan, states={**plan.states, edit.at: after})


def _settled(plan: Plan, edit: Elapse | EditionEdit, seq: int) -> Plan:
    """The plan with everything up to the end of a period locked, or as it was released."""
    label = edit.period
    over = int(plan.period_places(label)[-1]) + 1
    if isinstance(edit, EditionEdit):
        return replace(plan, editions={**plan.editions, seq: plan.elapsed})
    if over <= plan.elapsed:
        last = plan.periods[plan.elapsed - 1].label if plan.elapsed else ""
        raise UsageRefused([error("edit.elapsed_already", label, last=last)])
    return replace(plan, elapsed=over)


def _bounded(plan: Plan, edit: BoundEdit, seq: int) -> Plan:
    total = plan.total(edit.at)
    if edit.low is not None and edit.high is not None and edit.low > edit.high:
        raise UsageRefused([error("edit.bound_crossed", low=edit.low, high=edit.high)])
    under = edit.low is not None and total < edit.low
    over = edit.high is not None and total > edit.high
    if under or over:
        measure = plan.measure(edit.at.measure)
        ends = ("" if end is None else measure.say(end) for end in (edit.low, edit.high))
        shown = f"[{', '.join(ends)}]"
        raise DataRefused([error("edit.bound_not_kept", shown, total=measure.say(total))])
    return replace(plan, bounds=(*plan.bounds, Bound(seq, edit.at, edit.low, edit.high)))


def _released(plan: Plan, seq: int) -> Plan:
    holds = tuple(hold for hold in plan.holds if hold.seq != seq)
    bounds = tuple(bound for bound in plan.bounds if bound.seq != seq)
    if len(holds) == len(plan.holds) and len(bounds) == len(plan.bounds):
        raise UsageRefused([error("edit.no_such_hold", f"#{seq}")])
    return replace(plan, holds=holds, bounds=bounds)
