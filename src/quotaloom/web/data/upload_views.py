"""Pages of one uploaded file: how it is read, what is wrong in it, what it would do, its taking."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.report.facts_annotated import facts_annotated
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.mendable import cell_of
from quotaloom.web.audit.services import actor_of
from quotaloom.web.data.faulty import LONGEST, faulty_cells
from quotaloom.web.data.form import ReadingForm
from quotaloom.web.data.guess import first_sight, matches
from quotaloom.web.data.jobs import LOOK, TAKE, upload_job
from quotaloom.web.data.kept import mends_of, request_of, upload_path
from quotaloom.web.data.models import State
from quotaloom.web.data.selectors import mended, uploads_of
from quotaloom.web.data.services import upload_keep, upload_look, upload_settle
from quotaloom.web.data.words import column_word, stored_word
from quotaloom.web.jobs.selectors import findings_of
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.data.guess import Seen
    from quotaloom.web.data.models import Upload

IMPORT: Final = "data.import"
SMALL: Final = 2 * 2**20  # bytes that are looked at without a job
MOST_SHOWN: Final = 100


@policy(IMPORT)
@require_POST
def bring(request: Request) -> HttpResponse:
    """Keep the file, and look at it."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > settings.MOST_UPLOAD_BYTES:
        wrong = _("Choose a file.") if file is None else _("The file is too large for this server.")
        messages.error(request, wrong)
        return redirect("data")
    dataset = request.POST.get("dataset", "")
    known = dataset if dataset in KINDS else ""
    row = upload_keep(file=file, dataset=known, owner=request.user, actor=actor_of(request))
    return looked_at(request, row)


@policy(IMPORT)
@require_GET
def upload(request: Request, upload_id: UUID) -> HttpResponse:
    """The file's page; once it is taken, what came of it."""
    row = own_upload(request, upload_id)
    return _page(request, row, None)


@policy(IMPORT)
@require_POST
def look(request: Request, upload_id: UUID) -> HttpResponse:
    """Read the file anew, by what the page says."""
    row = own_upload(request, upload_id)
    if row.position is not None or row.is_busy:
        return redirect("data_upload", upload_id=row.pk)
    form = ReadingForm(request.POST, sheets=_seen(row).sheets)
    if not form.is_valid():
        return _page(request, row, form)
    told = form.cleaned_data
    dataset = told.pop("dataset")
    headers, columns = request.POST.getlist("header"), request.POST.getlist("column")
    said = request.POST.getlist("taken")
    told["map"] = {
        header: column
        for header, column, before in zip(headers, columns, said, strict=False)
        if column != before and dataset == row.dataset
    } | (row.reading.get("map", {}) if dataset == row.dataset else {})
    upload_settle(row=row, dataset=dataset, reading=told)
    return looked_at(request, row)


@policy(IMPORT)
@require_POST
def take(request: Request, upload_id: UUID) -> HttpResponse:
    """Commit the file as a batch, by a job that can be stopped until it writes."""
    row = own_upload(request, upload_id)
    if row.state != State.READY:
        return redirect("data_upload", upload_id=row.pk)
    job = upload_job(row=row, kind=TAKE, owner=request.user, actor=actor_of(request))
    return redirect("job", job_id=job.pk)


@policy(IMPORT)
@require_GET
def marked_file(request: Request, upload_id: UUID) -> HttpResponseBase:
    """The file as a workbook, everything that is wrong marked in its cell."""
    row = own_upload(request, upload_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "marked.xlsx")
        found, raw = findings_of(row.findings), request_of(row).raw()
        facts_annotated(upload_path(row), raw, found, path, language())
        return sent(path, _("%(file)s marked.xlsx") % {"file": row.name})


def own_upload(request: Request, upload_id: UUID) -> Upload:
    """Somebody's own file; that of anybody else is not there."""
    return get_object_or_404(uploads_of(request.user), pk=upload_id)


def looked_at(request: Request, row: Upload) -> HttpResponse:
    """Look at the file, at once or by a job; answers the page that shows it."""
    if upload_path(row).stat().st_size > SMALL:
        job = upload_job(row=row, kind=LOOK, owner=request.user, actor=actor_of(request))
        return redirect("job", job_id=job.pk)
    upload_look(row=row)
    return redirect("data_upload", upload_id=row.pk)


def _seen(row: Upload) -> Seen:
    return first_sight(upload_path(row), request_of(row).raw())


def _page(request: Request, row: Upload, form: ReadingForm | None) -> HttpResponse:
    seen = _seen(row)
    asked = form or ReadingForm(initial={"dataset": row.dataset, **row.reading}, sheets=seen.sheets)
    found = findings_of(row.findings)
    errors = [one for one in found if one.severity == "error"]
    cells = faulty_cells(row)
    offered = {one.cell for one in cells}
    others = [one for one in errors if cell_of(one) not in offered]
    kind = KINDS[row.dataset]
    context: dict[str, Any] = {
        "row": row,
        "form": asked,
        "matches": matches(kind, seen.headers, row.reading.get("map", {})),
        "columns": [(one.name, column_word(one)) for one in kind.columns],
        "cells": cells,
        "longest": LONGEST,
        "mended": mended(mends_of(row)),
        "may_restore": row.position is None and not row.is_busy,
        "errors": others[:MOST_SHOWN],
        "error_count": len(errors),
        "notes": [one for one in found if one.severity != "error"][:MOST_SHOWN],
        "heads": [stored_word(row.dataset, one) for one in row.effect.get("names", ())],
    }
    return render(request, "data/upload.html", context, status=422 if form else 200)
