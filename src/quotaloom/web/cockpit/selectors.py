"""What somebody sees in the cockpit: facts and quotas of the seats in her scope, and no others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings
from django.http import Http404
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.read import table
from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.crediting import credited_facts
from quotaloom.cycle.track.edition import quotas_in_force
from quotaloom.cycle.track.placed import AMOUNT, placed
from quotaloom.cycle.track.to_date import to_date
from quotaloom.warehouse.batches.entry import in_force
from quotaloom.warehouse.edition import editions
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.cockpit.asked import span_of
from quotaloom.web.cockpit.ruled import ruled
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Axis
from quotaloom.web.org.sight import codes_within
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.sight import READ

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.accounts.models import User
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.ruled import Ruled

MEASURE = "booked"
LINES = KINDS["order_lines"]
NET = "net_amount"
SHOWN = ("order", "line", "contract", "customer", "product", "seat")  # of a source line


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The board of a user, the facts behind it line by line, and where both came from.

    ``hidden`` is how many seats of the plan lie outside the scope, ``codes`` those inside it (None:
    everything is).
    """

    board: Board
    lines: pl.DataFrame
    batches: list[Entry]
    hidden: int
    year: int
    codes: frozenset[str] | None
    rules: Ruled


def seen_by(user: User, asked: Asked) -> Seen | None:
    """What the user sees; None where no plan is in force or no fact was imported."""
    batches = in_force(facts_shelf().entries(), LINES.name)
    facts = _facts(batches)
    if facts is None:
        return None
    newest: date = facts.select(pl.col("date").max()).item()
    day = asked.as_of or min(newest, timezone.localdate())
    place = _in_force(day)
    if place is None:
        return None
    key = (place.name, [one.seal for one in editions(place)][-1], day)
    quotas = kept(("quotas", *key), lambda: quotas_in_force(place, day))
    at = batches[-1].position
    rules = ruled(quotas.axes[0][-1])
    told = (*key, at, rules.digest)
    lines, faults = kept(("placed", *told), lambda: _placed(facts, quotas, rules))
    rules = rules.refused(faults)
    sums = kept(("daily", *told), lambda: _daily(lines, quotas))
    codes = codes_of(user)
    year = span_year(quotas)
    span = to_date(span_of(asked.period, year), quotas.periods, day, asked.ytd)
    board = Board(_within(quotas, codes), _rows(sums, quotas, codes), span, day, pace=asked.pace)
    branch = _branch(board) if asked.branch is None else asked.branch
    if board.at(branch).is_empty:
        raise Http404
    hidden = _seats(quotas) - _seats(board.quotas)
    own = _rows(lines, quotas, codes)
    return Seen(board.at(branch), own, batches, hidden, year, codes, rules)


def _placed(
    facts: pl.DataFrame, quotas: Quotas, rules: Ruled
) -> tuple[pl.DataFrame, Sequence[Finding]]:
    """The order lines under the members of the plan, credited by the rules as far as they fit."""
    try:
        credited = credited_facts(facts, rules.crediting, NET) if rules.crediting else facts
    except DataRefused as refusal:
        return placed(facts, LINES, quotas, NET, keep=SHOWN), refusal.findings
    return placed(credited, LINES, quotas, NET, keep=SHOWN), ()


def span_year(quotas: Quotas) -> int:
    """The fiscal year of the quotas in force."""
    return quotas.periods[-1].year


def _facts(batches: list[Entry]) -> pl.DataFrame | None:
    """The order lines that are known; None where there are none."""
    if not batches:
        return None
    key = ("facts", *(one.position for one in batches))
    found = kept(key, lambda: table(facts_shelf(), LINES))
    return found if found.height else None


def _in_force(day: date) -> Path | None:
    """The folder of the plan whose edition took effect last, up to a day."""
    folder = Path(settings.HOME, "editions")
    places = [path for path in sorted(folder.glob("*")) if path.is_dir()]
    begun = [
        (one.effective, one.released_at, place)
        for place in places
        for one in editions(place)
        if one.effective <= day.isoformat()
    ]
    return max(begun)[-1] if begun else None


def _daily(lines: pl.DataFrame, quotas: Quotas) -> pl.DataFrame:
    return lines.group_by(*quotas.levels, "date").agg(pl.col(AMOUNT).sum())


def codes_of(user: User) -> frozenset[str] | None:
    """The seats in the user's scope; None for all, also of facts that belong to nobody."""
    scope = scope_of(user, READ, measure=MEASURE)
    return None if scope.everything else codes_within(Axis.ORG, scope)


def _rows(frame: pl.DataFrame, quotas: Quotas, codes: frozenset[str] | None) -> pl.DataFrame:
    leaf = quotas.axes[0][-1]
    return frame if codes is None else frame.filter(pl.col(leaf).is_in(list(codes)))


def _within(quotas: Quotas, codes: frozenset[str] | None) -> Quotas:
    return replace(quotas, frame=_rows(quotas.frame, quotas, codes))


def _seats(quotas: Quotas) -> int:
    return quotas.frame[quotas.axes[0][-1]].n_unique()


def _branch(board: Board) -> tuple[str, ...]:
    """The deepest branch that holds everything that is seen."""
    found: tuple[str, ...] = ()
    while len(parts := board.at(found).members) == 1:
        found = (*found, parts[0])
    return found
