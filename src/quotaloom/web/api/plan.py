"""Plans and their nodes, as far as the token's account sees them; amounts are whole 分."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - ninja reads it

from django.http import HttpResponse  # noqa: TC002 - ninja reads it
from ninja import Query, Router, Schema
from pydantic import Field

from quotaloom.core.model.errors import UsageRefused
from quotaloom.web.api.door import Holding
from quotaloom.web.api.paging import Page
from quotaloom.web.api.problem import PROBLEMS, Refused
from quotaloom.web.plans.counted import layers_of, measures_open
from quotaloom.web.plans.cut import LONGEST
from quotaloom.web.plans.selectors import plan_seen, plans_shown

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.report.pivot import Node
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.models import Plan

router = Router(tags=["plans"])
SEPARATOR = ">"


class PlanOut(Schema):
    """A plan, without its figures: how much of it one sees, the plan itself tells."""

    id: UUID
    name: str
    measure: str
    year: int
    stage: str
    version: int
    as_of: date | None
    created_at: datetime


class PlansOut(Schema):
    """A page of plans."""

    items: list[PlanOut]
    total: int


class MeasureOut(Schema):
    """A measure of a plan. A ratio is in millionths, money in 分, the rest as it is counted."""

    code: str
    name: str
    kind: str
    is_money: bool


class PlanDetailOut(PlanOut):
    """A plan with what the account sees of it; ``hidden`` counts the seats that it does not.

    ``position`` is the last edit of what it sees: say it with edits, as ``seen`` or If-Match.
    ``measures`` and ``layers`` are what nodes may be asked for, the plan's own first.
    """

    total: int
    unit: int
    levels: list[str]
    columns: list[str]
    hidden: int
    position: int
    measures: list[MeasureOut]
    layers: list[str]


class NodeOut(Schema):
    """A node: its path of codes, and a figure for each column of the plan, null for none."""

    path: list[str]
    level: str
    name: str
    values: list[int | None]
    last_year: int | None
    has_children: bool


class NodesOut(Schema):
    """The nodes one level below a path."""

    items: list[NodeOut]
    total: int
    position: int


class PlansAsked(Page):
    """Of which year."""

    year: int | None = Field(None, ge=1900, le=9999)


class NodesAsked(Page):
    """The order of levels, and the path below which to look; both joined by ``>``.

    ``measure`` and ``layer`` say which figures, the plan's own and the first unless said.
    """

    levels: str = Field("", max_length=500)
    path: str = Field("", max_length=500)
    measure: str = Field("", max_length=LONGEST)
    layer: str = Field("", max_length=LONGEST)


@router.get(
    "", response={200: PlansOut, **PROBLEMS}, auth=Holding("plans.read", "year", "limit", "offset")
)
def plans(request: Request, asked: Query[PlansAsked]) -> dict[str, Any]:
    """The plans, the newest first."""
    found = [shown.plan for shown in plans_shown(request.user, asked.year)]
    part = found[asked.offset : asked.offset + asked.limit]
    return {"items": [_head(one) for one in part], "total": len(found)}


@router.get("/{plan_id}", response={200: PlanDetailOut, **PROBLEMS}, auth=Holding("plans.read"))
def plan(request: Request, plan_id: UUID, response: HttpResponse) -> dict[str, Any]:
    """One plan; 404 as well for one of which the account sees nothing."""
    seen = plan_seen(request.user, plan_id)
    levels = list(seen.pivot.rows_asked(""))
    top = seen.pivot.node(levels, (), seen.sight.mask)
    response["ETag"] = f'"{seen.position}"'
    return {
        **_head(seen.plan),
        "total": int(top.values[0]),
        "unit": seen.plan.unit,
        "levels": levels,
        "columns": [column.label for column in seen.pivot.columns],
        "hidden": seen.sight.hidden,
        "position": seen.position,
        "measures": [_measure(one) for one in measures_open(request.user, seen)],
        "layers": layers_of(seen.figures),
    }


@router.get(
    "/{plan_id}/nodes",
    response={200: NodesOut, **PROBLEMS},
    auth=Holding("plans.read", "levels", "path", "measure", "layer", "limit", "offset"),
)
def nodes(request: Request, plan_id: UUID, asked: Query[NodesAsked]) -> dict[str, Any]:
    """The nodes below a path, in tree order; 404 as well for a measure that is not seen."""
    seen = plan_seen(request.user, plan_id, shows=(asked.measure, asked.layer))
    path = tuple(asked.path.split(SEPARATOR)) if asked.path else ()
    try:
        levels = seen.pivot.rows_asked(asked.levels)
    except UsageRefused as refusal:
        finding = refusal.findings[0]
        raise Refused(422, finding.code, finding.subject[:200]) from refusal
    if len(path) >= len(levels):
        raise Refused(422, "request.path_too_deep", asked.path)
    found = seen.pivot.children(levels, path, seen.sight.mask)
    part = found[asked.offset : asked.offset + asked.limit]
    told = [_node(one) for one in part]
    return {"items": told, "total": len(found), "position": seen.position}


def _head(one: Plan) -> dict[str, Any]:
    names = ("id", "name", "measure", "year", "stage", "version", "as_of", "created_at")
    return {name: getattr(one, name) for name in names}


def _measure(one: PlanMeasure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("code", "name", "kind", "is_money")}


def _node(one: Node) -> dict[str, Any]:
    return {
        "path": list(one.path),
        "level": one.header,
        "name": one.name,
        "values": one.figures,
        "last_year": one.last_year,
        "has_children": one.has_children,
    }
