"""The end of a record, and its reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quotaloom.web.registers.forms import CloseForm, RecordForm
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.selectors import opportunities_of
from quotaloom.web.registers.stage import STAGES
from quotaloom.web.registers.submit import settled, submitted
from quotaloom.web.registers.views import WRITE
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request


@policy(WRITE)
@require_http_methods(["GET", "POST"])
def close(request: Request, opportunity_id: UUID) -> HttpResponse:
    """Won or lost, when, and why."""
    record = get_object_or_404(opportunities_of(request.user, WRITE), pk=opportunity_id)
    unit = chosen_unit(request)
    form = CloseForm(record=record, unit=unit)
    if request.method == "POST":
        form = CloseForm(settled(request.POST, form.initial), record=record, unit=unit)
        if form.is_valid():
            is_won = form.cleaned_data["outcome"] == Outcome.WON
            return submitted(request, record, form, {"probability": 100 if is_won else 0})
    context = {"form": form, "title": _("Close the opportunity"), "record": record}
    status = 422 if request.method == "POST" else 200
    return render(request, "registers/form.html", context, status=status)


@policy(WRITE)
@require_POST
def reopen(request: Request, opportunity_id: UUID) -> HttpResponse:
    """Open a closed record again, in the stage where it was."""
    record = get_object_or_404(opportunities_of(request.user, WRITE), pk=opportunity_id)
    form = RecordForm(request.POST, record=record, unit=chosen_unit(request))
    if not form.is_valid():
        messages.error(request, _("Nothing was changed."))
        return redirect("opportunity", opportunity_id=record.pk)
    usual = STAGES[record.stage].probability if record.stage in STAGES else ""
    wishes = {"outcome": Outcome.OPEN.value, "closed_on": "", "reason": "", "probability": usual}
    return submitted(request, record, form, wishes)
