"""Where files that came back are kept, and handouts as the house kept them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from quotaloom.cycle.exchange.handout import loads
from quotaloom.cycle.exchange.taken import taken_by
from quotaloom.web.exchange.models import State
from quotaloom.web.journals.opened import reading

if TYPE_CHECKING:
    from quotaloom.cycle.exchange.handout import Handout as Table
    from quotaloom.cycle.exchange.taken import Taken
    from quotaloom.web.exchange.models import Handout, Return


def return_path(row: Return) -> Path:
    """The file as it came, under its own name."""
    return Path(settings.HOME, "returns", str(row.pk), row.name)


def table_of(row: Handout) -> Table:
    """The handout with all its figures."""
    return loads(row.content)


def taken_of(row: Handout) -> Taken:
    """What earlier returns of it said that still stands."""
    returns = row.returns.filter(state=State.TAKEN).order_by("edit")
    with reading(row.plan_id) as journal:
        return taken_by([(one.figures, one.edit) for one in returns], journal.batch)
