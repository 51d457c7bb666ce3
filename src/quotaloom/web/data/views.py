"""The page of business data: what is there, how fresh, in which batches; and blank templates."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.audit.services import actor_of
from quotaloom.web.data.selectors import batches, sources, uploads_open
from quotaloom.web.data.services import batch_undo
from quotaloom.web.data.words import column_word, dataset_word, kind_word
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import said

if TYPE_CHECKING:
    from quotaloom.warehouse.tables.column import Kind
    from quotaloom.web.accounts.request import Request

SAMPLES: Final = {
    "day": "2026-01-31",
    "money": "12000.00",
    "quantity": "10",
    "rate": "13%",
    "code": "A-001",
}


@policy("data.read")
@require_GET
def home(request: Request) -> HttpResponse:
    """Sources, batches, and where to drop a file."""
    dataset = request.GET.get("dataset", "")
    may_import = request.user.has_perm("data.import")
    context = {
        "sources": sources(),
        "batches": batches(dataset),
        "dataset": dataset,
        "dataset_word": dataset_word(dataset),
        "may_import": may_import,
        "waiting": uploads_open(request.user) if may_import else [],
        "kinds": [(name, kind_word(kind)) for name, kind in KINDS.items()],
    }
    return render(request, "data/home.html", context)


@policy("data.import")
@require_POST
def undo(request: Request, position: int) -> HttpResponse:
    """Take a batch back; say why where that cannot be."""
    try:
        batch_undo(position=position, user=request.user, actor=actor_of(request))
    except QuotaLoomError as refusal:
        messages.error(request, " ".join(map(said, refusal.findings)))
    else:
        done = _("Batch %(number)d is taken back; what was known before stays reproducible.")
        messages.success(request, done % {"number": position})
    return redirect("data")


@policy("data.read")
@require_GET
def template(request: Request, kind: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """An empty file of a kind with one row as a sample, for Excel."""
    if kind not in KINDS:
        raise Http404
    found = KINDS[kind]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(column_word, found.columns))
    writer.writerow(_sample(found))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = quote(f"{kind_word(found)}.csv")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _sample(kind: Kind) -> list[str]:
    """A row that the import takes as it is; members that nobody needs stay blank."""
    needed = {name for group in kind.groups() for name in group}
    words = {one.name: next(iter(one.choices.values()), "") for one in kind.columns}
    return [
        words[one.name].split("|")[0]
        or SAMPLES.get(one.value, column_word(one) if one.name in needed else "")
        for one in kind.columns
    ]
