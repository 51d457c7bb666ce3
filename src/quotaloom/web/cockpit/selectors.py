"""What somebody sees in the cockpit: facts and quotas of the seats in her scope, and no others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings
from django.http import Http404
from django.utils import timezone

from quotaloom.cycle.track.board import Board
from quotaloom.cycle.track.edition import plan_of, quotas_in_force
from quotaloom.cycle.track.to_date import to_date
from quotaloom.warehouse.edition import editions
from quotaloom.web.cockpit.asked import span_of
from quotaloom.web.cockpit.order_lines import Facts, credited_lines, newest_day
from quotaloom.web.org.access import scope_of
from quotaloom.web.org.models import Axis
from quotaloom.web.org.sight import codes_within
from quotaloom.web.plans.kept import kept
from quotaloom.web.plans.sight import READ

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.cycle.track.edition import Quotas
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.web.accounts.models import User
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.order_lines import Credited

MEASURE = "booked"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The board of a user, the lines behind it, and the imports that both came from.

    ``hidden`` is how many seats of the plan lie outside the scope, ``codes`` those inside it (None:
    everything is).
    """

    board: Board
    lines: Credited
    batches: list[Entry]
    hidden: int
    year: int
    codes: frozenset[str] | None


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """The quotas in force on a day, and the lines under them."""

    day: date
    quotas: Quotas
    lines: Credited

    @property
    def year(self) -> int:
        """The fiscal year of the quotas."""
        return self.quotas.periods[-1].year


def stand_on(facts: Facts, as_of: date | None) -> Stand | None:
    """What stands on a day, the newest that has a fact unless said; None without plan or fact."""
    if not any(one.rows for one in facts.batches):
        return None
    day = as_of or min(newest_day(facts), timezone.localdate())
    place = _in_force(day)
    if place is None:
        return None
    quotas, places = _quotas(place, day)
    return Stand(day, quotas, credited_lines(facts, quotas, (places,)))


def _quotas(place: Path, day: date) -> tuple[Quotas, str]:
    """The quotas of a plan as on a day, and the digest of their members' places."""
    edition = (place.name, [one.seal for one in editions(place)][-1])

    def read(folder: Path) -> Plan:
        return kept(("edition", *edition, folder.name), lambda: plan_of(folder))

    def made() -> tuple[Quotas, str]:
        quotas = quotas_in_force(place, day, read=read)
        return quotas, quotas.places_digest()

    return kept(("quotas", *edition, day), made)


def seen_by(user: User, asked: Asked) -> Seen | None:
    """What the user sees; None where no plan is in force or no fact was imported."""
    facts = Facts.now()
    stand = stand_on(facts, asked.as_of)
    if stand is None:
        return None
    quotas, day = stand.quotas, stand.day
    span = to_date(span_of(asked.period, stand.year), quotas.periods, day, asked.ytd)
    codes = codes_of(user)
    whole = Board(quotas, stand.lines.sums(), span, day, pace=asked.pace)
    board = _board(whole, stand.lines, codes)
    branch = _branch(board) if asked.branch is None else asked.branch
    if len(branch) > len(board.levels) or board.at(branch).is_empty:
        raise Http404
    hidden = _seats(quotas) - _seats(board.quotas)
    return Seen(board.at(branch), stand.lines, facts.batches, hidden, stand.year, codes)


def _board(whole: Board, lines: Credited, codes: frozenset[str] | None) -> Board:
    """The board of the seats of a scope."""
    quotas, crossed = whole.quotas, lines.crossed(whole.span.start, whole.last)
    return replace(
        whole,
        quotas=replace(quotas, frame=_rows(quotas.frame, quotas, codes)),
        facts=_rows(whole.facts, quotas, codes),
        crossed=None if crossed is None else _rows(crossed, quotas, codes),
    )


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


def codes_of(user: User, measure: str = MEASURE) -> frozenset[str] | None:
    """The seats in the user's scope; None for all, also of facts that belong to nobody."""
    scope = scope_of(user, READ, measure=measure)
    return None if scope.everything else codes_within(Axis.ORG, scope)


def _rows(frame: pl.DataFrame, quotas: Quotas, codes: frozenset[str] | None) -> pl.DataFrame:
    leaf = quotas.axes[0][-1]
    return frame if codes is None else frame.filter(pl.col(leaf).is_in(list(codes)))


def _seats(quotas: Quotas) -> int:
    return quotas.frame[quotas.axes[0][-1]].n_unique()


def _branch(board: Board) -> tuple[str, ...]:
    """The deepest branch that holds everything that is seen."""
    found: tuple[str, ...] = ()
    while len(parts := board.at(found).members) == 1:
        found = (*found, parts[0])
    return found
