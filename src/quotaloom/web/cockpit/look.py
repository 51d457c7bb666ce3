"""What somebody looks at in a module of the cockpit: a period, and the seats of a branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import timezone

from quotaloom.cycle.cockpit.lens import Lens, Source
from quotaloom.cycle.measures.known import measures_of
from quotaloom.cycle.track.placed import column_of
from quotaloom.web.cockpit.asked import calendar, span_of
from quotaloom.web.cockpit.order_lines import LINES
from quotaloom.web.cockpit.reach import reach_of, unseen_of
from quotaloom.web.cockpit.selectors import codes_of, seen_by
from quotaloom.web.data.shelf import facts_shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.web.accounts.models import User
    from quotaloom.web.cockpit.asked import Asked
    from quotaloom.web.cockpit.selectors import Seen

SEAT: Final = "seat"


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Measures and the lens on them. ``seen`` is the board, None without a plan or order lines.

    ``parts`` hold the seats of each part of the branch, ``names`` what the parts are called.
    """

    source: Source
    lens: Lens
    seen: Seen | None
    year: int
    parts: Mapping[tuple[str, ...], tuple[str, ...]] | None
    names: Mapping[tuple[str, ...], str]


def look(user: User, asked: Asked, codes: tuple[str, ...] = ()) -> Look:
    """What the user looks at: the seats of which she may read the measures of some codes.

    A measure that she may not read of all of them has no figures. Http404 for a branch outside the
    scope; raises UsageRefused for a code that is no measure.
    """
    seen = seen_by(user, asked)
    source = Source(facts_shelf(), measures_of(Path(settings.HOME)))
    found = _without_plan(user, asked, source) if seen is None else _on_board(seen, source)
    lens, reach = found.lens, reach_of(user, source.dictionary, codes)
    if reach is not None:
        members = reach if lens.members is None else reach & set(lens.members)
        lens = lens.of(sorted(members))
    unseen = unseen_of(user, source.dictionary, lens.members)
    return replace(found, source=replace(source, unseen=unseen), lens=lens)


def _on_board(seen: Seen, source: Source) -> Look:
    """The seats of the branch of the board."""
    board, codes = seen.board, seen.codes
    inside = tuple(board.leaves) if board.branch else _members(codes)
    lens = Lens(
        span=board.span,
        as_of=board.as_of,
        column=column_of(LINES, board.levels[-1]) or SEAT,
        members=inside,
        calendar=calendar(),
    )
    parts = board.leaves_of_parts()
    names = {one.path: one.name for one in board.parts}
    return Look(source, lens, seen, seen.year, parts, names)


def _without_plan(user: User, asked: Asked, source: Source) -> Look:
    """The facts alone, of this year."""
    day, own, codes = asked.as_of or timezone.localdate(), calendar(), codes_of(user)
    year = own.year_of(day)
    span = span_of(asked.period, year)
    lens = Lens(span=span, as_of=day, column=SEAT, members=_members(codes), calendar=own)
    return Look(source, lens, None, year, None, {})


def _members(codes: frozenset[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(sorted(codes))
