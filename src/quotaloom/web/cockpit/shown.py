"""The cockpit's figures as a page shows them: marks, percentages, bars, links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from quotaloom.core.attainment.ratio import attainment
from quotaloom.core.attainment.standing import hidden_behind
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict
    from django.utils.functional import Promise

    from quotaloom.core.attainment.ratio import Light
    from quotaloom.core.attainment.standing import Rule
    from quotaloom.cycle.track.board import Board, Place

LIGHTS: Final[dict[Light, tuple[str, Promise]]] = {
    "green": ("●", _("On track")),
    "yellow": ("▲", _("Watch")),
    "red": ("■", _("Behind")),
}
WIDTH: Final = 100  # of a bar, in its own units
MOST_NEEDY: Final = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One member: figures in 分 as they are, ratios as texts, the bar's marks from 0 to 100."""

    place: Place
    at: str  # the rest of an address, from ``at=`` on; "" of what is no branch
    attained: str
    stretched: str  # against the challenge
    ahead: str
    growth: str
    light: Light | None
    mark: str
    word: str | Promise
    bar: dict[str, int]


def rows(places: Sequence[Place], query: QueryDict, rule: Rule, gone: Fraction | None) -> list[Row]:
    """The members as rows; their bars share one scale."""
    sizes = [
        max(one.standing.credit, one.standing.quota or 0, one.last_year or 0) for one in places
    ]
    most = max([1, *sizes])
    return [row(one, query, rule, gone, most) for one in places]


def made_of(board: Board, query: QueryDict, rule: Rule) -> list[Row]:
    """What the branch is made of: its parts; of a seat, which has none, its products."""
    gone = board.clock.gone
    if board.parts:
        return rows(board.parts, query, rule, gone)
    return [replace(one, at="") for one in rows(board.beside, query, rule, gone)]


def row(place: Place, query: QueryDict, rule: Rule, gone: Fraction | None, most: int = 0) -> Row:
    """A member as a row."""
    one = place.standing
    light = one.light(rule)
    mark, word = LIGHTS[light] if light else ("", "")
    most = most or max(1, one.credit, one.quota or 0)
    due = half_up((one.quota or 0) * gone) if gone is not None else 0
    told = {"credit": one.credit, "quota": one.quota or 0, "due": due, "ago": place.last_year or 0}
    bar = {name: min(max(amount, 0) * WIDTH // most, WIDTH) for name, amount in told.items()}
    return Row(
        place,
        address(query, at=list(place.path)),
        percent(one.attained),
        percent(attainment(one.credit, place.challenge)),
        points(one.ahead),
        growth(one.credit, place.last_year),
        light,
        mark,
        word,
        bar,
    )


def address(query: QueryDict, **changed: object) -> str:
    """The address's parameters with some of them changed; an empty one is left out."""
    told = query.copy()
    for name, value in changed.items():
        values = value if isinstance(value, list) else [value]
        told.setlist(name, [str(one) for one in values if one != ""])
        if not told.getlist(name):
            del told[name]
    return told.urlencode()


def percent(ratio: Fraction | None, places: int = 1) -> str:
    """A ratio as a percentage, halves away from zero; a dash for none."""
    return "—" if ratio is None else f"{decimal(ratio * 100, places)}%"


def points(value: Fraction | None) -> str:
    """A difference of percentages in points, always with its sign; a dash for none."""
    if value is None:
        return "—"
    return f"{'+' if value > 0 else ''}{decimal(value, 1)}"


def decimal(value: Fraction, places: int) -> str:
    """A number with so many decimals and separators."""
    scaled = half_up(value * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole:,}" + (f".{rest:0{places}}" if places else "")


def growth(now: int, before: int | None) -> str:
    """The change on a year ago, with its arrow; a dash where that was nothing or less."""
    if before is None or before <= 0:
        return "—"
    change = Fraction(now - before, before)
    return f"{'▲ ' if change > 0 else '▼ ' if change < 0 else ''}{percent(abs(change))}"


def table(board: Board, query: QueryDict, rule: Rule) -> dict[str, object]:
    """The parts by the members across: a head, and a row of cells (None where nothing is)."""
    cells = {one.path: one for one in board.table()}
    heads: dict[str, str] = {}
    for one in cells.values():
        heads[one.path[-1]] = one.name
    order = sorted(heads, key=lambda code: heads[code])
    gone = board.clock.gone
    body = []
    for part in board.parts:
        found = [cells.get((*part.path, code)) for code in order]
        told = [row(one, query, rule, gone) if one else None for one in found]
        body.append((row(part, query, rule, gone), told))
    return {"heads": [heads[code] for code in order], "body": body}


def needy(board: Board, query: QueryDict, rule: Rule) -> list[Row]:
    """The members that hold a quota themselves and are farthest from what is due, worst first."""
    depth = len(board.levels)
    leaves = [one for one in board.every if len(one.path) == depth]
    late = [one for one in leaves if one.standing.light(rule) in ("red", "yellow")]
    late.sort(key=lambda one: (-(one.standing.short or 0), one.path))
    return [row(one, query, rule, board.clock.gone) for one in late[:MOST_NEEDY]]


def hidden(board: Board, rule: Rule) -> int:
    """How many parts are behind while the whole is on track."""
    return hidden_behind(board.whole.standing, [one.standing for one in board.parts], rule)
