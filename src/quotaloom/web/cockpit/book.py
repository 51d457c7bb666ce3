"""The cockpit's workbook, in the words and the unit of the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.report.cockpit_file import Book
from quotaloom.web.cockpit.shown import LIGHTS
from quotaloom.web.cockpit.trail import trail
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from quotaloom.core.attainment.standing import Rule
    from quotaloom.cycle.track.board import Board, Place
    from quotaloom.report.cockpit_file import Line
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.selectors import Seen
    from quotaloom.web.ui.unit import Unit


def book_of(seen: Seen, asked: Asked, unit: Unit) -> Book:
    """Every member below the branch (of a seat its products), and where the figures come from."""
    return Book(
        sheets=_sheets(seen.board, asked.rule),
        heads=(
            _("Member"),
            _("Target"),
            _("Fact"),
            _("Attainment"),
            _("Difference to pace (pp)"),
            _("Last year"),
            _("Status"),
            _("Challenge"),
            _("Against the challenge"),
        ),
        unit=_("Amounts in %(unit)s") % {"unit": unit.zh if language() == "zh" else unit.en},
        unit_size=unit.size,
        decimals=unit.decimals,
        about=_("About"),
        stamps=_stamps(seen),
    )


def _sheets(board: Board, rule: Rule) -> dict[str, list[Line]]:
    """The members, and the parts by the members across where there are any."""
    depth = len(board.branch)
    members = [
        (len(one.path) - depth, one.name or _("Total"), one, _status(one, rule))
        for one in (board.whole, *(board.every or board.beside))
    ]
    parts = {one.path: one.name for one in board.parts}
    crossed = [
        (0, f"{parts[one.path[:-1]]} · {one.name}", one, _status(one, rule))
        for one in board.table()
        if one.path[:-1] in parts
    ]
    sheets = {_("Cockpit"): members, _("Attainment by product"): crossed}
    return {title: lines for title, lines in sheets.items() if lines}


def _stamps(seen: Seen) -> list[tuple[str, str]]:
    board = seen.board
    return [
        (_("Plan in force"), board.quotas.sources[-1].name),
        (_("Period"), board.span.label),
        (_("As of"), str(board.as_of)),
        (_("Counted"), f"{board.span.start} … {board.span.end - timedelta(1)}"),
        (_("Branch"), " / ".join(name for name, _at in trail(board, seen.hidden))),
        (_("Sources"), "; ".join(", ".join(one.files) for one in seen.batches)),
        (_("Downloaded at"), timezone.localtime().strftime("%Y-%m-%d %H:%M")),
    ]


def _status(place: Place, rule: Rule) -> str:
    light = place.standing.light(rule)
    return " ".join(map(str, LIGHTS[light])) if light else ""
