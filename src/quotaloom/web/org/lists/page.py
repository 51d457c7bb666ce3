"""The page of one list: how it is read, what it would do or did, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from quotaloom.cycle.inspect import raw_table
from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.selectors import findings_of
from quotaloom.web.org.lists.form import ReadingForm, answered
from quotaloom.web.org.lists.jobs import READ, UNDO, WRITE, list_job
from quotaloom.web.org.lists.outcome import MOST_SHOWN
from quotaloom.web.org.lists.reading import options_of
from quotaloom.web.org.lists.selectors import lists_for_user
from quotaloom.web.org.lists.store import list_path
from quotaloom.web.org.lists.views import REFUSED
from quotaloom.web.ui.attachment import marked
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.org.models import ListImport


@policy("org.edit")
@require_GET
def one_list(request: Request, list_id: UUID) -> HttpResponse:
    """How a list is read and what it would change; while the worker has it, how far it is."""
    one = get_object_or_404(lists_for_user(request.user), pk=list_id)
    if one.job and not one.job.is_over and one.job.owner == request.user:
        return redirect("job", job_id=one.job.pk)
    form = ReadingForm(initial=answered(one.params), seen=one.reading)
    return _page(request, one, form)


@policy("org.edit")
@require_POST
def list_settings(request: Request, list_id: UUID) -> HttpResponse:
    """Say how the list is to be read, and read it again."""
    one = get_object_or_404(lists_for_user(request.user), pk=list_id, written_at=None)
    form = ReadingForm(request.POST, seen=one.reading)
    if not form.is_valid():
        return _page(request, one, form)
    one.params = form.asked()
    one.save(update_fields=["params"])
    return _begun(request, one, READ)


@policy("org.edit")
@require_POST
def list_apply(request: Request, list_id: UUID) -> HttpResponse:
    """Write the list that was seen."""
    one = get_object_or_404(lists_for_user(request.user), pk=list_id, written_at=None)
    return _begun(request, one, WRITE, request.POST.get("seen", "")[:64])


@policy("org.edit")
@require_POST
def list_retract(request: Request, list_id: UUID) -> HttpResponse:
    """Take back all that the list wrote."""
    waits = {"written_at__isnull": False, "undone_at": None}
    one = get_object_or_404(lists_for_user(request.user), pk=list_id, **waits)
    return _begun(request, one, UNDO)


@policy("org.edit")
@require_GET
def list_marked(request: Request, list_id: UUID) -> HttpResponseBase:
    """The file as a workbook with every error and question marked in its cell."""
    one = get_object_or_404(lists_for_user(request.user), pk=list_id)
    table = raw_table(list_path(one), options_of(one))
    return marked(table, findings_of(one.reading.get("findings", ())), one.name)


def _begun(request: Request, one: ListImport, kind: str, seen: str = "") -> HttpResponse:
    actor = actor_of(request)
    job = list_job(one=one, kind=kind, owner=request.user, actor=actor, seen=seen)
    return redirect("job", job_id=job.pk)


def _page(request: Request, one: ListImport, form: ReadingForm) -> HttpResponse:
    found = findings_of(one.reading.get("findings", ()))
    made = one.reading.get("made") or {}
    shown = {
        "one": one,
        "form": form,
        "busy": one.job and not one.job.is_over,
        "stopped": findings_of(one.job.findings) if one.job else [],
        "reading": one.reading,
        "made": made,
        "findings": found[:MOST_SHOWN],
        "more_findings": max(0, len(found) - MOST_SHOWN),
        "more_effects": made.get("changes", 0) - len(made.get("effects", ())),
    }
    return render(request, "org/list.html", shown, status=REFUSED if form.errors else 200)
