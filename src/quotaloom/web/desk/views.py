"""The workbench: the plan page in which figures can be typed, and what it asks of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.web.audit.services import actor_of
from quotaloom.web.colleagues.comment import threads_asked
from quotaloom.web.desk.ask import Wanted
from quotaloom.web.desk.author import names_of
from quotaloom.web.desk.consequence import consequence
from quotaloom.web.desk.hand import hand_of, renewed
from quotaloom.web.desk.member import first_open_day
from quotaloom.web.desk.node import node_asked
from quotaloom.web.desk.past import past_of
from quotaloom.web.desk.paste import UnitAsked
from quotaloom.web.desk.picker import axes_of, picker
from quotaloom.web.desk.refusal import MetUnseen
from quotaloom.web.desk.services import Asked, plan_edit, plan_preview, plan_redo, plan_undo
from quotaloom.web.desk.shown import Known, opened_asked, shown
from quotaloom.web.desk.unit import unit_question
from quotaloom.web.desk.words import keys, labels, met_words, refusal_words
from quotaloom.web.plans.counted import counted
from quotaloom.web.plans.cut import cut_asked, shows_asked
from quotaloom.web.plans.views import cut_here, plan_page
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.services import Done


@policy("plans.write")
@require_GET
def desk(request: Request, plan_id: UUID) -> HttpResponse:
    """The plan page with its figures to be typed into."""
    hand = _hand(request, plan_id)
    context = plan_page(request, hand.seen, cut_here(request, hand.seen))
    parents = {tuple(row["p"][:-1]) for row in context["data"]["rows"]}
    told = shown(hand, context["cut"].rows, frozenset(parents | {()}))
    told["unit"] = hand.seen.figures.measure.unit
    told["rows"] = [{"p": row["p"], "w": row["w"]} for row in told["rows"]]  # the grid has the rest
    context |= {
        "desk": told,
        "desk_words": labels(),
        "page_keys": keys(),
        "rebuilds": hand.allowed is None and hand.seen.sight.is_whole,
        "first_day": first_open_day(hand.seen),
        "axes": axes_of(hand),
        **picker(hand),
    }
    return render(request, "desk/desk.html", context)


@policy("plans.write")
@require_http_methods(["GET", "POST"])
def desk_rows(request: Request, plan_id: UUID) -> HttpResponse:
    """The rows of the branches that a page has; nothing but the position if it is known.

    A page may have more branches than an address can hold: it asks by POST.
    """

    def rows(hand: Hand) -> dict[str, Any]:
        position = hand.seen.position
        if (request.POST or request.GET).get("since") == str(position):
            return {"position": position}
        return _rows(request, hand)

    return _told(request, plan_id, rows)


@policy("plans.write")
@require_POST
def desk_preview(request: Request, plan_id: UUID) -> HttpResponse:
    """What a typed figure would do."""

    def preview(hand: Hand) -> dict[str, Any]:
        wanted = Wanted(request, hand)
        asked = Asked(wanted, _seen(request))
        done = plan_preview(hand=hand, asked=asked, actor=actor_of(request))
        return consequence(request, hand, done, wanted)

    return _told(request, plan_id, preview)


@policy("plans.write")
@require_POST
def desk_edit(request: Request, plan_id: UUID) -> HttpResponse:
    """Write what was asked for, and answer the rows as they are then."""

    def edit(hand: Hand) -> dict[str, Any]:
        wanted = Wanted(request, hand)
        asked = Asked(wanted, _seen(request), request.POST.get("reason", "")[:500])
        done = plan_edit(hand=hand, asked=asked, actor=actor_of(request))
        told = consequence(request, hand, done, wanted) | {"edits": sorted(done.applied)}
        return told | _rows_after(request, hand, done)

    return _told(request, plan_id, edit)


@policy("plans.write")
@require_POST
def desk_undo(request: Request, plan_id: UUID) -> HttpResponse:
    """Take one's own last edit back."""
    return _written(request, plan_id, lambda hand: plan_undo(hand=hand, actor=actor_of(request)))


@policy("plans.write")
@require_POST
def desk_redo(request: Request, plan_id: UUID) -> HttpResponse:
    """Do again what was taken back."""
    return _written(request, plan_id, lambda hand: plan_redo(hand=hand, actor=actor_of(request)))


@policy("plans.write")
@require_GET
def desk_past(request: Request, plan_id: UUID) -> HttpResponse:
    """Who changed a figure, for the panel beside the page."""
    hand = _hand(request, plan_id)
    living = hand.seen.figures.living
    try:
        found = past_of(hand, node_asked(request.GET, hand, living)) if living else []
    except UsageRefused as refusal:
        raise Http404 from refusal
    names = names_of(one.author for one in found)
    context = {
        "lines": [(one, names.get(one.author, "")) for one in found],
        "title": request.GET.get("name", "")[:200],
        **counted(request, hand.seen.figures.measure),
        "threads": threads_asked(request.GET, hand.seen),
    }
    return render(request, "desk/_past.html", context)


def _written(request: Request, plan_id: UUID, act: Callable[[Hand], Done]) -> HttpResponse:
    """The answer to something that was written: what it did, and the rows after it."""

    def answer(hand: Hand) -> dict[str, Any]:
        done = act(hand)
        return consequence(request, hand, done) | _rows_after(request, hand, done)

    return _told(request, plan_id, answer)


def _rows_after(request: Request, hand: Hand, done: Done) -> dict[str, Any]:
    """The rows as something that was written left them."""
    return _rows(request, renewed(hand, done.after))


def _rows(request: Request, hand: Hand) -> dict[str, Any]:
    """The rows of the branches that the page has open, in the order of its cut."""
    asked = request.POST or request.GET
    cut = cut_asked(asked, hand.seen.pivot)
    return shown(hand, cut.rows, opened_asked(asked.get("open", "")), _known(request))


def _told(request: Request, plan_id: UUID, act: Callable[[Hand], dict[str, Any]]) -> HttpResponse:
    """What an act answers, or why not: what was met, or the findings.

    A refusal is an answer to the page's own script: another status would stand in the browser's
    console as a fault.
    """
    try:
        return JsonResponse(act(_hand(request, plan_id)))
    except MetUnseen as met:
        return JsonResponse({"met": met_words(met)})
    except UnitAsked as asked:
        return JsonResponse({"unit": unit_question(request, asked)})
    except QuotaLoomError as refusal:
        return JsonResponse({"findings": refusal_words(refusal.findings)})


def _hand(request: Request, plan_id: UUID) -> Hand:
    """What the user may do to the measure and the layer that the page shows."""
    return hand_of(request.user, plan_id, shows_asked(request.POST or request.GET))


def _known(request: Request) -> Known | None:
    """What the page shows already, where it says so."""
    seen = _seen(request)
    return None if seen is None else Known(seen, request.POST.get("shape", ""))


def _seen(request: Request) -> int | None:
    """The position that the page shows; none where the user means it all the same."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
