"""Refusals of arrays told in the words of the plan: wishes for groups, amounts, and the holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.law import closed
from quotaloom.core.allocation.journal.room import overlap
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.refusal import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.allocation.journal.room import Room
    from quotaloom.core.model.findings import Finding

AMOUNTS = ("total", "least", "most")


def in_words(
    plan: Plan, space: Room, findings: Iterable[Finding], wishes: Sequence[str]
) -> list[Finding]:
    """The findings with the wishes for subjects and amounts as people write them.

    Where cells of the room are held, the edits that hold them are named beside; where periods of
    it are over, the last of them.
    """
    measure = plan.measure(space.key[0])
    told = [_said(one, measure) for one in named(findings, wishes)]
    holds = [
        f"#{hold.seq}"
        for hold in plan.holds
        if hold.kind == "cells"
        and hold.at.key == space.key
        and overlap(plan, space.region, plan.region(hold.at)).any()
    ]
    if holds:
        told.append(error("edit.held_here", "、".join(holds), count=len(holds)))
    return [*told, *closed(plan, space.region, space.region.mask)]


def _said(finding: Finding, measure: PlanMeasure) -> Finding:
    params = {
        name: measure.say(value) if name in AMOUNTS and isinstance(value, int) else value
        for name, value in finding.params.items()
    }
    return replace(finding, params=params)
