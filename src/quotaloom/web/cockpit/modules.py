"""The cockpit's modules beside the board itself; each is a page and a workbook."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from quotaloom.report.module_file import write_module
from quotaloom.warehouse.batches.entry import in_force
from quotaloom.web.cockpit.asked import read
from quotaloom.web.cockpit.comparison_parts import comparisons_shown
from quotaloom.web.cockpit.frame import around, board_frame, newest_facts
from quotaloom.web.cockpit.look import look
from quotaloom.web.cockpit.module_book import module_book
from quotaloom.web.cockpit.module_parts import customers_shown, funnel_shown, team_shown
from quotaloom.web.cockpit.product_parts import products_shown
from quotaloom.web.data.words import dataset_word
from quotaloom.web.plans.parts import EXPORT
from quotaloom.web.plans.sight import READ
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.unit import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, QueryDict
    from django.http.response import HttpResponseBase
    from django.utils.functional import Promise

    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.grid import Shown
    from quotaloom.web.cockpit.look import Look


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its word, what it shows, and the kinds of facts of which it needs one."""

    word: str | Promise
    shown: Callable[[Look, QueryDict], Shown]
    needs: tuple[str, ...]


MODULES: Final = {
    "funnel": Module(_("Funnel"), funnel_shown, ("opportunities",)),
    "customers": Module(_("Customers"), customers_shown, ("order_lines",)),
    "products": Module(_("Products"), products_shown, ("order_lines",)),
    "comparisons": Module(_("Comparisons"), comparisons_shown, ("order_lines",)),
    "team": Module(_("Team activity"), team_shown, ("activities", "leads")),
}


@policy(READ)
@require_GET
def module(request: Request, name: str) -> HttpResponse:
    """A module of the branch and period asked for."""
    found, asked = MODULES[name], read(request.GET)
    seen = look(request.user, asked)
    lens = seen.lens
    context: dict[str, Any] = around(request, asked, lens.span, lens.as_of, seen.year)
    context |= board_frame(seen.seen) if seen.seen else {}
    context |= {"title": found.word, "here": f"cockpit_{name}"}
    if batches := _facts(seen, found):
        context |= newest_facts(batches) | {"shown": found.shown(seen, request.GET)}
    else:
        context["needs"] = [(one, dataset_word(one)) for one in found.needs]
    return render(request, "cockpit/module.html", context)


@policy(EXPORT)
@require_GET
def module_export(request: Request, name: str) -> HttpResponseBase:
    """What the page shows, as a workbook."""
    found, asked = MODULES[name], read(request.GET)
    seen = look(request.user, asked)
    if not _facts(seen, found):
        raise Http404
    book = module_book(seen, found.shown(seen, request.GET), UNITS[chosen_unit(request)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "module.xlsx")
        write_module(book, path)
        return sent(path, f"{found.word} {seen.lens.span.label}.xlsx")


def _facts(seen: Look, found: Module) -> list[Entry]:
    """The imports of the kinds of facts that a module is made of."""
    entries = seen.source.shelf.entries()
    return [batch for one in found.needs for batch in in_force(entries, one)]
