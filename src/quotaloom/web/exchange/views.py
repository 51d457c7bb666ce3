"""Pages of the exchange: the board, what goes out, what comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.refusal import MetUnseen
from quotaloom.web.exchange.board import FATE, board, counted, may_see, returns_seen
from quotaloom.web.exchange.drop import MOST_FILES, dropped
from quotaloom.web.exchange.jobs import COLLECT, HAND_OUT
from quotaloom.web.exchange.models import Return, State
from quotaloom.web.exchange.send import (
    handout_file,
    handouts_zip,
    living_hand,
    measures_sent,
    screen_handout,
)
from quotaloom.web.exchange.shown import choice_asked, page_of, told
from quotaloom.web.exchange.take import (
    OVER,
    handout_seen,
    return_keep,
    return_take,
    return_undo,
    returns_settle,
)
from quotaloom.web.jobs.selectors import findings_of
from quotaloom.web.jobs.services import job_start
from quotaloom.web.plans.counted import layers_offered
from quotaloom.web.plans.cut import shows_asked
from quotaloom.web.plans.store import OWN
from quotaloom.web.plans.views import cut_here
from quotaloom.web.ui.attachment import marked
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.report.handout.review import Choice
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.hand import Hand

WRITE = "plans.write"
EXPORT = "plans.export"


@policy(WRITE)
@require_GET
def exchange(request: Request, plan_id: UUID) -> HttpResponse:
    """What is out, what came back, and where to drop more."""
    hand = hand_of(request.user, plan_id)
    returns_settle(hand=hand)
    rows = board(hand)
    returns = returns_seen(hand)
    context = {
        "plan": hand.seen.plan,
        "position": hand.seen.position,
        "rows": rows,
        "counts": counted(rows) if rows else (),
        "returns": [(one, FATE[one.state]) for one in returns],
        "levels": list(hand.seen.pivot.levels),
        "measures": measures_sent(hand),
        "layers": layers_offered(hand.seen.figures),
        "most": MOST_FILES,
        "may_send": request.user.has_perm(EXPORT),
    }
    return render(request, "exchange/board.html", context)


@policy(WRITE)
@require_POST
def exchange_screen(request: Request, plan_id: UUID) -> HttpResponseBase:
    """What the workbench shows, as a workbook that can come back; it is noted, so that it can."""
    hand = _hand_out(request, plan_id, shows_asked(request.GET))
    if not hand.seen.figures.takes_workbooks:
        raise Http404
    row = screen_handout(
        hand=hand,
        cut=cut_here(request, hand.seen),
        query=request.GET,
        unit=UNITS[chosen_unit(request)],
        actor=actor_of(request),
    )
    return handout_file(row)


@policy(WRITE)
@require_POST
def exchange_send(request: Request, plan_id: UUID) -> HttpResponse:
    """Begin to write a workbook for each member of a level."""
    hand = _hand_out(request, plan_id)
    told = {name: request.POST.get(name, "") for name in ("level", "due", "layer")}
    measures = request.POST.getlist("measure") or [hand.seen.plan.measure]
    may_be = {
        "level": hand.seen.pivot.levels,
        "layer": [code for code, _words in layers_offered(hand.seen.figures)],
    }
    offered = [code for code, _words in measures_sent(hand)]
    is_known = all(told[name] in there for name, there in may_be.items())
    if not (is_known and set(measures) <= set(offered) and _is_day(told["due"])):
        raise Http404
    how = {"unit": chosen_unit(request), "lang": language(), "measures": measures}
    return _job(request, HAND_OUT, plan_id, told | how)


@policy(WRITE)
@require_GET
def exchange_zip(request: Request, plan_id: UUID) -> HttpResponseBase:
    """The newest workbook of every branch on the board, in one file."""
    hand = _hand_out(request, plan_id)
    rows = [one.handout for one in board(hand)]
    if not rows:
        return redirect("exchange", plan_id=plan_id)
    return handouts_zip(rows, hand.seen.plan.name)


@policy(WRITE)
@require_GET
def exchange_workbook(request: Request, plan_id: UUID, handout_id: UUID) -> HttpResponseBase:
    """One workbook as it was handed out."""
    row = handout_seen(_hand_out(request, plan_id), str(handout_id))
    if row is None:
        raise Http404
    return handout_file(row)


@policy(WRITE)
@require_POST
def exchange_returns(request: Request, plan_id: UUID) -> HttpResponse:
    """Take files in: one is shown at once, several are read by a job."""
    hand = living_hand(hand_of(request.user, plan_id), actor_of(request))
    files, wrong = dropped(request)
    if wrong or not files:
        messages.error(request, wrong or _("Choose at least one file."))
        return redirect("exchange", plan_id=plan_id)
    rows = [return_keep(hand=hand, file=file, actor=actor_of(request)) for file in files]
    if len(rows) == 1:
        return redirect("exchange_return", plan_id=plan_id, return_id=rows[0].pk)
    take = request.POST.get("take") == "1"
    return _job(request, COLLECT, plan_id, {"returns": [str(row.pk) for row in rows], "take": take})


@policy(WRITE)
@require_GET
def exchange_return(request: Request, plan_id: UUID, return_id: UUID) -> HttpResponse:
    """What a file would change, what is refused in it, and what must be chosen."""
    hand, row = _return(request, plan_id, return_id)
    return _page(request, hand, row, choice_asked(request.GET))


@policy(WRITE)
@require_GET
def exchange_findings(request: Request, plan_id: UUID, return_id: UUID) -> HttpResponseBase:
    """Everything that was found in a file, as a list to send back to whoever filled it in."""
    _hand, row = _return(request, plan_id, return_id)
    return marked(None, findings_of(row.findings), row.name)


@policy(WRITE)
@require_POST
def exchange_take(request: Request, plan_id: UUID, return_id: UUID) -> HttpResponse:
    """Write what the file says, all of it or nothing."""
    hand, row = _return(request, plan_id, return_id)
    choice = choice_asked(request.POST)
    if row.state in OVER:
        return redirect("exchange_return", plan_id=plan_id, return_id=return_id)
    try:
        actor = actor_of(request)
        return_take(hand=hand, row=row, seen=_seen(request), choice=choice, actor=actor)
    except MetUnseen:
        messages.error(request, _("Somebody changed the same figures just now; look again."))
    except QuotaLoomError:
        return _page(request, hand, row, choice)
    if row.state == State.TAKEN:
        told = ngettext("%(count)s change is taken.", "%(count)s changes are taken.", row.cells)
        messages.success(request, told % {"count": f"{row.cells:,}"})
    return redirect("exchange_return", plan_id=plan_id, return_id=return_id)


@policy(WRITE)
@require_POST
def exchange_undo(request: Request, plan_id: UUID, return_id: UUID) -> HttpResponse:
    """Take back what was taken of a file."""
    hand, row = _return(request, plan_id, return_id)
    if row.state != State.TAKEN:
        raise Http404
    try:
        return_undo(hand=hand, row=row, actor=actor_of(request))
    except QuotaLoomError as refusal:
        context = _base(hand, row) | told(refusal.findings)
        return render(request, "exchange/return.html", context)
    messages.success(request, _("Taken back: the figures are as they were before."))
    return redirect("exchange_return", plan_id=plan_id, return_id=return_id)


def _hand_out(request: Request, plan_id: UUID, shows: Key = OWN) -> Hand:
    """The hand of somebody who may take figures out of the house as well."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    return hand_of(request.user, plan_id, shows)


def _return(request: Request, plan_id: UUID, return_id: UUID) -> tuple[Hand, Return]:
    """A file that came back, and the hand on its plan. Raises Http404 for what is not hers."""
    hand = hand_of(request.user, plan_id)
    row = get_object_or_404(Return.objects.select_related("handout"), plan=plan_id, pk=return_id)
    if not may_see(hand, row):
        raise Http404
    returns_settle(hand=hand)
    row.refresh_from_db(fields=["state"])
    return hand, row


def _page(request: Request, hand: Hand, row: Return, choice: Choice) -> HttpResponse:
    context = _base(hand, row)
    if row.state in OVER:
        context |= told(findings_of(row.findings))
    else:
        context |= page_of(hand, row, choice, actor_of(request), UNITS[chosen_unit(request)])
        context["fate"] = FATE[row.state]
    context["choice"] = choice
    return render(request, "exchange/return.html", context)


def _base(hand: Hand, row: Return) -> dict[str, Any]:
    over = row.state in OVER
    return {"plan": hand.seen.plan, "row": row, "fate": FATE[row.state], "over": over}


def _job(request: Request, kind: str, plan_id: UUID, params: dict[str, Any]) -> HttpResponse:
    told = {"plan": str(plan_id), "back": reverse("exchange", args=[plan_id]), **params}
    job = job_start(owner=request.user, kind=kind, params=told, actor=actor_of(request))
    return redirect("job", job_id=job.pk)


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _seen(request: Request) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
