"""The cockpit: the page, a figure explained down to its source rows, and the workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from quotaloom.report.cockpit_file import write_cockpit
from quotaloom.web.cockpit import shown
from quotaloom.web.cockpit.asked import read
from quotaloom.web.cockpit.book import book_of
from quotaloom.web.cockpit.frame import around, board_frame, newest_facts, tabs
from quotaloom.web.cockpit.holder import holders
from quotaloom.web.cockpit.selectors import seen_by
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.selectors import Seen

MOST_LINES: Final = 50


@policy(READ)
@require_GET
def cockpit(request: Request) -> HttpResponse:
    """Where the branch stands, part by part."""
    asked = read(request.GET)
    seen = seen_by(request.user, asked)
    if seen is None:
        return render(request, "cockpit/empty.html", {"tabs": tabs(), "here": "cockpit"})
    board, rule = seen.board, asked.rule
    needy = shown.needy(board, request.GET, rule)
    context = _frame(request, asked, seen) | {
        "rows": shown.made_of(board, request.GET, rule),
        "table": shown.table(board, request.GET, rule),
        "needy": needy,
        "holders": holders(request.user, [one.place.path[-1] for one in needy]),
        "hidden_red": shown.hidden(board, rule),
        "curve_words": {"fact": _("Fact"), "plan": _("Planned so far"), "ago": _("Last year")},
        "curve": [
            {"day": str(day), "plan": plan, "fact": fact, "ago": ago}
            for day, plan, fact, ago in board.curve()
        ],
    }
    return render(request, "cockpit/cockpit.html", context)


@policy(READ)
@require_GET
def explain(request: Request) -> HttpResponse:
    """A figure of the cockpit: what it is, how it was counted, of what, and its source rows."""
    asked = read(request.GET)
    seen = seen_by(request.user, asked)
    if seen is None:
        raise Http404
    board = seen.board
    found = seen.lines.largest(board, MOST_LINES)
    context = _frame(request, asked, seen) | {
        "rows": shown.made_of(board, request.GET, asked.rule),
        "lines": found.frame.rename(_plain).to_dicts(),
        "count": found.count,
        "exact": found.total,
        "lines_shown": found.frame.height,
    }
    return render(request, "cockpit/explain.html", context)


@policy(EXPORT)
@require_GET
def export(request: Request) -> HttpResponseBase:
    """What the page shows, as a workbook."""
    asked = read(request.GET)
    seen = seen_by(request.user, asked)
    if seen is None:
        raise Http404
    book = book_of(seen, asked, UNITS[chosen_unit(request)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cockpit.xlsx")
        write_cockpit(book, path)
        return sent(path, f"{_('Cockpit')} {seen.board.span.label}.xlsx")


def _plain(name: str) -> str:
    """A column under a name that a template can ask for."""
    return name.removeprefix("§")


def _frame(request: Request, asked: Asked, seen: Seen) -> dict[str, Any]:
    """What every page of the board says of itself."""
    board = seen.board
    whole = board.whole
    return (
        around(request, asked, board.span, board.as_of, seen.year)
        | board_frame(seen)
        | newest_facts(seen.batches)
        | {
            "here": "cockpit",
            "whole": shown.row(whole, request.GET, asked.rule, board.clock.gone),
            "gone": shown.percent(board.clock.gone),
            "standing": whole.standing,
        }
    )
