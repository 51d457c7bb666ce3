"""What every page of the cockpit says of itself: its tabs, periods, branch, day and sources."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.web.cockpit.asked import periods_of
from quotaloom.web.cockpit.books_asked import reach
from quotaloom.web.cockpit.shown import address
from quotaloom.web.cockpit.trail import trail
from quotaloom.web.plans.parts import EXPORT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.model.periods import Period
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.selectors import Seen


def around(request: Request, asked: Asked, span: Period, as_of: date, year: int) -> dict[str, Any]:
    """What is asked, and the periods before and after it. Http404 for a kind not offered: weeks."""
    spans = periods_of(year)
    places = [one.label for one in spans if one.kind == span.kind]
    if not places:
        raise Http404
    at = places.index(span.label)
    return {
        "asked": asked,
        "tabs": tabs(),
        "query": request.GET.urlencode(),
        "span": span,
        "as_of": as_of,
        "span_last": span.end - timedelta(1),
        "periods": [one.label for one in spans],
        "before": address(request.GET, period=places[at - 1]) if at else "",
        "after": address(request.GET, period=places[at + 1]) if places[at + 1 :] else "",
        "export": request.user.has_perm(EXPORT),
        "reconcile": reach(request.user) is not None,
    }


def tabs() -> list[tuple[str, str]]:
    """The address name and word of each module."""
    return [
        ("cockpit", _("Against the target")),
        ("cockpit_funnel", _("Funnel")),
        ("cockpit_customers", _("Customers")),
        ("cockpit_products", _("Products")),
        ("cockpit_comparisons", _("Comparisons")),
        ("cockpit_team", _("Team activity")),
    ]


def board_frame(seen: Seen) -> dict[str, Any]:
    """The branch and the plan in force on it."""
    board = seen.board
    return {
        "seen": seen,
        "board": board,
        "trail": trail(board, seen.hidden),
        "edition": board.quotas.sources[-1],
    }


def newest_facts(batches: Sequence[Entry]) -> dict[str, Any]:
    """The import that the figures' facts came with last."""
    newest = max(batches, key=lambda one: one.position)
    imported = timezone.localtime(datetime.fromisoformat(newest.time))
    return {"batch": newest, "imported": imported}
