"""The page on which a scenario becomes the plan: what changes, where it clashes, who wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.plan.merge import Choice
from quotaloom.report.comparison import Compared, below, whole
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.author import names_of
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.refusal import what
from quotaloom.web.desk.words import said
from quotaloom.web.plans.sight import WRITE
from quotaloom.web.plans.store import figures_then
from quotaloom.web.ui.policy import policy
from quotaloom.web.versions.promote import promotion_look, promotion_undo, scenario_promote
from quotaloom.web.versions.selectors import root_of, scenario_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from quotaloom.cycle.plan.merge import Side
    from quotaloom.planfile.record import Record
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.versions.promote import Look

TAKE: Final = re.compile(r"take-([0-9]{1,9})")


@policy(WRITE)
@require_GET
def promote(request: Request, plan_id: UUID, scenario_id: UUID) -> HttpResponse:
    """What bringing the scenario back would change."""
    return _page(request, plan_id, scenario_id, request.GET)


@policy(WRITE)
@require_POST
def promote_post(request: Request, plan_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Bring it back; where a clash is undecided, ask again."""
    root = root_of(request.user, plan_id)
    scenario = scenario_of(request.user, root, scenario_id).plan
    hand = hand_of(request.user, root.pk)
    choice = choice_asked(request.POST)
    try:
        look, numbers = scenario_promote(
            hand=hand, scenario=scenario, choice=choice, actor=actor_of(request)
        )
    except QuotaLoomError:
        return _page(request, plan_id, scenario_id, request.POST)
    if look.rehearsal.undecided:
        return _page(request, plan_id, scenario_id, request.POST)
    messages.success(request, _done(len(numbers)))
    return redirect(f"{_versions(root)}?promoted=1" if numbers else _versions(root))


@policy(WRITE)
@require_POST
def promote_undo(request: Request, plan_id: UUID) -> HttpResponse:
    """Take back, as one, what the user brought back last."""
    root = root_of(request.user, plan_id)
    try:
        promotion_undo(hand=hand_of(request.user, root.pk), actor=actor_of(request))
    except QuotaLoomError as refusal:
        for one in refusal.findings:
            messages.error(request, said(one))
    return redirect("versions", root.pk)


def choice_asked(asked: QueryDict) -> Choice:
    """Which side a form chose, for single edits and for the others."""
    chosen: dict[int, Side] = {}
    for name, value in asked.items():
        match = TAKE.fullmatch(name)
        side = _side(value)
        if match and side:
            chosen[int(match[1])] = side
    return Choice(_side(asked.get("take", "")), chosen)


def _side(text: object) -> Side | None:
    if text == "mine":
        return "mine"
    return "theirs" if text == "theirs" else None


def _page(request: Request, plan_id: UUID, scenario_id: UUID, asked: QueryDict) -> HttpResponse:
    root = root_of(request.user, plan_id)
    scenario = scenario_of(request.user, root, scenario_id)
    hand = hand_of(request.user, root.pk)
    choice = choice_asked(asked)
    context: dict[str, Any] = {"plan": root, "scenario": scenario, "undecided": False}
    try:
        look = promotion_look(hand=hand, scenario=scenario.plan, choice=choice)
    except QuotaLoomError as refusal:
        context["refused"] = refusal.findings
    else:
        context |= _shown(hand, root, look, choice)
        context["undecided"] = request.method == "POST" and bool(look.rehearsal.undecided)
    return render(request, "versions/promote.html", context)


def _shown(hand: Hand, root: Plan, look: Look, choice: Choice) -> dict[str, Any]:
    """The figures before and after, each edit in words, each clash with its choice."""
    found = look.rehearsal
    pivots = [figures_then(root, living).pivot for living in (look.before, found.plan)]
    mask = hand.seen.sight.mask
    sides = [Compared(one, one.everything, 0) for one in pivots]
    if not hand.seen.sight.is_whole:
        sides = [Compared(one, mask, 0) for one in pivots if len(one.basis) == len(mask)]
    rows = pivots[0].rows_asked("")
    lines = below(sides, rows, (), by_change=True) if len(sides) == 2 else []
    records = [*found.written, *(one.record for one in found.clashes)]
    others = [record for one in found.clashes for record in one.others]
    names = names_of(one.author for one in (*records, *others))
    return {
        "edits": [_edit(hand, look, one, names) for one in found.written],
        "clashes": [
            {
                **_edit(hand, look, one.record, names),
                "side": choice.of(one.record.seq) or "",
                "others": [_edit(hand, look, other, names) for other in one.others],
            }
            for one in found.clashes
        ],
        "top": whole(sides, rows) if sides else None,
        "lines": [one for one in lines if any(one.changes)],
    }


def _edit(hand: Hand, look: Look, record: Record, names: dict[str, str]) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "who": names.get(record.author, record.author),
        "at": record.time,
        "what": what(hand, look.before, record),
    }


def _done(count: int) -> str:
    return ngettext(
        "%(count)d edit of the scenario is in the plan now.",
        "%(count)d edits of the scenario are in the plan now.",
        count,
    ) % {"count": count}


def _versions(root: Plan) -> str:
    return redirect("versions", root.pk).url
