"""What the page of a plan asks about others: who is there, and what was said about a figure."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import UsageRefused
from quotaloom.web.audit.services import actor_of
from quotaloom.web.colleagues import comment
from quotaloom.web.colleagues.place import place_asked, words_of
from quotaloom.web.colleagues.presence import next_look, presence_end, presence_note
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.colleagues.place import Place
    from quotaloom.web.plans.selectors import Seen

CHANGED = "comments:changed"


@policy("plans.read")
@require_POST
def here(request: Request, plan_id: UUID) -> HttpResponse:
    """Note where the user is; tell the position, who else is there and what is spoken of.

    The marks are left out where ``marks`` says that the page has them.
    """
    seen = plan_seen(request.user, plan_id)
    if request.POST.get("gone"):
        presence_end(user=request.user, seen=seen)
        return JsonResponse({})
    others = presence_note(user=request.user, seen=seen, place=_place(request, seen))
    told = {
        "position": seen.position,
        "again": next_look(others.count),
        "people": [
            {"name": one.name, "at": _told(seen, one.place) if one.place else None}
            for one in others.named
        ],
        "more": others.count - len(others.named),
    }
    marks = [{**_told(seen, one.place), "count": one.count} for one in comment.marks(seen)]
    tag = hashlib.blake2b(json.dumps(marks).encode(), digest_size=8).hexdigest()
    if request.POST.get("marks") != tag:
        told |= {"marks": marks, "tag": tag}
    return JsonResponse(told)


@policy("plans.read")
@require_GET
def comments(request: Request, plan_id: UUID) -> HttpResponse:
    """What was said about a figure, for the panel beside the page."""
    seen = plan_seen(request.user, plan_id)
    try:
        return _panel(request, seen, place_asked(request.GET, seen))
    except UsageRefused as refusal:
        return _refused(request, seen, refusal)


@policy("plans.read")
@require_POST
def comment_say(request: Request, plan_id: UUID) -> HttpResponse:
    """Say something about a figure, or answer in a thread."""
    seen = plan_seen(request.user, plan_id)
    try:
        number = request.POST.get("thread", "")
        thread = comment.thread_seen(seen, number) if number else None
        place = comment.place_of(thread) if thread else place_asked(request.POST, seen)
        comment.comment_add(
            user=request.user,
            about=thread or (seen.plan, place),
            text=request.POST.get("text", ""),
            actor=actor_of(request),
        )
    except UsageRefused as refusal:
        return _refused(request, seen, refusal)
    return _changed(_panel(request, seen, place))


@policy("plans.read")
@require_POST
def comment_settle(request: Request, plan_id: UUID) -> HttpResponse:
    """Settle a thread, or take it up again."""
    seen = plan_seen(request.user, plan_id)
    try:
        thread = comment.thread_seen(seen, request.POST.get("thread", ""))
    except UsageRefused as refusal:
        return _refused(request, seen, refusal)
    if request.POST.get("again"):
        comment.thread_reopen(thread=thread, actor=actor_of(request))
    else:
        comment.thread_settle(user=request.user, thread=thread, actor=actor_of(request))
    return _changed(_panel(request, seen, comment.place_of(thread)))


def _place(request: Request, seen: Seen) -> Place | None:
    """The figure that the user is at, None for one that is not wholly hers to see."""
    if "path" not in request.POST:
        return None
    try:
        return place_asked(request.POST, seen)
    except UsageRefused:
        return None


def _told(seen: Seen, place: Place) -> dict[str, Any]:
    return {"m": place.members, "period": place.period, "words": words_of(seen, place)}


def _panel(request: Request, seen: Seen, place: Place) -> HttpResponse:
    rows = ">".join(header for header, _ in place.members)
    path = json.dumps([code for _, code in place.members], ensure_ascii=False)
    context = {
        "plan": seen.plan,
        "title": words_of(seen, place),
        "threads": comment.threads_at(seen, place),
        "asked": {"rows": rows, "path": path, "period": place.period},
        "longest": comment.LONGEST,
    }
    return render(request, "colleagues/_comments.html", context)


def _refused(request: Request, seen: Seen, refusal: UsageRefused) -> HttpResponse:
    """Why not; a refusal is an answer to the page's own script."""
    context = {"plan": seen.plan, "findings": refusal.findings}
    return render(request, "colleagues/_comments.html", context)


def _changed(answer: HttpResponse) -> HttpResponse:
    """The page looks at once for what is spoken of now."""
    answer["HX-Trigger"] = CHANGED
    return answer
