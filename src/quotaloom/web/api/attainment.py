"""Facts against the plan in force, node by node, as the cockpit and its workbook show them."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - ninja reads it
from typing import TYPE_CHECKING, Any, Final, Literal

from ninja import Query, Router, Schema

from quotaloom.core.attainment.ratio import attainment as attained_of
from quotaloom.core.attainment.standing import Rule
from quotaloom.web.api.door import Holding
from quotaloom.web.api.measure import ANSWERS, CountedOut, known, told
from quotaloom.web.api.part import Part, last_day
from quotaloom.web.api.plan import MeasureOut  # noqa: TC001 - ninja reads it
from quotaloom.web.api.problem import Refused
from quotaloom.web.cockpit.asked import Asked
from quotaloom.web.cockpit.selectors import seen_by
from quotaloom.web.cockpit.told import share
from quotaloom.web.plans.sight import READ

if TYPE_CHECKING:
    from quotaloom.cycle.track.board import Board, Place
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.cockpit.ruled import Ruled
    from quotaloom.web.cockpit.selectors import Seen

router = Router(tags=["attainment"])
CREDIT: Final = "ordered_net"  # what the order lines are held against the quotas in
PERCENT: Final = 100


class DaysOut(Schema):
    """Working days of the period: all, those over on the evening of the day, those that remain."""

    all: int
    over: int
    left: int


class PlanEditionOut(Schema):
    """The edition in force last; each month counts by the edition in force in it."""

    plan: str
    number: int
    name: str
    effective: date


class StandingOut(Schema):
    """Where a node stands: amounts in 分, shares in millionths, null for what cannot be said.

    ``attained`` is credit ÷ quota and ``stretched`` credit ÷ challenge; ``ahead`` (进度差) is
    attained − elapsed, 10,000 a percentage point, below 0 behind. ``gap`` is what is missing of the
    quota, ``short`` of the part of it that is due by now (below 0: more is there). ``projected`` is
    the run-rate: the end of the period at the pace so far; ``needed_a_day`` what each remaining
    working day must bring. ``last_year`` is the credit of the same days a year ago.
    """

    path: list[str]
    name: str
    quota: int | None
    challenge: int | None
    credit: int
    attained: int | None
    stretched: int | None
    ahead: int | None
    gap: int | None
    short: int | None
    projected: int | None
    needed_a_day: int | None
    last_year: int | None
    light: Literal["green", "yellow", "red"] | None


class AttainmentOut(Schema):
    """The branch and what it is made of, from the day ``first`` to ``last``, up to ``as_of``.

    ``elapsed`` (时间进度) is the share of the period that is due by then, in millionths.
    ``measure`` is what the quotas are of, ``credit`` what is held against them; ``rules`` says
    whether it was credited by the company's crediting rules. ``hidden`` counts the seats of the
    plan that the account does not see.
    """

    period: str
    first: date
    last: date
    as_of: date
    edition: PlanEditionOut
    measure: MeasureOut
    credit: CountedOut
    rules: Literal["none", "applied", "refused"]
    days: DaysOut
    elapsed: int | None
    hidden: int
    node: StandingOut
    items: list[StandingOut]
    total: int


class AttainmentAsked(Part):
    """Of which nodes, and against how much of the plan.

    ``pace``: due by working days, or by the plan's own months. ``ytd``: the whole period, or up to
    the plan's period that is open, with it or without. ``show``: the nodes right below the path (of
    a seat its products), all nodes below it, or those right below it by product, whose path ends
    with the product.
    """

    pace: Literal["days", "plan"] = "days"
    ytd: Literal["", "with", "without"] = ""
    show: Literal["parts", "all", "products"] = "parts"


@router.get(
    "",
    response={200: AttainmentOut, **ANSWERS},
    auth=Holding(READ, "period", "path", "as_of", "pace", "ytd", "show", "limit", "offset"),
)
def attainment(request: Request, asked: Query[AttainmentAsked]) -> dict[str, Any]:
    """Plan, fact, attainment and pace of a branch and its parts; 404 without plan or facts."""
    asked.span()
    place = Asked(asked.period, asked.as_of, asked.branch, asked.pace, Rule(), asked.ytd)
    seen = seen_by(request.user, place)
    if seen is None:
        raise Refused(404, "track.nothing_in_force")
    board = seen.board
    places = _shown(board, asked.show)
    part = places[asked.offset : asked.offset + asked.limit]
    return _about(seen) | {
        "node": _standing(board.whole),
        "items": [_standing(one) for one in part],
        "total": len(places),
    }


def _shown(board: Board, show: str) -> list[Place]:
    """The members asked for; a seat has no members below it but its products."""
    if show == "products":
        return board.table() or board.beside
    return (board.every if show == "all" else board.parts) or board.beside


def _about(seen: Seen) -> dict[str, Any]:
    board, dictionary = seen.board, known()
    clock, edition = board.clock, board.quotas.sources[-1]
    return {
        "period": board.span.label,
        "first": board.span.start,
        "last": last_day(board.span),
        "as_of": board.as_of,
        "edition": edition,
        "measure": board.quotas.measure,
        "credit": told(dictionary, dictionary.find(CREDIT)),
        "rules": _rules(seen.lines.rules),
        "days": {"all": clock.days, "over": clock.elapsed, "left": clock.left},
        "elapsed": share(clock.gone),
        "hidden": seen.hidden,
    }


def _rules(rules: Ruled) -> str:
    if rules.faults:
        return "refused"
    return "none" if rules.crediting is None else "applied"


def _standing(place: Place) -> dict[str, Any]:
    one = place.standing
    same = ("quota", "credit", "gap", "short", "projected")
    return {
        "path": list(place.path),
        "name": place.name,
        "challenge": place.challenge,
        "attained": share(one.attained),
        "stretched": share(attained_of(one.credit, place.challenge)),
        "ahead": None if one.ahead is None else share(one.ahead / PERCENT),
        "needed_a_day": one.needed,
        "last_year": place.last_year,
        "light": one.light(),
        **{name: getattr(one, name) for name in same},
    }
