"""Versions of a plan: layers, scenarios and editions in one list, and what makes two differ."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.db import transaction
from django.http import QueryDict
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.merge import Choice
from quotaloom.report.comparison import below, whole
from quotaloom.web.api.door import Holding
from quotaloom.web.api.edit_field import Strict, Words
from quotaloom.web.api.paging import Page
from quotaloom.web.api.position import position_said
from quotaloom.web.api.problem import PROBLEMS, Problem, Refused
from quotaloom.web.api.refusal import Conflict, Refusal, refused
from quotaloom.web.api.repeated import once
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import hand_of, reader_of
from quotaloom.web.desk.refusal import what
from quotaloom.web.journals.opened import turn
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.sight import READ, WRITE
from quotaloom.web.versions.compare import causes_of, compared
from quotaloom.web.versions.promote import scenario_promote
from quotaloom.web.versions.scenario import Copy, scenario_copy
from quotaloom.web.versions.selectors import root_of, scenario_listed, scenario_of, versions_of
from quotaloom.web.versions.version import version_seen

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.cycle.plan.cause import Cause
    from quotaloom.report.comparison import Line
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.api.repeated import Keep
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.sight import Sight
    from quotaloom.web.versions.promote import Look
    from quotaloom.web.versions.selectors import Listed

router = Router(tags=["versions"])
SEPARATOR = ">"
Ref = Annotated[str, Field(max_length=60)]
Number = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]


class LayerOut(Schema):
    """A measure in a layer: what the account sees of it adds up to, in 分 or in pieces."""

    measure: str
    layer: str
    total: int
    cells: int


class LayersOut(Schema):
    """The columns of figures that a plan has."""

    items: list[LayerOut]
    position: int


class VersionOut(Schema):
    """A version; ``ref`` names it in other requests. ``total`` is what the account sees, in 分."""

    ref: str
    plan: UUID
    kind: Literal["plan", "scenario", "edition"]
    name: str
    note: str
    source: str
    archived: bool
    total: int
    position: int
    author: UUID
    at: datetime


class VersionsOut(Schema):
    """The plan, its editions and its scenarios."""

    items: list[VersionOut]
    total: int


class CopyIn(Strict):
    """A scenario to be made of a version (of the plan itself where ``source`` is empty)."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    source: Ref = ""
    note: Words = ""
    growth: Annotated[str, Field(max_length=40)] = ""


class PromoteIn(Strict):
    """Which side counts where both changed the same: for all, or by the scenario's edit."""

    take: Literal["ask", "mine", "theirs"] = "ask"
    choices: dict[Number, Literal["mine", "theirs"]] = Field(default_factory=dict, max_length=1000)
    seen: Annotated[int, Field(strict=True, ge=0, le=10**9)] | None = None


class PromotedOut(Schema):
    """The numbers that the scenario's edits have in the plan now."""

    edits: list[int]


class ChangeOut(Schema):
    """A node in both versions, in 分; null where a version has no such node."""

    path: list[str]
    name: str
    before: int | None
    after: int | None
    change: int


class CauseOut(Schema):
    """An edit and how much of the difference it made; ``edit`` is null for the rest.

    ``side`` says whose journal it is in. ``what`` is empty where it reaches beyond what is seen.
    """

    edit: int | None
    side: Literal["before", "after"]
    author: str
    at: datetime | None
    what: str
    change: int


class DiffOut(Schema):
    """The node itself, the nodes below it, and why it differs; the causes add up to its change."""

    node: ChangeOut
    items: list[ChangeOut]
    total: int
    causes: list[CauseOut]


class DiffAsked(Page):
    """Two versions; the order of levels and the path, both joined by ``>``; a period's label.

    Without versions: what the plan began with, and the plan as it is.
    """

    before: Ref = ""
    after: Ref = ""
    levels: str = Field("", max_length=500)
    path: str = Field("", max_length=500)
    period: str = Field("", max_length=20)


@router.get("/{plan_id}/layers", response={200: LayersOut, **PROBLEMS}, auth=Holding(READ))
def layers(request: Request, plan_id: UUID) -> dict[str, Any]:
    """The measures and layers that the plan has figures in."""
    seen = plan_seen(request.user, plan_id)
    living = seen.figures.living
    if living is None:
        total = int(seen.pivot.quota[seen.sight.mask].sum())
        cells = int(seen.pivot.quota[seen.sight.mask].size)
        only = {"measure": seen.plan.measure, "layer": "issued", "total": total, "cells": cells}
        return {"items": [only], "position": 0}
    return {"items": _layers(living, seen.sight), "position": seen.position}


@router.get("/{plan_id}/versions", response={200: VersionsOut, **PROBLEMS}, auth=Holding(READ))
def versions(request: Request, plan_id: UUID) -> dict[str, Any]:
    """All versions; asked of a scenario, those of its plan."""
    found = versions_of(request.user, root_of(request.user, plan_id))
    items = [_version(one) for one in found if not one.is_broken]
    return {"items": items, "total": len(items)}


@router.post(
    "/{plan_id}/versions",
    response={200: VersionOut, **PROBLEMS, 422: Refusal},
    auth=Holding(WRITE),
)
def copy(request: Request, plan_id: UUID, asked: CopyIn) -> dict[str, Any]:
    """A scenario with all edits of a version. With an Idempotency-Key it is made once."""
    root = root_of(request.user, plan_id)
    hand_of(request.user, root.pk)
    version = version_seen(request.user, asked.source or str(plan_id))
    if (version.plan.root or version.plan) != root:
        raise Refused(422, "edit.not_a_branch", asked.source)
    wish = Copy(asked.name, asked.note, asked.growth)

    def act(keep: Keep) -> dict[str, Any]:
        with transaction.atomic():
            made = scenario_copy(
                user=request.user, version=version, wish=wish, actor=actor_of(request)
            )
            told = _version(scenario_listed(request.user, made.scenario))
            keep(VersionOut(**told).model_dump(mode="json"))
        return told

    try:
        return once(request, act)
    except QuotaLoomError as refusal:
        raise refused(refusal) from refusal


@router.post(
    "/{plan_id}/versions/{scenario_id}/promote",
    response={200: PromotedOut, **PROBLEMS, 409: Conflict, 422: Refusal, 428: Problem},
    auth=Holding(WRITE),
)
def promote(request: Request, plan_id: UUID, scenario_id: UUID, asked: PromoteIn) -> dict[str, Any]:
    """Bring a scenario into its plan, all of it or nothing; 409 tells what clashes undecided."""
    position_said(request, asked.seen)
    root = root_of(request.user, plan_id)
    scenario = scenario_of(request.user, root, scenario_id).plan
    hand = hand_of(request.user, root.pk)
    sides = {int(number): side for number, side in asked.choices.items()}
    choice = Choice(None if asked.take == "ask" else asked.take, sides)

    def act(keep: Keep) -> dict[str, Any]:
        with turn(root.pk):
            look, numbers = scenario_promote(
                hand=hand, scenario=scenario, choice=choice, actor=actor_of(request)
            )
            if look.rehearsal.undecided:
                raise Refused(409, "edit.met", "", met=_met(hand, look))
            told = {"edits": numbers}
            keep(told)
        return told

    try:
        return once(request, act)
    except QuotaLoomError as refusal:
        raise refused(refusal) from refusal


@router.get(
    "/{plan_id}/diff",
    response={200: DiffOut, **PROBLEMS},
    auth=Holding(READ, "before", "after", "levels", "path", "period", "limit", "offset"),
)
def diff(request: Request, plan_id: UUID, asked: Query[DiffAsked]) -> dict[str, Any]:
    """Two versions side by side below a node, and the edits that make the node differ."""
    root_of(request.user, plan_id)
    found = compared(request.user, _query(plan_id, asked))
    lines = below(found.sides, found.rows, found.path)
    part = lines[asked.offset : asked.offset + asked.limit]
    first, second = (reader_of(request.user, found.versions[one].plan.pk) for one in found.pair)
    return {
        "node": _change(whole(found.sides, found.rows, found.path)),
        "items": [_change(one) for one in part],
        "total": len(lines),
        "causes": [_cause(one, first, second) for one in causes_of(found)],
    }


def _layers(living: LivingPlan, sight: Sight) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure,
            "layer": layer,
            "total": int(column.values[sight.mask].sum()) * living.measure(measure).unit,
            "cells": int(column.given[sight.mask].sum()),
        }
        for (measure, layer), column in sorted(living.columns.items())
    ]


def _version(one: Listed) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "plan": one.plan.pk,
        "kind": one.kind,
        "name": one.name,
        "note": one.note,
        "source": one.source,
        "archived": one.is_archived,
        "total": one.version.total,
        "position": one.version.position_seen,
        "author": one.who.pk,
        "at": one.at,
    }


def _met(hand: Hand, look: Look) -> list[dict[str, Any]]:
    """The edits of the plan that undecided ones of the scenario meet, and in how many cells."""
    undecided = set(look.rehearsal.undecided)
    clashes = [one for one in look.rehearsal.clashes if one.record.seq in undecided]
    met = {other.seq: other for clash in clashes for other in clash.others}
    cells: Counter[int] = Counter()
    for clash in clashes:
        cells.update({other.seq: n for other, n in zip(clash.others, clash.cells, strict=True)})
    return [
        {
            "edit": other.seq,
            "author": other.author,
            "at": other.time.isoformat(),
            "cells": cells[other.seq],
            "what": what(hand, look.before, other),
        }
        for _, other in sorted(met.items())
    ]


def _query(plan_id: UUID, asked: DiffAsked) -> QueryDict:
    """The address of the page that shows the same."""
    query = QueryDict(mutable=True)
    query.setlist("v", [asked.before or f"{plan_id}:0", asked.after or str(plan_id)])
    path = asked.path.split(SEPARATOR) if asked.path else []
    told = {"rows": asked.levels, "period": asked.period, "path": json.dumps(path)}
    query.update(told)
    return query


def _change(line: Line) -> dict[str, Any]:
    before, after = line.values
    told = {"path": list(line.path), "name": line.name, "before": before, "after": after}
    return told | {"change": line.changes[0]}


def _cause(one: Cause, before: Hand, after: Hand) -> dict[str, Any]:
    record = one.record
    hand = before if one.is_before else after
    living = hand.seen.figures.living
    return {
        "edit": record.seq if record else None,
        "side": "before" if one.is_before else "after",
        "author": record.author if record else "",
        "at": record.time if record else None,
        "what": what(hand, living, record) if record and living else "",
        "change": one.change,
    }
