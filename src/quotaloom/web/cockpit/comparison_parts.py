"""What the module of comparisons shows: our own parts, the years before, the rivals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from quotaloom.core.attainment.standing import apart
from quotaloom.core.model.money import half_up
from quotaloom.cycle.cockpit.comparisons import SOLD, comparisons
from quotaloom.web.cockpit.grid import BAR, Cell, Grid, Line, Shown
from quotaloom.web.cockpit.shown import address, decimal, percent
from quotaloom.web.cockpit.told import PIECES, head, share, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from quotaloom.core.numeric.concentration import Spread
    from quotaloom.cycle.cockpit.comparisons import Comparisons, Rivals
    from quotaloom.cycle.track.board import Place
    from quotaloom.web.cockpit.look import Look

LARGEST: Final = 3  # of which CR is told
FRESH_DAYS: Final = 366


def comparisons_shown(look: Look, query: QueryDict) -> Shown:
    """Part against part, year against year, we against the rivals."""
    found = comparisons(look.source, look.lens)
    grids, messages = [], []
    board = look.seen.board if look.seen else None
    if board is not None:
        parts = _places(_("Part against part"), _("Member"), board.parts, query)
        across = _places(_("Product against product"), _("Product"), board.beside)
        for grid, gap in filter(None, (parts, across)):
            grids.append(grid)
            messages.append(gap)
    grids.append(_years(look, found))
    messages += _growth(found)
    if found.rivals is not None:
        grids.append(_rivals(found.rivals))
        messages += _market(found.rivals, look.lens.last)
    elif look.lens.members is None:
        messages.append(_("With shares of competitors imported, the rivals stand here as well."))
    return Shown(
        tuple(told(look.source, one) for one in found.tiles), tuple(grids), tuple(messages)
    )


def _attained(place: Place) -> tuple[bool, Fraction]:
    ratio = place.standing.attained
    return ratio is not None, ratio or Fraction(0)


def _points(value: Fraction | None) -> Cell:
    return Cell(None if value is None else half_up(value * PIECES), "point")


def _places(
    title: str, of: str, places: Sequence[Place], query: QueryDict | None = None
) -> tuple[Grid, str] | None:
    """The members, the best attainment first, and how far each is from it; None for less than two.

    With a query they are branches that can be opened.
    """
    best = sorted(places, key=_attained, reverse=True)
    gap = apart(one.standing.attained for one in best)
    if gap is None:
        return None
    heads = (
        _("Target"),
        _("Fact"),
        _("Attainment"),
        _("Behind the best (pp)"),
        _("On last year"),
    )
    top = best[0].standing.attained or Fraction(0)

    def line(place: Place) -> Line:
        one, ago = place.standing, place.last_year
        ratio = one.attained
        grown = Fraction(one.credit - ago, ago) if ago is not None and ago > 0 else None
        cells = (
            Cell(one.quota, "money"),
            Cell(one.credit, "money"),
            Cell(share(ratio), "share"),
            _points(None if ratio is None else (top - ratio) * 100),
            Cell(share(grown), "share"),
        )
        width = half_up(ratio / top * BAR) if ratio and top > 0 else 0
        at = "" if query is None else address(query, at=list(place.path))
        return Line(place.name, cells, at, max(width, 0))

    return Grid(title, of, heads, tuple(map(line, best))), _gap(title, best, gap)


def _gap(title: str, best: Sequence[Place], gap: Fraction) -> str:
    there = [one for one in best if one.standing.attained is not None]
    first, last = there[0], there[-1]
    text = _("%(title)s: %(best)s %(most)s, %(worst)s %(least)s, %(gap)s pp apart")
    return text % {
        "title": title,
        "best": first.name,
        "most": percent(first.standing.attained),
        "worst": last.name,
        "least": percent(last.standing.attained),
        "gap": decimal(gap, 1),
    }


def _years(look: Look, found: Comparisons) -> Grid:
    """The same days of each year."""
    most = max([1, *(one.sold for one in found.years)])
    lines = tuple(
        Line(
            one.label,
            (Cell(one.sold, "money"), Cell(share(one.growth), "share")),
            bar=max(one.sold, 0) * BAR // most,
        )
        for one in found.years
    )
    heads = (head(look.source, SOLD).column, _("On last year"))
    return Grid(_("Year against year, the same days"), _("Period"), heads, lines)


def _growth(found: Comparisons) -> list[str]:
    said = []
    if found.rate is not None:
        words = {"years": len(found.years) - 1, "rate": percent(found.rate)}
        said.append(_("Growth a year over %(years)s years: %(rate)s") % words)
    if found.begun:
        text = _("%(period)s is left out: its orders begin within the period.")
        said.append(text % {"period": found.begun})
    return said


def _rivals(rivals: Rivals) -> Grid:
    """Everybody whose share is told, and we."""
    every = [*rivals.named, *([] if rivals.own is None else [(_("We"), rivals.own)])]
    every.sort(key=lambda one: -one[1])
    lines = tuple(
        Line(
            name,
            (Cell(share(part / 100), "share"), _points(every[0][1] - part)),
            bar=min(half_up(part), BAR),
        )
        for name, part in every
    )
    heads = (_("Market share"), _("Behind the leader (pp)"))
    return Grid(_("We against the rivals"), _("Competitor"), heads, lines)


def _market(rivals: Rivals, today: date) -> list[str]:
    """What the shares say, of which day and year they are, and whether they can be true."""
    spread, day = rivals.spread, {"day": rivals.day}
    if spread is None:
        text = _(
            "The shares of %(day)s come to %(total)s, which is more than the whole. Check the file."
        )
        return [text % (day | {"total": percent(rivals.total / 100)})]
    words = day | {
        "largest": LARGEST,
        "together": percent(spread.largest(LARGEST) / 100),
        "others": percent(spread.others / 100),
        "hhi": decimal(spread.least, 0),
    }
    text = _(
        "Shares of %(day)s: CR%(largest)s %(together)s, others %(others)s, HHI at least %(hhi)s"
    )
    said = [text % words]
    if (today - rivals.day).days > FRESH_DAYS:
        said.append(_("These shares are more than a year old."))
    return said if rivals.own is None else [*said, _ours(rivals.own, rivals.own_year, spread)]


def _ours(own: Fraction, year: str, spread: Spread) -> str:
    relative = spread.relative(own)
    words = {
        "year": year,
        "share": percent(own / 100),
        "rank": spread.rank(own),
        "gap": decimal(spread.gap(own), 1),
        "relative": "—" if relative is None else decimal(relative, 3),
    }
    text = _(
        "Our share of %(year)s is %(share)s: number %(rank)s, %(gap)s pp behind the leader, "
        "relative share %(relative)s"
    )
    return text % words
