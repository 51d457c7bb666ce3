"""Make handouts of a plan: the whole, or one for each member of a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.handout import Handout, Stamp
from quotaloom.report.handout.draft import Ground, heads_of, lines_of, members_of
from quotaloom.report.handout.view import branch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotaloom.report.handout.draft import View

    Title = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Issue:
    """Which state is handed out, when, by whom, and in which unit, which is ``size`` 分.

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


def handout_of(ground: Ground, view: View, issue: Issue, scope: str = "") -> Handout:
    """What a view shows, as a handout with a number of its own.

    Raises UsageRefused for a measure whose periods do not add up: its sums would not be sums.
    """
    measure = ground.plan.measure(ground.key[0])
    if measure.kind != "additive":
        raise UsageRefused([error("handout.not_additive", measure.code)])
    heads = heads_of(ground.pivot, view.columns)
    stamp = Stamp(
        id=uuid4().hex,
        plan=issue.plan,
        position=issue.position,
        hash=issue.hash,
        time=issue.time,
        author=issue.author,
        scope=scope,
    )
    lines = lines_of(ground, view, heads)
    return Handout(
        stamp, issue.title, ground.key, measure.unit, issue.size, issue.decimals, heads, lines
    )


def whole(ground: Ground, issue: Issue, named: Named) -> Handout:
    """All of the plan that is seen."""
    view = branch(ground, ((), (), named.whole), named.period, named.rest)
    return handout_of(ground, view, issue)


def each(ground: Ground, level: str, issue: Issue, named: Named) -> Iterator[Handout]:
    """One handout for each member of a level, of her own branch alone."""
    for rows, node in members_of(ground, level):
        among = ground.pivot.inside(rows, node.path, ground.among)
        own = Ground(ground.plan, ground.pivot, ground.key, among, ground.writable)
        view = branch(own, (rows, node.path, node.name), named.period, named.rest)
        yield handout_of(own, view, issue, node.name)
