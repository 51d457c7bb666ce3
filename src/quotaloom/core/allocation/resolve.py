"""Typed wishes become sums over cells: which tuples, which periods, how many units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.cube import Cube, Wish, WishKind
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import Finding, error, info
from quotaloom.core.model.money import nearest_multiple, plain_amount, to_units
from quotaloom.core.model.names import nearest_names
from quotaloom.core.model.period_labels import parse_period

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.core.allocation.wish_text import NodeText, WishText
    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.core.model.periods import FiscalCalendar


@dataclass(frozen=True)
class Frame:
    """What a wish is read against: the cube, its calendar and year, total and unit in 分."""

    cube: Cube
    calendar: FiscalCalendar
    year: int
    total: int
    unit: int


def resolve(typed: WishText, kind: WishKind, frame: Frame) -> tuple[Wish, list[Finding]]:
    """The wish in units. Raises UsageRefused for an unknown node or an amount off the unit.

    A share of the total is rounded to the unit and the amount reported.
    """
    count, span = frame.cube.size
    tuples, periods = np.ones(count, dtype=np.bool_), np.ones(span, dtype=np.bool_)
    for node in typed.nodes:
        mine, when = node_cells(node, frame)
        tuples &= mine
        periods &= when
    if not (tuples.any() and periods.any()):
        raise UsageRefused([error("wish.no_cell", typed.text)])
    units, said = _units(typed, frame)
    low = 0 if typed.relation == "<=" else units
    high = None if typed.relation == ">=" else units
    return Wish(typed.text, kind, tuples, periods, low, high), said


def _units(typed: WishText, frame: Frame) -> tuple[int, list[Finding]]:
    if typed.share is not None:
        minor: Fraction | int = typed.share * frame.total
        rounded = nearest_multiple(minor, frame.unit)
        shown = plain_amount(rounded)
        return rounded // frame.unit, [info("wish.share_is", typed.text, amount=shown)]
    minor = (typed.amount or 0) * 100
    if minor < 0:
        raise UsageRefused([error("wish.negative", typed.text)])
    return to_units(minor, frame.unit), []


def node_cells(node: NodeText, frame: Frame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The tuples and periods of a node. A name without header may be a period or a member."""
    count, span = frame.cube.size
    if node.header is not None:
        return _member_cells(node, frame.cube), np.ones(span, dtype=np.bool_)
    try:
        return np.ones(count, dtype=np.bool_), _period_cells(node.path[0], frame)
    except QuotaLoomError as refusal:
        if refusal.findings[0].code != "period.unreadable":
            raise
    return _member_cells(node, frame.cube), np.ones(span, dtype=np.bool_)


def _period_cells(text: str, frame: Frame) -> NDArray[np.bool_]:
    wanted = parse_period(text, frame.calendar, frame.year)
    periods = frame.cube.periods
    inside = np.array([wanted.start <= p.start and p.end <= wanted.end for p in periods])
    if not inside.any() or wanted.year != frame.year:
        leaf = periods[0].kind
        raise UsageRefused([error("wish.period_outside", text, year=frame.year, leaf=leaf)])
    return inside


def _member_cells(node: NodeText, cube: Cube) -> NDArray[np.bool_]:
    found = [
        (axis, place)
        for axis, hierarchy in enumerate(cube.hierarchies)
        for place in _places(hierarchy, node)
    ]
    if not found:
        raise UsageRefused([_unknown(node, cube)])
    if len(found) > 1:
        paths = "; ".join(" > ".join(cube.hierarchies[a].path(p)) for a, p in found[:5])
        raise UsageRefused([error("wish.several_members", " > ".join(node.path), paths=paths)])
    axis, place = found[0]
    first, past = cube.hierarchies[axis].spans[place].tolist()
    members = cube.members[axis]
    return np.asarray((members >= first) & (members < past))


def _places(hierarchy: Hierarchy, node: NodeText) -> tuple[int, ...]:
    if node.header is None or node.header == hierarchy.name:
        return hierarchy.find(*node.path)
    if node.header in hierarchy.levels:
        return hierarchy.find(*node.path, level=node.header)
    return ()


def _unknown(node: NodeText, cube: Cube) -> Finding:
    headers = [h for hierarchy in cube.hierarchies for h in (hierarchy.name, *hierarchy.levels)]
    if node.header is not None and node.header not in headers:
        known = ", ".join(dict.fromkeys(headers))
        return error("wish.unknown_header", node.header, known=known)
    mine = [h for h in cube.hierarchies if node.header in (None, h.name, *h.levels)]
    names = [name for h in mine for name in (*h.codes, *h.names)]
    near = "、".join(nearest_names(node.path[-1], names))
    return error("wish.unknown_member", " > ".join(node.path), nearest=near)
