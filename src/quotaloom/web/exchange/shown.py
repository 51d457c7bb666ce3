"""A return as its page shows it: what it changes, what is refused, what must be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import Severity
from quotaloom.report.handout.review import Choice
from quotaloom.web.desk.consequence import counted_words, touched
from quotaloom.web.desk.services import Asked, plan_preview
from quotaloom.web.exchange.part import parts_of
from quotaloom.web.exchange.take import return_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.compare import Side
    from quotaloom.cycle.exchange.handout import Cell
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.exchange.models import Return
    from quotaloom.web.exchange.take import Look
    from quotaloom.web.ui.unit import Unit


def page_of(hand: Hand, row: Return, choice: Choice, actor: Actor, unit: Unit) -> dict[str, Any]:
    """The context of a return that is not over yet; ``unit`` is that of money."""
    look = return_look(hand=hand, row=row, choice=choice)
    found = look.review
    page = told(look.findings) | {"look": look, "count": len(found.changes) if found else 0}
    if found is None:
        return page
    return page | {
        "parts": parts_of(hand, found, choice, unit),
        "met": len(found.met),
        "errors": len(found.errors),
        "undecided": len(found.undecided),
        "text": _consequence(hand, look, choice, actor),
    }


def told(findings: Iterable[Finding]) -> dict[str, Any]:
    """Findings for a page: what matters, and apart from it what was only noted on reading."""
    every = list(findings)
    noted = [one for one in every if one.severity == Severity.INFO]
    return {"findings": [one for one in every if one not in noted], "noted": noted}


def choice_asked(asked: Mapping[str, str]) -> Choice:
    """What a form chose: a side for a cell, or for all of them."""
    sides: dict[Cell, Side] = {}
    for name, value in asked.items():
        places = name.removeprefix("cell-").split("-")
        if name.startswith("cell-") and len(places) == 3 and all(map(str.isdecimal, places)):
            sheet, line, head = map(int, places)
            sides[sheet, line, head] = "mine" if value == "mine" else "theirs"
    every = asked.get("side", "")
    side: Side | None = "mine" if every == "mine" else "theirs" if every == "theirs" else None
    return Choice(sides, side, only_valid=asked.get("only_valid") == "1")


def _consequence(hand: Hand, look: Look, choice: Choice, actor: Actor) -> str:
    """How many cells of the plan, on how many seats, the edits would write; "" for none."""
    if look.review is None or not look.review.changes:
        return ""
    try:
        edits = look.review.edits(choice)
        asked = Asked(lambda _journal: edits, look.position)
        done = plan_preview(hand=hand, asked=asked, actor=actor)
    except QuotaLoomError:
        return ""
    text = counted_words(*touched(done, hand.seen.plan.org_header))
    return _("Will change {text}").format(text=text)
