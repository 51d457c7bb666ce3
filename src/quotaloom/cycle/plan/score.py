"""How far a released plan was reached, measure by measure, and the score of each node."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.wished import figure
from quotaloom.core.attainment.score import reached, total_score
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, info, warning
from quotaloom.cycle.plan.compare import last_day, nodes
from quotaloom.cycle.plan.done import done_plan, in_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan, PlanMeasure
    from quotaloom.core.attainment.score import Score
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.periods import FiscalCalendar


@dataclass(frozen=True, slots=True)
class Reached:
    """One measure of a node. ``target`` is in its units, a ratio's in millionths; None: none.

    ``done`` is in the same; a challenge is measured by what was done of its base.
    """

    measure: PlanMeasure
    target: int | None
    done: Fraction | None
    attainment: Fraction | None


@dataclass(frozen=True, slots=True)
class NodeScore:
    """A node with all that is measured of it, and its score."""

    at: Slice
    name: str
    depth: int
    reached: tuple[Reached, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class Scored:
    """The nodes of an axis, the whole first, each before those below it."""

    nodes: tuple[NodeScore, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRequest:
    """What is scored: the facts of each measure, along which axis, in which period ("": all)."""

    files: Mapping[str, Path]
    axis: str
    period: str = ""


def score(plan: Plan, calendar: FiscalCalendar, request: ScoreRequest) -> Scored:
    """Each node of the axis: what was reached of the first layer, and the weighted mean.

    Raises UsageRefused where the plan knows no such axis, period or measure, DataRefused for
    facts that cannot be used.
    """
    if not request.files:
        raise UsageRefused([error("score.no_facts")])
    plan.period_places(request.period)
    done, said = done_plan(plan, request.axis, request.files, calendar)
    measures = [one for one in plan.measures.values() if _is_measured(plan, done, one)]
    if not measures:
        raise UsageRefused([error("score.no_targets", "、".join(request.files))])
    key = measures[0].code, plan.layers[0]
    found = []
    for at, name, depth in nodes(plan, request.axis, key, request.period):
        parts = tuple(_reached(plan, done, one, at) for one in measures)
        total = total_score((part.attainment, part.measure.weight) for part in parts)
        found.append(NodeScore(at, name, depth, parts, total))
    return Scored(tuple(found), (*said, *_left_out(plan, measures)))


def _left_out(plan: Plan, measures: list[PlanMeasure]) -> Iterator[Finding]:
    """What has a weight in the score and no facts."""
    lacking = [one for one in plan.measures.values() if one.weight and one not in measures]
    if lacking:
        names = "、".join(one.code for one in lacking)
        yield warning("score.left_out", names, weight=sum(one.weight for one in lacking))
    if not any(one.weight for one in measures):
        yield info("score.no_weights")


def _is_measured(plan: Plan, done: Plan, measure: PlanMeasure) -> bool:
    """Whether all that the measure is made of is known."""
    given = {code for code, _ in done.columns}
    return all(code in given for code in _made_of(measure, given)) and all(
        (code, plan.layers[0]) in plan.columns for code in _sides(measure)
    )


def _made_of(measure: PlanMeasure, given: set[str]) -> Iterator[str]:
    """Of which facts a measure is told: of its sides, or of its base where it has none."""
    for code in _sides(measure):
        yield measure.at_least if measure.at_least and code not in given else code


def _sides(measure: PlanMeasure) -> tuple[str, ...]:
    is_ratio = measure.kind == "ratio"
    return (measure.numerator, measure.denominator) if is_ratio else (measure.code,)


def _reached(plan: Plan, done: Plan, measure: PlanMeasure, at: Slice) -> Reached:
    day = last_day(plan)
    here = replace(at, measure=measure.code)
    target = figure(plan, here, day)
    given = {code for code, _ in done.columns}
    there = here
    if measure.kind != "ratio":
        there = replace(here, measure=next(_made_of(measure, given)))
    found = figure(done, there, day)
    credit = None if found is None else Fraction(found, _scale(measure))
    attained = None if credit is None else reached(credit, target, better=measure.better)
    return Reached(measure, target, credit, attained)


def _scale(measure: PlanMeasure) -> int:
    return 1 if measure.kind == "ratio" else in_scale(measure)
