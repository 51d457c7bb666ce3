"""Opportunities: the list, a record with its history, and what is typed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quotaloom.web.org.models import Axis, Kind, MemberDetail
from quotaloom.web.registers.export import list_sent
from quotaloom.web.registers.field import FIELDS
from quotaloom.web.registers.forms import OpportunityForm, OverlayForm
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.reminder import reminder, waiting
from quotaloom.web.registers.seat import seats_of
from quotaloom.web.registers.selectors import (
    PAGE,
    SORTS,
    Wanted,
    history_of,
    listed,
    opportunities_of,
    stages_of,
)
from quotaloom.web.registers.services import opportunity_open
from quotaloom.web.registers.stage import STAGES, stage_word
from quotaloom.web.registers.submit import hand_of, settled, submitted
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.registers.models import Opportunity

READ: Final = "opportunities.read"
WRITE: Final = "opportunities.write"
EXPORT: Final = "plans.export"


@policy(READ)
@require_GET
def opportunities(request: Request) -> HttpResponse:
    """The records of one's scope; the table alone for htmx."""
    rows, wanted = opportunities_of(request.user), Wanted.read(request.GET.dict())
    page = Paginator(_listed(rows, wanted), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page,
        "wanted": wanted,
        "kept": kept.urlencode(),
        "heads": [_head(name, wanted, request) for name in SORTS],
        "stages": [(name, stage_word(name)) for name in [*STAGES, *_others(stages_of(rows))]],
        "outcomes": Outcome.choices,
        "today": timezone.localdate(),
        "reminder": reminder(request.user, now()),
        "may_export": request.user.has_perm(EXPORT),
    }
    return render(request, f"registers/{'_rows' if request.htmx else 'list'}.html", context)


@policy(EXPORT)
@require_GET
def opportunities_file(request: Request, suffix: str) -> HttpResponseBase:
    """All that the page lists, as a file; of what one may see only what one may take along."""
    rows, wanted = opportunities_of(request.user), Wanted.read(request.GET.dict())
    own = rows & opportunities_of(request.user, EXPORT)
    return list_sent(_listed(own, wanted), wanted, UNITS[chosen_unit(request)], suffix)


def _listed(rows: QuerySet[Opportunity], wanted: Wanted) -> QuerySet[Opportunity]:
    return listed(waiting(rows, now()) if wanted.waits else rows, wanted)


def _others(stages: list[str]) -> list[str]:
    return [one for one in stages if one not in STAGES]


def _head(name: str, wanted: Wanted, request: Request) -> dict[str, Any]:
    """A column's head: its word, the address that sorts by it, and how it is sorted now."""
    word = {"number": _("Opportunity"), "updated_at": _("Updated")}.get(name) or FIELDS[name]
    is_rising, is_falling = wanted.sort == name, wanted.sort == f"-{name}"
    query = request.GET.copy()
    query["sort"] = f"-{name}" if is_rising else name
    query.pop("page", None)
    told = "ascending" if is_rising else "descending" if is_falling else ""
    return {"word": word, "query": query.urlencode(), "sorted": told, "number": name == "amount"}


@policy(READ)
@require_GET
def opportunity(request: Request, opportunity_id: UUID) -> HttpResponse:
    """One record with its history."""
    return _page(request, _record(request, opportunity_id, READ), None)


@policy(WRITE)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A record that is kept here from now on."""
    posted = request.POST if request.method == "POST" else None
    form = _form(request, None, posted)
    if posted is None:
        form.initial["begun_on"] = timezone.localdate()
    elif form.is_valid():
        record = opportunity_open(wishes=form.wishes(), hand=hand_of(request, form))
        messages.success(request, _("%(number)s is opened.") % {"number": record.number})
        return redirect("opportunity", opportunity_id=record.pk)
    context = {"form": form, "title": _("New opportunity"), "record": None}
    return render(request, "registers/form.html", context, status=422 if posted else 200)


@policy(WRITE)
@require_http_methods(["GET", "POST"])
def edit(request: Request, opportunity_id: UUID) -> HttpResponse:
    """The fields of a record that is kept here."""
    record = _record(request, opportunity_id, WRITE)
    posted = request.POST if request.method == "POST" else None
    form = _form(request, record, posted)
    if posted is not None:
        form = _form(request, record, settled(posted, form.initial))
        if form.is_valid():
            return submitted(request, record, form, {})
    context = {"form": form, "title": _("Edit the opportunity"), "record": record}
    return render(request, "registers/form.html", context, status=422 if posted else 200)


@policy(WRITE)
@require_POST
def overlay(request: Request, opportunity_id: UUID) -> HttpResponse:
    """How one sees a record that another system keeps."""
    record = _record(request, opportunity_id, WRITE)
    unit = chosen_unit(request)
    first = OverlayForm(record=record, unit=unit).initial
    form = OverlayForm(settled(request.POST, first), record=record, unit=unit)
    if record.master and form.is_valid():
        return submitted(request, record, form, {})
    return _page(request, record, form)


def _record(request: Request, key: UUID, permission: str) -> Opportunity:
    """A record within one's scope; any other is not there."""
    return get_object_or_404(opportunities_of(request.user, permission), pk=key)


def _form(request: Request, record: Opportunity | None, posted: Any) -> OpportunityForm:  # noqa: ANN401 - a QueryDict or None
    return OpportunityForm(
        posted,
        record=record,
        unit=chosen_unit(request),
        seats=seats_of(request.user),
        products=_products(),
    )


def _products() -> list[str]:
    """What the company's products are called today."""
    rows = MemberDetail.objects.filter(member__axis=Axis.PRODUCT, member__kind=Kind.ITEM)
    rows = rows.filter(valid_to=None, member__closed_on=None)
    return sorted(set(rows.values_list("name", flat=True)))


def _page(request: Request, record: Opportunity, form: OverlayForm | None) -> HttpResponse:
    may_write = opportunities_of(request.user, WRITE).filter(pk=record.pk).exists()
    seen = form or OverlayForm(record=record, unit=chosen_unit(request))
    context = {
        "record": record,
        "history": history_of(record),
        "may_write": may_write,
        "is_own": not record.master,
        "is_open": record.outcome == Outcome.OPEN,
        "steps": [(name, one.word) for name, one in STAGES.items()],
        "overlay": seen if record.master else None,
        "is_late": record.outcome == Outcome.OPEN
        and record.expected_on is not None
        and record.expected_on < timezone.localdate(),
    }
    return render(request, "registers/opportunity.html", context, status=422 if form else 200)
