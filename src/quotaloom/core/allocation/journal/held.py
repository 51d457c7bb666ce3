"""Holds and bounds that a refusal names by their numbers, told as people know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotaloom.core.allocation.journal.plan import Hold
from quotaloom.core.model.findings import info

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Bound, Plan
    from quotaloom.core.model.findings import Finding

NAMING: Final = frozenset(
    {
        "edit.hold_moved",
        "edit.held_here",
        "edit.move_breaks_hold",
        "edit.would_break",
        "edit.bound_broken",
        "rake.conflict",
        "rake.no_whole_solution",
    }
)
NUMBERED: Final = re.compile("(?:^|(?<=、))#([0-9]+)(?=、|$)")
NONE: Final = "—"
"""What is told of a reason, an owner or an end that is not there."""


def rules_told(
    plan: Plan, findings: Iterable[Finding], said_of: Callable[[int], tuple[str, str]]
) -> list[Finding]:
    """For each hold or bound that the findings name: where it is, what it keeps, whose, and why.

    ``said_of`` answers who wrote an edit and the reason that was given, by its number.
    """
    texts = [
        str(text)
        for one in findings
        if one.code in NAMING
        for text in (one.subject, one.params.get("holds", ""))
    ]
    numbers = {int(found) for text in texts for found in NUMBERED.findall(text)}
    kept: list[Hold | Bound] = [*plan.holds, *plan.bounds]
    return [_told(plan, one, said_of(one.seq)) for one in kept if one.seq in numbers]


def _told(plan: Plan, rule: Hold | Bound, said: tuple[str, str]) -> Finding:
    measure = plan.measure(rule.at.measure)
    author, reason = said
    subject, told = f"#{rule.seq}", {"where": _where(plan, rule.at), "reason": reason or NONE}
    if isinstance(rule, Hold):
        owner = rule.owner or author or NONE
        told |= {"total": measure.say(plan.total(rule.at)), "owner": owner}
        if measure.is_money:
            return info("edit.held_money", subject, **told)
        return info("edit.held_count", subject, **told)
    low, high = (NONE if end is None else measure.say(end) for end in (rule.low, rule.high))
    told |= {"low": low, "high": high, "owner": author or NONE}
    if measure.is_money:
        return info("edit.bounded_money", subject, **told)
    return info("edit.bounded_count", subject, **told)


def _where(plan: Plan, at: Slice) -> str:
    """The members by name, the period, and the measure where it is not the plan's own."""
    day = plan.periods[int(plan.period_places(at.period)[0])].start
    axes = ((plan.axis(axis), member) for axis, member in at.members if member)
    members = [axis.members[axis.place(member)] for axis, member in axes]
    named = [one.name(day) or one.id.rpartition(">")[2] for one in members]
    code, own = at.measure, next(iter(plan.measures))
    more = [] if code == own else [plan.measure(code).name or code]
    return " · ".join([*named, at.period or _widest(plan), *more])


def _widest(plan: Plan) -> str:
    first = plan.periods[0].label
    return (plan.rollups.get(first) or (first,))[-1]
