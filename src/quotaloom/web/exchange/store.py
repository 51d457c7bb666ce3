"""Where files that came back are kept, and handouts as the house kept them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from quotaloom.cycle.exchange.handout import NOTHING_TAKEN, Taken, loads
from quotaloom.web.exchange.models import State

if TYPE_CHECKING:
    from quotaloom.cycle.exchange.handout import Cell
    from quotaloom.cycle.exchange.handout import Handout as Table
    from quotaloom.web.exchange.models import Handout, Return


def return_path(row: Return) -> Path:
    """The file as it came, under its own name."""
    return Path(settings.HOME, "returns", str(row.pk), row.name)


def table_of(row: Handout) -> Table:
    """The handout with all its figures."""
    return loads(row.content)


def taken_of(row: Handout) -> Taken:
    """What earlier returns of it said that still stands."""
    figures: dict[Cell, int] = {}
    edits = set()
    for one in row.returns.filter(state=State.TAKEN).order_by("edit"):
        figures |= {(line, head): units for line, head, units in one.figures}
        edits.add(one.edit)
    return Taken(figures, frozenset(edits)) if edits else NOTHING_TAKEN
