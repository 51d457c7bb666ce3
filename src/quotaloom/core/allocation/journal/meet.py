"""Aims met: by the direct spread of a method, or by raking where that is left no way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.change import Change
from quotaloom.core.allocation.journal.direct import spread_targets
from quotaloom.core.allocation.journal.method import versioned
from quotaloom.core.allocation.journal.refused import in_words
from quotaloom.core.allocation.journal.solving import solve
from quotaloom.core.model.errors import DataRefused, Infeasible
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.aim import Targets
    from quotaloom.core.allocation.journal.driver import Driver
    from quotaloom.core.allocation.journal.edit import Method
    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.room import Room

    Sums = Sequence[tuple[str, Mask, int]]

UNSAID = ("repeat", "percent")
"""Methods that do not say what the cells add up to."""


def met(
    plan: Plan,
    space: Room,
    goal: Targets,
    method: Method,
    drivers: tuple[Driver, ...] = (),
    *,
    asked: Sums | None = None,
) -> Change:
    """The direct spread; raked where a held total or a bound leaves it no way.

    ``asked`` are the sums to rake for (text, cells, amount) where they are not those of the goal.
    """
    sums = asked or _reached(space, goal, method)
    try:
        after, live, findings = spread_targets(space, goal, method, drivers)
    except DataRefused as refusal:
        if sums is None or not space.kept:
            texts = [text for text, _, _ in sums or ()]
            raise DataRefused(in_words(plan, space, refusal.findings, texts)) from None
        return solved(plan, space, sums)
    broken = [f"#{kept.seq}" for kept in space.kept if not kept.holds(after)]
    if not broken:
        told = (*goal.findings, *findings)
        written = versioned(method.name)
        return Change(space.key, space.region, live, after, written, findings=told)
    if sums is None:
        raise DataRefused([error("edit.would_break", method.name, holds="、".join(broken))])
    return solved(plan, space, sums)


def solved(plan: Plan, space: Room, sums: Sums, method: str = "rake") -> Change:
    """The cells as near to what they hold as all sums, holds and bounds allow, to be stored."""
    try:
        after = solve(space, sums)
    except Infeasible as refusal:
        raise Infeasible(in_words(plan, space, refusal.findings, ())) from None
    asked = np.logical_or.reduce([cells for _, cells, _ in sums])
    live = space.live & ((after != space.now) | asked)
    return Change(space.key, space.region, live, after, versioned(method), is_solved=True)


def _reached(space: Room, goal: Targets, method: Method) -> Sums | None:
    """What each group adds up to in the end; None where the method does not say it."""
    if method.name in UNSAID:
        return None
    sign = {"replace": 0, "add": 1, "subtract": -1}[method.operation]
    wanted = goal.amounts if not sign else goal.sums(space.now) + sign * goal.amounts
    return [
        (text, goal.codes == number, amount)
        for number, (text, amount) in enumerate(zip(goal.texts, wanted.tolist(), strict=True))
    ]
