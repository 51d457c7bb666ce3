"""口径对账 in the browser: a period's bridge, what finance's totals differ by, the workbook."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.books.home import REST
from quotaloom.cycle.books.request import BYS
from quotaloom.cycle.books.verb import steps
from quotaloom.report.books.file import write_books
from quotaloom.report.books.notes import notes
from quotaloom.report.books.words import BRIEF, FIGURES, WORDS, part_word, step_word
from quotaloom.report.wording import sentence
from quotaloom.web.audit.services import actor_of
from quotaloom.web.cockpit.asked import calendar, periods_of
from quotaloom.web.cockpit.books_asked import books_asked, books_found, plain_rows, reach
from quotaloom.web.cockpit.control import NAMED, Control, control_keep
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.cycle.books.checks import Check
    from quotaloom.cycle.books.request import BooksRequest
    from quotaloom.cycle.books.verb import Books
    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request

CONTROL: Final = "plans.release"  # who answers for figures: directors and finance
MOST_CONTRACTS: Final = 200


@policy(READ)
@require_GET
def reconciliation(request: Request) -> HttpResponse:
    """The bridge of what the reader sees, part by part."""
    asked = books_asked(request)
    context: dict[str, Any] = {"asked": asked, "periods": _periods(asked), "bys": _bys()}
    try:
        found = books_found(request, asked)
    except QuotaLoomError as refusal:
        is_there = refusal.findings[0].code.startswith("books.nothing")
        context["faults"] = refusal.findings
        return render(request, "cockpit/books.html", context, status=200 if is_there else 404)
    context |= _bridge(found) | {
        "books": found,
        "asked": found.request,
        "control_region": "" if found.request.region in REST else found.request.region,
        "notes": notes(found, language()),
        "part_note": WORDS["company_controls"][language()],
        "regions": _regions(found),
        "checks": [_check(one) for one in found.checks],
        "query": request.GET.urlencode(),
        "export": reach(request.user, EXPORT) is not None,
        "can_control": _can_control(request.user),
        "figures": [(name, FIGURES[name][language()]) for name in NAMED],
    }
    return render(request, "cockpit/books.html", context)


@policy(EXPORT)
@require_GET
def reconciliation_export(request: Request) -> HttpResponseBase:
    """The workbook: the bridge with formulas, the control totals, every line."""
    asked = books_asked(request)
    try:
        found = books_found(request, asked, EXPORT)
    except QuotaLoomError as nothing:
        raise Http404 from nothing
    lang = language()
    of = part_word(asked.contract or asked.region, lang)
    name = " ".join(filter(None, (WORDS["title"][lang], asked.period, of)))
    with tempfile.TemporaryDirectory() as folder:
        return sent(write_books(found, Path(folder, "books.xlsx"), lang), f"{name}.xlsx")


@policy(CONTROL)
@require_POST
def reconciliation_control(request: Request) -> HttpResponse:
    """Keep a control total that somebody typed; it takes the place of the same one of before."""
    if not _can_control(request.user):
        raise Http404
    asked = books_asked(request)
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


def _can_control(user: User) -> bool:
    """Control totals are of the whole company: who answers for a part of it tells none."""
    places = reach(user, CONTROL)
    return places is not None and places.seen is None


def _last_day(asked: BooksRequest) -> date:
    own = calendar()
    return parse_period(asked.period, own).end - timedelta(1)


def _periods(asked: BooksRequest) -> list[str]:
    year = parse_period(asked.period, calendar()).year
    labels = [one.label for near in (year - 1, year, year + 1) for one in periods_of(near)]
    return labels if asked.period in labels else [asked.period, *labels]


def _bys() -> list[tuple[str, str]]:
    return list(zip(BYS, (_("Not broken down"), _("by region"), _("by contract")), strict=True))


def _regions(found: Books) -> list[tuple[str, str]]:
    """The regions that may be chosen; none where there is no choice."""
    some = found.regions if len(found.regions) > 1 else []
    return [(one, part_word(one, language())) for one in some]


def _bridge(found: Books) -> dict[str, Any]:
    """The steps with a column a region, and a line a contract."""
    lang, is_each = language(), found.by == "contract"
    columns = [("", found.whole), *([] if is_each else found.parts)]
    whole = [(name, FIGURES[name][lang], found.whole[name]) for name in BRIEF]
    return {
        "heads": [str(_("Total")), *(part_word(name, lang) for name, _figures in columns[1:])],
        "rows": [_row(name, sign, columns) for name, sign, _amount in steps(found.whole)],
        "brief": whole if is_each else [],
        "contracts": [_contract(*one) for one in found.parts[:MOST_CONTRACTS]] if is_each else [],
        "more_contracts": max(0, len(found.parts) - MOST_CONTRACTS) if is_each else 0,
    }


def _check(one: Check) -> tuple[str, Check, str, list[dict[str, Any]]]:
    """A control total: its figure in words, what speaks for the papers named, and they."""
    lang = language()
    return FIGURES[one.figure][lang], one, WORDS[f"{one.reason}_paper"][lang], plain_rows(one.lines)


def _row(name: str, sign: int, columns: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    """A step of the bridge: its word, whether it is a subtotal, an amount a column."""
    return {
        "name": name,
        "word": step_word(name, sign, language()),
        "is_sum": sign == 0 or name == "booked_gross",
        "cells": [(member, one[name]) for member, one in columns],
    }


def _contract(name: str, figures: dict[str, int]) -> tuple[str, str, list[tuple[str, int]]]:
    """A contract: its number, its word, and the figures that matter of one."""
    return name, part_word(name, language()), [(one, figures[one]) for one in BRIEF]
