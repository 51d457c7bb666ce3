"""Releasing a plan: what stands before it, the edition, and periods that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import Severity
from quotaloom.warehouse.edition import CELLS, folder_of
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import releases
from quotaloom.web.desk.words import said
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.sight import READ, RELEASE
from quotaloom.web.plans.store import plan_first
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.policy import policy
from quotaloom.web.versions.close import period_close, period_reopen
from quotaloom.web.versions.forms import ReleaseForm
from quotaloom.web.versions.models import Edition
from quotaloom.web.versions.release import Wish, edition_release, release_look
from quotaloom.web.versions.shelf import plan_of, shelf_of
from quotaloom.web.versions.version import edition_ref, version_seen

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.selectors import Seen


@policy(RELEASE)
@require_GET
def release(request: Request, plan_id: UUID) -> HttpResponse:
    """The checks, and the form of the edition."""
    seen = _whole(request, plan_id)
    return _page(request, seen, ReleaseForm())


@policy(RELEASE)
@require_POST
def release_post(request: Request, plan_id: UUID) -> HttpResponse:
    """Release the plan that was looked at."""
    seen = _whole(request, plan_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, form)
    wish = Wish(**form.cleaned_data)
    try:
        made = edition_release(user=request.user, seen=seen, wish=wish, actor=actor_of(request))
    except QuotaLoomError as refusal:
        for one in refusal.findings:
            messages.error(request, said(one))
        return _page(request, seen, form)
    return redirect("edition", plan_id, made.number)


@policy(READ)
@require_GET
def edition(request: Request, plan_id: UUID, number: int) -> HttpResponse:
    """What an edition is, and what happens to the plan after it."""
    now = plan_seen(request.user, plan_id)
    rows = Edition.objects.select_related("released_by")
    row = get_object_or_404(rows, plan=plan_id, number=number)
    context = {"plan": now.plan, "edition": row, "sight": now.sight}
    try:
        plan_of(row)
    except QuotaLoomError as refusal:
        return render(request, "versions/edition.html", context | {"faults": refusal.findings})
    context |= {
        "version": version_seen(request.user, edition_ref(row)),
        "export": now.sight.is_whole and request.user.has_perm(EXPORT),
        "moved": now.position > row.position + 1,
    }
    return render(request, "versions/edition.html", context)


@policy(EXPORT)
@require_GET
def edition_cells(request: Request, plan_id: UUID, number: int) -> HttpResponseBase:
    """The cells of an edition as they were released; for those who see the whole of it."""
    seen = plan_seen(request.user, plan_id, EXPORT)
    row = get_object_or_404(Edition, plan=plan_id, number=number)
    if not seen.sight.is_whole:
        raise Http404
    try:
        plan_of(row)
    except QuotaLoomError as refusal:  # the files are not what was released
        raise Http404 from refusal
    path = folder_of(shelf_of(row.plan_id), row.number) / CELLS
    return sent(path, f"{row.plan.name} {row.number:03} {row.name}.parquet")


@policy(RELEASE)
@require_POST
def close(request: Request, plan_id: UUID) -> HttpResponse:
    """Close everything up to a period, or open the last closed one again."""
    seen = _whole(request, plan_id)
    user, actor = request.user, actor_of(request)
    try:
        if request.POST.get("act") == "reopen":
            period_reopen(user=user, plan=seen.plan, actor=actor)
            messages.success(request, _("The last close is taken back."))
        else:
            period = request.POST.get("period", "")[:20]
            period_close(user=user, plan=seen.plan, period=period, actor=actor)
            messages.success(request, _("Closed up to %(period)s.") % {"period": period})
    except QuotaLoomError as refusal:
        for one in refusal.findings:
            messages.error(request, said(one))
    return redirect("versions", plan_id)


def _page(request: Request, seen: Seen, form: ReleaseForm) -> HttpResponse:
    found, position = release_look(seen=seen)
    living = plan_seen(request.user, seen.plan.pk).figures.living or plan_first(seen.plan)
    periods = [one.label for one in living.periods]
    context = {
        "plan": seen.plan,
        "form": form,
        "checks": found,
        "stops": any(one.severity is Severity.ERROR for one in found),
        "position": position,
        "periods": periods,
        "first": periods[min(living.elapsed, len(periods) - 1)],
        "editions": Edition.objects.filter(plan=seen.plan).order_by("-number"),
    }
    return render(request, "versions/release.html", context)


def _whole(request: Request, plan_id: UUID) -> Seen:
    """A plan that the user may release: its own, not a scenario. Raises Http404 for any other."""
    seen = plan_seen(request.user, plan_id, RELEASE)
    if seen.plan.root_id or not releases(request.user, seen):
        raise Http404
    return seen
