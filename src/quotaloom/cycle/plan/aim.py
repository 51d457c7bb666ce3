"""Rules by class become edits of a plan: a total for each measure that a class is held to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up
from quotaloom.core.targets.class_target import class_aims
from quotaloom.cycle.plan.typed import complete
from quotaloom.planfile.place_text import write_slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.targets.class_target import Aim, TargetClass
    from quotaloom.planfile.rule_text import AimRule


@dataclass(frozen=True, slots=True)
class Aimed:
    """A rule as an edit: all its measures at once are one edit each, of the same class."""

    of: TargetClass
    edits: tuple[Set, ...]


def aimed(plan: Plan, rules: Sequence[AimRule]) -> tuple[Aimed, ...]:
    """The edits of each rule; amounts are rounded to the unit of their measure.

    Raises UsageRefused with every measure that a class is held to and the plan does not have, every
    figure that is missing, and every member that is unknown.
    """
    found: list[Aimed] = []
    refused: list[Finding] = []
    for rule in rules:
        try:
            found.append(_aimed(plan, rule))
        except QuotaLoomError as refusal:
            refused += refusal.findings
    if refused:
        raise UsageRefused(refused)
    return tuple(found)


def _aimed(plan: Plan, rule: AimRule) -> Aimed:
    where = write_slice(rule.at)
    aims = class_aims(rule.of, rule.figures, subject=where)
    lacking = [one.measure for one in aims if one.measure not in plan.measures]
    if lacking:
        raise UsageRefused([error("class.no_measure", where, measures="、".join(lacking))])
    return Aimed(rule.of, tuple(_edit(plan, rule, one) for one in aims))


def _edit(plan: Plan, rule: AimRule, aim: Aim) -> Set:
    unit = plan.measure(aim.measure).unit
    at = complete(replace(rule.at, measure=aim.measure), plan)
    return Set((Wish(at, half_up(aim.amount / unit)),))
