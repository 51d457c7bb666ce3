"""Make handouts of a plan, with a sheet a measure: the whole, or one for each member of a level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.handout import Handout, Stamp
from quotaloom.cycle.exchange.sheet import Sheet
from quotaloom.report.handout.draft import Ground, heads_of, lines_of, members_of
from quotaloom.report.handout.view import branch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.cycle.exchange.sheet import Quantity
    from quotaloom.report.handout.draft import View
    from quotaloom.report.pivot import Path

    Title = Callable[[str], str]

HANDED_OUT: Final = ("additive", "ratio")
"""The kinds of measures that go out: totals of the others are neither sums nor rates of sums."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Which state is handed out, when, by whom, and in which unit of money, which is ``size`` 分.

    ``position`` is the last edit of what is handed out, ``hash`` the journal's there; ``author`` is
    an opaque id.
    """

    plan: str
    title: str
    position: int
    hash: str
    time: str
    author: str
    size: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """The words on the sheets: of the whole plan, of what is not shown, and of periods."""

    whole: str
    rest: str
    period: Title


def handout_of(sheets: Sequence[Sheet], issue: Issue, scope: str = "") -> Handout:
    """Sheets as a handout with a number of its own."""
    stamp = Stamp(
        id=uuid4().hex,
        plan=issue.plan,
        position=issue.position,
        hash=issue.hash,
        time=issue.time,
        author=issue.author,
        scope=scope,
    )
    return Handout(stamp, issue.title, tuple(sheets))


def sheet_of(ground: Ground, view: View, issue: Issue) -> Sheet:
    """What a view shows of a measure. Raises UsageRefused for a kind that is not handed out."""
    measure = ground.plan.measure(ground.key[0])
    if measure.kind not in HANDED_OUT:
        raise UsageRefused([error("handout.not_additive", measure.code)])
    heads = heads_of(ground.pivot, view.columns)
    quantity = quantity_of(measure)
    unit, size, decimals = {
        "money": (measure.unit, issue.size, issue.decimals),
        "count": (measure.unit, 1, 0),
        "rate": (1, RATE, 2),
    }[quantity]
    lines = lines_of(ground, view, heads)
    return Sheet(ground.key, unit, size, decimals, heads, lines, quantity)


def quantity_of(measure: PlanMeasure) -> Quantity:
    """What the figures of a measure are."""
    if measure.kind == "ratio":
        return "rate"
    return "money" if measure.is_money else "count"


def whole(grounds: Sequence[Ground], issue: Issue, named: Named) -> Handout:
    """All of the plan that is seen."""
    top = ((), (), named.whole)
    return handout_of([_branch(one, top, issue, named) for one in grounds], issue)


def each(grounds: Sequence[Ground], level: str, issue: Issue, named: Named) -> Iterator[Handout]:
    """One handout for each member of a level, of her own branch alone.

    It has a sheet for each of the grounds in which something of the branch may be edited, or one
    to look at. All grounds have the same tuples.
    """
    for rows, node in members_of(grounds[0], level):
        top = (rows, node.path, node.name)
        mask = grounds[0].pivot.inside(rows, node.path, grounds[0].among)
        own = [replace(one, among=mask) for one in grounds]
        sheets = [_branch(one, top, issue, named) for one in own]
        open_ones = [one for one in sheets if one.entry_count]
        yield handout_of(open_ones or sheets[:1], issue, node.name)


def _branch(
    ground: Ground, top: tuple[Sequence[str], Path, str], issue: Issue, named: Named
) -> Sheet:
    return sheet_of(ground, branch(ground, top, named.period, named.rest), issue)
