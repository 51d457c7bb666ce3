"""The pages of plans: the list, one plan, its rows and its explanations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quotaloom.core.model.errors import UsageRefused
from quotaloom.report.explanation import explain
from quotaloom.web.plans.counted import counted, shown_words, shows_offered, unit_of
from quotaloom.web.plans.cut import Cut, cut_asked, shows_asked
from quotaloom.web.plans.download import leaves_file, screen_file
from quotaloom.web.plans.grid import heads, period_words, rows_of
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.made_of import made_of
from quotaloom.web.plans.parts import EXPORT, parts_ready
from quotaloom.web.plans.potential import potential_size, potential_told
from quotaloom.web.plans.selectors import narrowed, node_lines, plan_seen, plans_shown
from quotaloom.web.plans.sight import READ, WRITE
from quotaloom.web.plans.standing import badge
from quotaloom.web.plans.store import decomposition_of
from quotaloom.web.plans.words import explained, labels, orders
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import tenths
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase

    from quotaloom.report.pivot import Node
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.selectors import Seen

KINDS: Final = ("xlsx", "csv", "parquet")
OPEN_AT_FIRST = 181  # rows that a page may open with


@policy("plans.read")
@require_GET
def plan_list(request: Request) -> HttpResponse:
    """The plans that the user may see, newest first."""
    may_create = request.user.has_perm("plans.create")
    context = {"shown": plans_shown(request.user), "may_create": may_create}
    return render(request, "plans/list.html", context)


@policy("plans.read")
@require_GET
def plan(request: Request, plan_id: UUID) -> HttpResponse:
    """One plan: the grid opens with its first levels, the rest comes on demand."""
    seen, cut = _cut(request, plan_id)
    return render(request, "plans/plan.html", plan_page(request, seen, cut))


def plan_page(request: Request, seen: Seen, cut: Cut) -> dict[str, Any]:
    """The context of a page with the plan's grid."""
    one = decomposition_of(seen.plan)
    top = seen.pivot.node(cut.rows, (), seen.sight.mask)
    whole = rows_of([top])[0]
    opened = ("opened", *seen.key, cut)
    data = {
        "columns": heads(seen.pivot),
        "rows": kept(opened, lambda: rows_of(_opened(seen, cut))),
        "top": whole,
        "levels": cut.rows,
        "deep": cut.deep,
        "kind": seen.figures.measure.kind,
        "potential": potential_size(seen, one),
        "money": seen.figures.measure.is_money and seen.figures.measure.kind != "ratio",
    }
    return {
        "plan": seen.plan,
        "sight": seen.sight,
        "cut": cut,
        "data": data,
        "labels": labels(),
        "top": {"total": whole["v"][0], "last_year": top.last_year},
        "growth": tenths(whole["g"]),
        "orders": orders(one.hierarchies),
        "checks": sum(check.count for check in one.checks),
        "findings": one.findings if seen.sight.is_whole else (),  # they name anybody
        "kinds": KINDS[1:],
        "levels": list(seen.pivot.levels),
        "parts": parts_ready(request.user, seen, request.GET.get("parts", "")),
        "measure": shown_words(seen.figures),
        "figures": seen.figures,
        **shows_offered(request.user, seen),
        **counted(request, seen.figures.measure),
        "export": narrowed(request.user, seen, EXPORT),
        "edited": seen.is_edited,
        "position": seen.position,
        "badge": badge(seen.plan, seen.figures.living, seen.position),
        "may_write": narrowed(request.user, seen, WRITE) is not None,
    }


@policy(EXPORT)
@require_GET
def plan_export(request: Request, plan_id: UUID) -> HttpResponseBase:
    """What the page shows, as a workbook."""
    seen, cut = _cut(request, plan_id, EXPORT)
    unit = unit_of(seen.figures.measure, UNITS[chosen_unit(request)])
    return screen_file(seen, cut, request.GET, unit)


@policy(EXPORT)
@require_GET
def plan_leaves(request: Request, plan_id: UUID, kind: str) -> HttpResponseBase:
    """All that the user sees of the plan, as a workbook or a table."""
    seen = plan_seen(request.user, plan_id, EXPORT)
    if kind not in KINDS or seen.is_edited:  # they tell what was decomposed
        raise Http404
    return leaves_file(seen, kind)


@policy("plans.read")
@require_GET
def plan_rows(request: Request, plan_id: UUID) -> HttpResponse:
    """Rows below a path, ``deep`` levels of them, as JSON."""
    seen, cut = _cut(request, plan_id)
    try:
        body = kept(("rows", *seen.key, cut), lambda: _rows(seen, cut))
    except UsageRefused as refusal:
        return JsonResponse({"code": refusal.findings[0].code}, status=422)
    return HttpResponse(body, content_type="application/json")


@policy("plans.read")
@require_GET
def plan_explain(request: Request, plan_id: UUID) -> HttpResponse:
    """The explanation of one number, for the panel beside the page."""
    seen, cut = _cut(request, plan_id)
    one = decomposition_of(seen.plan)
    label = request.GET.get("period", seen.pivot.columns[0].label)
    try:
        if not seen.figures.is_own:
            return _made_of(request, seen, cut, label)
        found = explain(one, seen.pivot, (cut.rows, cut.path, seen.sight.mask), label)
    except LookupError as cause:
        raise Http404 from cause
    context = explained(seen, cut, found, one)
    context["lines"] = node_lines(seen, cut.rows, cut.path)
    context["period"] = period_words(label)
    context["plan_edited"] = seen.is_edited
    context["potential"] = potential_told(seen, cut)
    template = "plans/_explain.html" if request.htmx else "plans/explain.html"
    return render(request, template, context)


def _made_of(request: Request, seen: Seen, cut: Cut, label: str) -> HttpResponse:
    """What a figure of another measure or layer is made of: it came of edits, not of history."""
    context = made_of(request.user, seen, cut, label) | counted(request, seen.figures.measure)
    template = "plans/_made_of.html" if request.htmx else "plans/made_of.html"
    return render(request, template, context)


def _cut(request: Request, plan_id: UUID, permission: str = READ) -> tuple[Seen, Cut]:
    """The plan as far as the permission reaches and the cut that the address asks for."""
    seen = plan_seen(request.user, plan_id, permission, shows=shows_asked(request.GET))
    return seen, cut_here(request, seen)


def cut_here(request: Request, seen: Seen) -> Cut:
    """The cut that the address asks for. Raises Http404 for what cannot be read."""
    try:
        return cut_asked(request.GET, seen.pivot)
    except UsageRefused as cause:
        raise Http404 from cause


def _rows(seen: Seen, cut: Cut) -> bytes:
    nodes = seen.pivot.walk(cut.rows, cut.path, seen.sight.mask, cut.deep)
    return json.dumps({"rows": rows_of(nodes)}, ensure_ascii=False).encode()


def _opened(seen: Seen, cut: Cut) -> list[Node]:
    """The rows that the page opens with: as deep as asked, else as fits."""
    walk = seen.pivot.walk
    if cut.asks_depth:
        return walk(cut.rows, (), seen.sight.mask, cut.deep)
    found = walk(cut.rows, (), seen.sight.mask, 1)
    for deep in range(2, len(cut.rows) + 1):
        more = walk(cut.rows, (), seen.sight.mask, deep)
        if len(more) > OPEN_AT_FIRST:
            break
        found = more
    return found
