"""口径对账 in the browser: the bridge of a period, finance's totals, and the lines behind both."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.books.request import BILLS, BYS, YEARS, BooksRequest
from quotaloom.cycle.books.verb import books, steps
from quotaloom.report.books.file import write_books
from quotaloom.report.books.words import FIGURES, STAGE_OF, WORDS, step_word
from quotaloom.report.wording import sentence
from quotaloom.web.audit.services import actor_of
from quotaloom.web.cockpit.asked import calendar, periods_of
from quotaloom.web.cockpit.control import NAMED, Control, control_keep
from quotaloom.web.cockpit.selectors import MEASURE
from quotaloom.web.cockpit.shown import address
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.access import scope_of
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from datetime import date

    import polars as pl
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request

CONTROL: Final = "plans.release"  # who answers for figures: directors and finance
MOST_LINES: Final = 200


@policy(READ)
@require_GET
def reconciliation(request: Request) -> HttpResponse:
    """The bridge, part by part; for those who see everything."""
    asked = _asked(request)
    context: dict[str, Any] = {"asked": asked, "periods": _periods(asked), "bys": _bys()}
    context |= {"can_control": request.user.has_perm(CONTROL), "figures": _figures()}
    try:
        found = books(facts_shelf(), asked)
    except QuotaLoomError as refusal:
        return render(request, "cockpit/books.html", context | {"faults": refusal.findings})
    columns = [(str(_("Total")), found.whole), *found.parts]
    context |= {
        "books": found,
        "heads": [name for name, _figures in columns],
        "rows": [_row(name, sign, columns) for name, sign, _amount in steps(found.whole)],
        "checks": [
            (FIGURES[one.figure][language()], one, _plain(one.lines)) for one in found.checks
        ],
        "query": request.GET.urlencode(),
        "export": request.user.has_perm(EXPORT),
    }
    return render(request, "cockpit/books.html", context)


@policy(READ)
@require_GET
def reconciliation_lines(request: Request) -> HttpResponse:
    """The papers behind a figure of the bridge, each with the row of its file."""
    asked = _asked(request)
    figure, member = request.GET.get("figure", ""), request.GET.get("of", "")
    if figure not in STAGE_OF:
        raise Http404
    try:
        found = books(facts_shelf(), asked)
    except QuotaLoomError as nothing:
        raise Http404 from nothing
    lines = found.lines(STAGE_OF[figure], member)
    context = {
        "title": " · ".join(filter(None, (FIGURES[figure][language()], member, asked.period))),
        "lines": _plain(lines.head(MOST_LINES)),
        "count": lines.height,
        "gross": lines["gross"].sum(),
        "net": lines["net"].sum(),
        "back": address(request.GET, figure="", of=""),
    }
    return render(request, "cockpit/books_lines.html", context)


@policy(EXPORT)
@require_GET
def reconciliation_export(request: Request) -> HttpResponseBase:
    """The workbook: the bridge with formulas, the control totals, every line."""
    asked = _asked(request)
    try:
        found = books(facts_shelf(), asked)
    except QuotaLoomError as nothing:
        raise Http404 from nothing
    with tempfile.TemporaryDirectory() as folder:
        path = write_books(found, Path(folder, "books.xlsx"), language())
        return sent(path, f"{WORDS['title'][language()]} {asked.period}.xlsx")


@policy(CONTROL)
@require_POST
def reconciliation_control(request: Request) -> HttpResponse:
    """Keep a control total that somebody typed; it takes the place of the same one of before."""
    asked = _asked(request)
    told = Control(
        _last_day(asked),
        request.POST.get("figure", ""),
        request.POST.get("amount", ""),
        request.POST.get("region", "").strip(),
        request.POST.get("contract", "").strip(),
    )
    try:
        control_keep(told=told, author=str(request.user.pk), actor=actor_of(request))
    except QuotaLoomError as refusal:
        for one in refusal.findings:
            messages.error(request, sentence(one, language()))
    else:
        messages.success(request, _("The control total is kept."))
    return redirect(f"{reverse('reconciliation')}?{request.GET.urlencode()}")


def _asked(request: Request) -> BooksRequest:
    """The address read. Http404 for who does not see everything: the chain has no seats."""
    if not scope_of(request.user, READ, measure=MEASURE).everything:
        raise Http404
    own, get = calendar(), request.GET.get
    year = own.year_of(timezone.localdate())
    try:
        period = parse_period(get("period") or str(year), own, year).label
    except QuotaLoomError as unknown:
        raise Http404 from unknown
    by, bills, years = get("by", ""), get("bills", ""), get("years", "")
    return BooksRequest(
        period=period,
        by=next((one for one in BYS if one == by), ""),
        bills=next((one for one in BILLS if one == bills), BILLS[0]),
        years=next((one for one in YEARS if one == years), YEARS[0]),
        internal=get("internal") == "yes",
        fiscal_start=own.start_month,
        cutoff_day=own.cutoff_day,
    )


def _last_day(asked: BooksRequest) -> date:
    own = calendar()
    return parse_period(asked.period, own).end - timedelta(1)


def _periods(asked: BooksRequest) -> list[str]:
    year = parse_period(asked.period, calendar()).year
    labels = [one.label for near in (year - 1, year, year + 1) for one in periods_of(near)]
    return labels if asked.period in labels else [asked.period, *labels]


def _bys() -> list[tuple[str, str]]:
    return list(zip(BYS, (_("Whole company"), _("by region"), _("by contract")), strict=True))


def _figures() -> list[tuple[str, str]]:
    return [(name, FIGURES[name][language()]) for name in NAMED]


def _row(name: str, sign: int, columns: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    """A step of the bridge: its word, whether it is a subtotal, its papers, an amount a column."""
    return {
        "name": name,
        "word": step_word(name, sign, language()),
        "is_sum": sign == 0 or name == "booked_gross",
        "leads": name in STAGE_OF,
        "cells": [
            ("" if place == 0 else member, one[name]) for place, (member, one) in enumerate(columns)
        ],
    }


def _plain(lines: pl.DataFrame) -> list[dict[str, Any]]:
    """Postings under names that a template can ask for."""
    return lines.rename(lambda name: name.removeprefix("§")).to_dicts()
