"""A new plan from a file: upload, look, ask, go."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from quotaloom.cycle.inspect import Inspection, inspect_request, raw_table
from quotaloom.cycle.reading import raw_options
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.report.annotated import write_annotated
from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.selectors import jobs_for_user
from quotaloom.web.jobs.services import job_start
from quotaloom.web.org.access import measures_of
from quotaloom.web.plans.download import sent
from quotaloom.web.plans.forms import PlanForm, lines
from quotaloom.web.plans.jobs import PLAN_CREATE
from quotaloom.web.plans.models import Upload
from quotaloom.web.plans.services import upload_keep
from quotaloom.web.plans.store import upload_path
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.request import Request

SHOWN = {"intake.column_chosen", "decompose.dimensions_found"}


@policy("plans.create")
@require_http_methods(["GET", "POST"])
def plan_new(request: Request) -> HttpResponse:
    """The drop zone; a file that came goes on to the form."""
    file = request.FILES.get("file")
    if request.method == "GET" or file is None:
        if request.method == "POST":
            messages.error(request, _("Please choose a file first."))
        return render(request, "plans/new.html", {"most": settings.MOST_UPLOAD_BYTES // 2**20})
    if (file.size or 0) > settings.MOST_UPLOAD_BYTES:
        most = settings.MOST_UPLOAD_BYTES // 2**20
        messages.error(request, _("The file is larger than %(most)d MB.") % {"most": most})
        return render(request, "plans/new.html", {"most": most}, status=413)
    kept = upload_keep(owner=request.user, file=file, actor=actor_of(request))
    return redirect("plan_form", upload_id=kept.pk)


@policy("plans.create")
@require_http_methods(["GET", "POST"])
def plan_form(request: Request, upload_id: UUID) -> HttpResponse:
    """The form, filled with what was recognised; sent, it becomes a job."""
    upload = get_object_or_404(Upload, pk=upload_id, owner=request.user)
    reach = measures_of(request.user, "plans.create")
    if request.method == "GET":
        before = _before(request, upload)
        look = _looked(upload, before)
        form = PlanForm(initial=_initial(upload, look) | before, look=look, reach=reach)
        return _page(request, upload, form, look)
    look = _looked(upload, request.POST)
    form = PlanForm(request.POST, request.FILES, look=look, reach=reach)
    if not form.is_valid():
        return _page(request, upload, form, look)
    asked = form.asked() | {"facts": [str(upload.pk)]}
    if roster := form.cleaned_data["roster"]:
        kept = upload_keep(owner=request.user, file=roster, actor=actor_of(request))
        asked["roster"] = str(kept.pk)
    typed = {name: request.POST.get(name, "") for name in form.fields if name != "roster"}
    job = job_start(
        owner=request.user,
        kind=PLAN_CREATE,
        params={
            "name": form.cleaned_data["name"],
            "asked": asked,
            "typed": typed,
            "upload": str(upload.pk),
            "back": reverse("plan_form", args=[upload.pk]),
        },
        actor=actor_of(request),
    )
    return redirect("job", job_id=job.pk)


@policy("plans.create")
@require_GET
def plan_look(request: Request, upload_id: UUID) -> HttpResponse:
    """What the file is taken for under other answers: the part beside the form."""
    upload = get_object_or_404(Upload, pk=upload_id, owner=request.user)
    look = _looked(upload, request.GET)
    form = PlanForm(initial=_initial(upload, look) | request.GET.dict(), look=look)
    context = {"upload": upload, "look": look, "form": form, "told": _told(look)}
    return render(request, "plans/_look.html", context)


@policy("plans.create")
@require_GET
def plan_marked(request: Request, upload_id: UUID) -> HttpResponseBase:
    """The file as a workbook with everything that is wrong marked in its cell."""
    upload = get_object_or_404(Upload, pk=upload_id, owner=request.user)
    asked = _asked(upload, request.GET)
    findings = inspect_request(asked).findings
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "marked.xlsx")
        write_annotated(raw_table(upload_path(upload), raw_options(asked)), findings, path, language())
        return sent(path, _("%(file)s marked.xlsx") % {"file": upload.name})


def _page(request: Request, upload: Upload, form: PlanForm, look: Inspection) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"upload": upload, "form": form, "look": look, "told": _told(look)}
    return render(request, "plans/form.html", context, status=status)


def _told(look: Inspection) -> list[Finding]:
    """The findings that the page does not tell in its own way."""
    return [one for one in look.findings if one.code not in SHOWN]


def _looked(upload: Upload, typed: Mapping[str, Any]) -> Inspection:
    """The inspection of the file under the answers given so far."""
    return inspect_request(_asked(upload, typed))


def _asked(upload: Upload, typed: Mapping[str, Any]) -> DecomposeRequest:
    """What of a request is known before the form is sent."""
    request = DecomposeRequest((upload_path(upload),), "", 2027)
    header_row = str(typed.get("header_row") or "")
    by = tuple(lines(str(typed.get("by") or "")))
    return replace(
        request,
        sheet=typed.get("sheet") or None,
        header_row=int(header_row) if header_row.isdecimal() and int(header_row) else None,
        date=typed.get("date") or None,
        amount=typed.get("amount") or None,
        hidden_rows=typed.get("hidden_rows") or "refuse",
        fill_down=bool(typed.get("fill_down")),
        decimal_mark="," if typed.get("decimal_mark") == "," else ".",
        subtotals=typed.get("subtotals") or None,
        by=by,
    )


def _initial(upload: Upload, look: Inspection) -> dict[str, Any]:
    """Defaults that need no thought: the year after the facts, the hierarchies that were seen."""
    year = look.last.year + 1 if look.last else None
    stem = upload.name.rsplit(".", 1)[0]
    name = _("%(year)s target · %(file)s") % {"year": year, "file": stem} if year else stem
    return {"year": year, "name": name, "by": "\n".join(look.by), "unit": "1"}


def _before(request: Request, upload: Upload) -> dict[str, Any]:
    """What was typed into the job that came back, so that nothing is lost."""
    last = jobs_for_user(request.user).filter(kind=PLAN_CREATE, params__upload=str(upload.pk))
    job = last.first()
    typed = job.params.get("typed", {}) if job else {}
    return {name: value for name, value in typed.items() if name != "csrfmiddlewaretoken"}
