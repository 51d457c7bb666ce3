"""Cells put right on the page of their file, and restored; and those of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.audit.services import actor_of
from quotaloom.web.data.faulty import LONGEST
from quotaloom.web.data.mending import cell_restore, cells_mend
from quotaloom.web.data.selectors import batch_of, mended
from quotaloom.web.data.upload_views import IMPORT, looked_at, own_upload
from quotaloom.web.data.words import dataset_word
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.warehouse.tables.mendable import Cell
    from quotaloom.web.accounts.request import Request


@policy(IMPORT)
@require_POST
def mend(request: Request, upload_id: UUID) -> HttpResponse:
    """Read the file anew with what was typed for its faulty cells."""
    row = own_upload(request, upload_id)
    texts = dict(zip(_cells(request), request.POST.getlist("new"), strict=False))
    if any(len(text) > LONGEST or not text.isprintable() for text in texts.values()):
        wrong = _("A cell holds one line of at most %(most)d characters; nothing was changed.")
        messages.error(request, wrong % {"most": LONGEST})
        return redirect("data_upload", upload_id=row.pk)
    texts = {cell: text.strip() for cell, text in texts.items()}
    count = cells_mend(row=row, texts=texts, actor=actor_of(request))
    if not count:
        messages.warning(request, _("Nothing was put right: type what a cell should say."))
        return redirect("data_upload", upload_id=row.pk)
    told = ngettext("%(count)d cell is put right.", "%(count)d cells are put right.", count)
    messages.success(request, told % {"count": count})
    return looked_at(request, row)


@policy(IMPORT)
@require_POST
def restore(request: Request, upload_id: UUID) -> HttpResponse:
    """Let a cell say again what stands in the file, and read that anew."""
    row = own_upload(request, upload_id)
    for cell in _cells(request)[:1]:
        if cell_restore(row=row, cell=cell, actor=actor_of(request)):
            return looked_at(request, row)
    return redirect("data_upload", upload_id=row.pk)


@policy(IMPORT)
@require_GET
def batch_mended(request: Request, position: int) -> HttpResponse:
    """What was put right in the files of a batch: by whom, when, and what stands there."""
    entry = batch_of(position)
    if entry is None or not entry.mended:
        raise Http404
    context = {"entry": entry, "word": dataset_word(entry.dataset), "mended": mended(entry.mended)}
    return render(request, "data/mended.html", context)


def _cells(request: Request) -> list[Cell]:
    """The cells that the form names."""
    sheets, rows, columns = map(request.POST.getlist, ("sheet", "row", "column"))
    told = zip(sheets, rows, columns, strict=False)
    return [(sheet, int(row) if row.isdecimal() else 0, column) for sheet, row, column in told]
