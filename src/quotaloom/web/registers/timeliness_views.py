"""The page that tells whose records are kept up to date in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.web.registers.timely import late, timely
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from quotaloom.core.model.periods import Period
    from quotaloom.web.accounts.request import Request

CALENDAR = FiscalCalendar()


@policy("opportunities.read")
@require_GET
def timeliness(request: Request) -> HttpResponse:
    """Person by person within one's scope, for a month or any other period of the address."""
    period = _period(request.GET.get("period", ""))
    after = _beside(period.end, period)
    context = {
        "period": period,
        "before": _beside(period.start - timedelta(1), period),
        "after": after if after and after.start <= timezone.localdate() else None,
        "people": timely(request.user, period),
        "late": late(request.user, period),
        "deadline": settings.UPDATE_DEADLINE,
        "zone": settings.TIME_ZONE,
    }
    return render(request, "registers/timeliness.html", context)


def _beside(day: date, period: Period) -> Period | None:
    """The period of the same kind that holds a day; None beyond the calendar."""
    try:
        return CALENDAR.period_of(day, period.kind)
    except QuotaLoomError:
        return None


def _period(text: str) -> Period:
    """The period of the address; this month where it names none."""
    try:
        return parse_period(text, CALENDAR)
    except QuotaLoomError:
        return CALENDAR.period_of(timezone.localdate(), "month")
