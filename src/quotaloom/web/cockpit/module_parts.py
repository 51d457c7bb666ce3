"""What each module shows: the funnel stage by stage, the largest customers, who does what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotaloom.cycle.cockpit import customers as customer_figures
from quotaloom.cycle.cockpit.funnel import WON, funnel
from quotaloom.cycle.cockpit.team import COUNTED, team
from quotaloom.web.cockpit.grid import BAR, Cell, Grid, Line, Shown
from quotaloom.web.cockpit.shown import address, percent, points
from quotaloom.web.cockpit.told import head, share, told

if TYPE_CHECKING:
    from django.http import QueryDict

    from quotaloom.cycle.cockpit.customers import Ranked
    from quotaloom.cycle.cockpit.funnel import Funnel, Stage
    from quotaloom.cycle.cockpit.team import Doer
    from quotaloom.web.cockpit.look import Look

PIECES: Final = 10**4


def funnel_shown(look: Look, query: QueryDict) -> Shown:
    """Opportunities by stage, how many go on, and the bottleneck."""
    found = funnel(look.source, look.lens)
    most = max([1, *(one.entered for one in found.stages)])
    worst = found.bottleneck
    lines = tuple(_stage_line(one, query, most, is_worst=one is worst) for one in found.stages)
    heads = (
        _("Entered in the period"),
        _("Went on to the next"),
        _("A year before"),
        _("Open opportunities"),
        _("Open amount"),
        _("Weighted amount"),
    )
    grid = Grid(_("Stage by stage"), _("Stage"), heads, lines)
    tiles = tuple(told(look.source, one) for one in found.tiles)
    return Shown(tiles, (grid,), tuple(_funnel_messages(found)))


def _stage_line(one: Stage, query: QueryDict, most: int, *, is_worst: bool) -> Line:
    def at(code: str) -> str:
        return address(query, of=code, by="stage", member=one.name)

    own = one.name != WON
    cells = (
        Cell(one.entered * PIECES, "count", at("stage_entries") if own else ""),
        Cell(share(one.goes_on), "share"),
        Cell(share(one.went_on), "share"),
        Cell(one.open * PIECES, "count", at("open_deals") if own else ""),
        Cell(one.amount, "money", at("pipeline") if own else ""),
        Cell(one.weighted, "money", at("weighted_pipeline") if own else ""),
    )
    mark = _("Bottleneck") if is_worst else ""
    return Line(_stage_name(one.name), cells, bar=one.entered * BAR // most, mark=mark)


def _stage_name(name: str) -> str:
    return _("Won") if name == WON else name


def _funnel_messages(found: Funnel) -> list[str]:
    said = []
    worst = found.bottleneck
    if worst is not None:
        names = {"stage": _stage_name(worst.name), "next": _stage_name(worst.following)}
        params = names | {"share": percent(worst.goes_on)}
        said.append(_("Bottleneck: %(stage)s → %(next)s, %(share)s go on") % params)
        if worst.lost_ground is not None:
            change = points(-worst.lost_ground * 100)
            said.append(_("%(change)s pp on a year before") % {"change": change})
    else:
        said.append(_("What goes on from stage to stage is known once stage changes are imported."))
    if found.unrated:
        text = ngettext(
            "%(count)s open opportunity has no probability and weighs nothing.",
            "%(count)s open opportunities have no probability and weigh nothing.",
            found.unrated,
        )
        said.append(text % {"count": found.unrated})
    return said


def customers_shown(look: Look, query: QueryDict) -> Shown:
    """New and existing customers, those who buy most, and their industries."""
    found = customer_figures.customers(look.source, look.lens)
    grids = (
        _ranked(look, query, _("Largest customers"), "customer", found.top),
        _ranked(look, query, _("Industries"), "industry", found.industries),
    )
    return Shown(tuple(told(look.source, one) for one in found.tiles), grids)


def _ranked(look: Look, query: QueryDict, title: str, by: str, rows: Ranked) -> Grid:
    codes = customer_figures.TOP if by == "customer" else customer_figures.INDUSTRIES
    heads = [head(look.source, code) for code in codes]
    most = max([1, *(row[codes[0]] or 0 for _name, row in rows)])
    lines = tuple(
        Line(
            name,
            tuple(
                Cell(row[one.code], one.unit, address(query, of=one.code, by=by, member=name))
                for one in heads
            ),
            bar=max(row[codes[0]] or 0, 0) * BAR // most,
        )
        for name, row in rows
    )
    of = _("Customer") if by == "customer" else _("Industry")
    return Grid(title, of, tuple(one.column for one in heads), lines)


def team_shown(look: Look, query: QueryDict) -> Shown:
    """Activities, leads and how fast they are followed up, part by part."""
    found = team(look.source, look.lens, look.parts)
    heads = [head(look.source, code) for code in COUNTED]
    rate = head(look.source, "follow_up_rate")
    lines = tuple(_doer(look, query, one) for one in found.parts)
    names = (*(one.name for one in heads), rate.name)
    grid = Grid(_("Who does what"), _("Member"), names, lines)
    return Shown(tuple(told(look.source, one) for one in found.tiles), (grid,) if lines else ())


def _doer(look: Look, query: QueryDict, one: Doer) -> Line:
    """A part of the team; without a plan its members are no branches that can be opened."""

    def at(code: str) -> str:
        if look.parts is None:
            return address(query, of=code, by=look.lens.column, member=one.path[-1])
        return address(query, of=code, at=list(one.path))

    counts = tuple(Cell(one.figures[code], "count", at(code)) for code in COUNTED)
    rate = Cell(share(one.followed_in_time), "share", at("follow_up_rate"))
    branch = "" if look.parts is None else address(query, at=list(one.path))
    return Line(look.names.get(one.path, one.path[-1]), (*counts, rate), branch)
