"""What stands behind a figure of the reconciliation: its papers, or the contracts of a balance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.books.posting import UNTAXED
from quotaloom.report.books.notes import notes
from quotaloom.report.books.words import FIGURES, STAGE_OF, part_word
from quotaloom.web.cockpit.books_asked import books_asked, books_found, plain_rows
from quotaloom.web.cockpit.shown import address
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.cycle.books.verb import Books
    from quotaloom.web.accounts.request import Request

MOST_LINES: Final = 200


@policy(READ)
@require_GET
def reconciliation_lines(request: Request) -> HttpResponse:
    """The papers of a step, or the contracts of a balance, of one part if the address names it."""
    asked = books_asked(request)
    figure, member = request.GET.get("figure", ""), request.GET.get("of", "")
    try:
        found = books_found(request, asked)
    except QuotaLoomError as nothing:
        raise Http404 from nothing
    if figure not in FIGURES or (member and member not in dict(found.parts)):
        raise Http404
    lang = language()
    of = part_word(member or asked.contract or asked.region, lang)
    context: dict[str, Any] = {
        "title": " · ".join(filter(None, (FIGURES[figure][lang], of, asked.period))),
        "notes": notes(found, lang),
        "most": MOST_LINES,
        "back": address(request.GET, figure="", of=""),
    }
    context |= _papers(found, figure, member) if figure in STAGE_OF else {}
    context |= {} if figure in STAGE_OF else _balance(found, figure, member)
    return render(request, "cockpit/books_lines.html", context)


def _papers(found: Books, figure: str, member: str) -> dict[str, Any]:
    stage = STAGE_OF[figure]
    lines = found.lines(stage, member)
    return {
        "lines": _worded(plain_rows(lines.head(MOST_LINES))),
        "count": lines.height,
        "gross": lines["gross"].sum(),
        "net": lines["net"].sum(),
        "has_net": stage != UNTAXED,
    }


def _balance(found: Books, figure: str, member: str) -> dict[str, Any]:
    contracts = found.balances(figure, member)
    return {
        "contracts": _worded(contracts.head(MOST_LINES).to_dicts()),
        "count": contracts.height,
        "amount": contracts["amount"].sum(),
    }


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the words of what stands nowhere or in several regions."""
    lang = language()
    return [
        row | {"of": part_word(row["contract"], lang), "where": part_word(row["region"], lang)}
        for row in rows
    ]
