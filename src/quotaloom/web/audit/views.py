"""The audit: what was done, filtered; whether the chain is whole; the file and the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.audit.export import as_csv
from quotaloom.web.audit.selectors import PAGE, Wanted, audit_rows, names_of
from quotaloom.web.audit.services import actor_of, audit_record
from quotaloom.web.audit.verify import chain_fault, head_now
from quotaloom.web.audit.words import action_word
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from quotaloom.web.accounts.request import Request


@policy("audit.read")
@require_GET
def audit_list(request: Request) -> HttpResponse:
    """The rows that are wanted; the table alone for htmx."""
    wanted = Wanted.read(request.GET.dict())
    page = Paginator(audit_rows(wanted), PAGE).get_page(request.GET.get("page"))
    names = names_of(page.object_list)
    lines = [
        {
            "row": row,
            "word": action_word(row.action),
            "actor": names.get(row.actor, row.actor),
            "acting_for": names.get(row.acting_for, row.acting_for),
            "subject": names.get(row.subject.rpartition(":")[2], ""),
        }
        for row in page.object_list
    ]
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"page": page, "lines": lines, "wanted": wanted, "kept": kept.urlencode()}
    return render(request, "audit/_rows.html" if request.htmx else "audit/list.html", context)


@policy("audit.read")
@require_GET
def audit_verified(request: Request) -> HttpResponse:
    """Walk the chain now, and say what was found."""
    fault = chain_fault()
    context = {"faults": [fault] if fault else [], "head": head_now(), "at": timezone.now()}
    return render(
        request, "audit/_verified.html" if request.htmx else "audit/verified.html", context
    )


@policy("audit.export")
@require_POST
def audit_export(request: Request) -> StreamingHttpResponse:
    """The wanted rows as CSV; that it was taken is a row itself."""
    wanted = Wanted.read(request.POST.dict())
    rows = audit_rows(wanted).filter(number__lte=head_now().number)
    with transaction.atomic():
        params = {"text": wanted.text, "actor": wanted.actor, "since": wanted.since}
        audit_record(
            actor=actor_of(request),
            action="audit.export",
            subject="audit",
            params={**params, "until": wanted.until},
        )
    names = names_of(rows.iterator(2000))
    answer = StreamingHttpResponse(as_csv(rows.iterator(2000), names), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.csv"'
    return answer


@policy("audit.export")
@require_GET
def audit_head(_request: Request) -> HttpResponse:
    """The head, to keep outside: against it a tail that was cut off shows."""
    head = head_now()
    answer = HttpResponse(head.text() + "\n", content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="audit-head-{head.number}.json"'
    return answer
