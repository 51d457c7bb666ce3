"""Two to four versions side by side, as an address asks for them, and the causes behind them."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from django.http import Http404

from quotaloom.core.allocation.journal.place import Region
from quotaloom.core.model.errors import UsageRefused
from quotaloom.cycle.plan.cause import Cause, Part, Side, causes
from quotaloom.report.comparison import Compared, column_place
from quotaloom.web.journals.opened import lives, reading
from quotaloom.web.plans.cut import shows_asked
from quotaloom.web.plans.store import column_of
from quotaloom.web.versions.version import version_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from django.http import QueryDict

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.planfile.journal import Journal
    from quotaloom.report.pivot import Path
    from quotaloom.web.accounts.models import User
    from quotaloom.web.plans.store import Figures
    from quotaloom.web.versions.version import Version

FEWEST: Final = 2
MOST: Final = 4
MOST_OPEN: Final = 400


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The versions, the order of rows, the period, and which node the causes are asked of.

    ``with_`` is the place of the version whose causes are asked, from 1. ``shows`` names the
    measure and the layer as the address does, "" for the plan's own.
    """

    versions: tuple[Version, ...]
    sides: tuple[Compared, ...]
    rows: tuple[str, ...]
    rows_text: str
    period: str
    by_change: bool
    opened: frozenset[Path]
    path: Path
    with_: int
    shows: Key

    @property
    def figures(self) -> Figures:
        """Those of the first version, whose measure and layer all of them show."""
        return self.versions[0].figures

    @property
    def has_causes(self) -> bool:
        """Whether edits add up to the differences: those of a rate do not."""
        return self.figures.measure.kind != "ratio"

    @property
    def pair(self) -> tuple[int, int]:
        """The places of the first version and the one whose causes are asked."""
        return 0, self.with_


def compared(user: User, query: QueryDict) -> Comparison:
    """What an address asks to see side by side. Raises Http404 for what cannot be read or seen."""
    refs = list(dict.fromkeys(query.getlist("v")))
    if not FEWEST <= len(refs) <= MOST:
        raise Http404
    shows = shows_asked(query)
    versions = tuple(version_seen(user, ref, shows) for ref in refs)
    rows_text, period = query.get("rows", ""), query.get("period", "")
    pivots = [one.pivot for one in versions]
    try:
        rows, *_ = [pivot.rows_asked(rows_text) for pivot in pivots]
        place = column_place(pivots, period)
    except UsageRefused as cause:
        raise Http404 from cause
    sides = tuple(Compared(one.pivot, one.sight.mask, place) for one in versions)
    return Comparison(
        versions,
        sides,
        rows,
        rows_text,
        period,
        query.get("sort") == "change",
        frozenset(_paths(query.get("open", "[]"))[:MOST_OPEN]),
        _path(query.get("path", "[]"), len(rows)),
        _place(query.get("with", "1"), len(versions)),
        shows,
    )


def causes_of(asked: Comparison) -> list[Cause]:
    """Why the two versions differ at the node: the edits that changed what is seen of it."""
    if not asked.has_causes:
        return []
    before, after = (asked.versions[place] for place in asked.pair)
    if not (lives(before.plan.pk) and lives(after.plan.pk)):
        whole = _now(asked, 1) - _now(asked, 0)
        return [Cause(None, whole)] if whole else []
    with ExitStack() as stack:
        ids = sorted({before.plan.pk, after.plan.pk})  # one order: two readers never wait in a ring
        journals = {one: stack.enter_context(reading(one)) for one in ids}
        first, second = (_side(asked, place, journals) for place in asked.pair)
        return causes(first, second)


def _side(asked: Comparison, place: int, journals: Mapping[UUID, Journal]) -> Side:
    version = asked.versions[place]
    return Side(journals[version.plan.pk], version.position, _part(asked, place, version))


def _part(asked: Comparison, place: int, version: Version) -> Callable[[LivingPlan], Part]:
    """The node's cells in any plan of a journal: the rows that make it up in the version."""
    side = asked.sides[place]
    rows = np.flatnonzero(side.pivot.inside(asked.rows, asked.path, side.among))
    periods = np.array(side.pivot.columns[side.column].leaves)

    def part(plan: LivingPlan) -> Part:
        key = column_of(version.plan, plan, asked.shows)
        there = rows[rows < len(plan.rows)]
        return Part(plan.column(key), Region(there, periods), plan.measure(key[0]).unit)

    return part


def _now(asked: Comparison, which: int) -> int:
    side = asked.sides[asked.pair[which]]
    return int(side.pivot.node(asked.rows, asked.path, side.among).values[side.column])


def _paths(text: str) -> Sequence[Path]:
    try:
        found = json.loads(text)
        return [tuple(map(str, path)) for path in found]
    except (ValueError, TypeError, RecursionError) as cause:
        raise Http404 from cause


def _path(text: str, deepest: int) -> Path:
    (found,) = _paths(f"[{text}]")
    if len(found) > deepest:
        raise Http404
    return found


def _place(text: str, count: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) < count:
        raise Http404
    return int(text)
