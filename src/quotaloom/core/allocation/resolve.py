"""Typed wishes become sums over cells: which tuples, which periods, how many units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.cube import Cube, Wish, WishKind
from quotaloom.core.allocation.wish_text import quoted
from quotaloom.core.model.errors import QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import Finding, error, info
from quotaloom.core.model.money import nearest_multiple, plain_amount, to_units
from quotaloom.core.model.names import nearest_names
from quotaloom.core.model.period_labels import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from quotaloom.core.allocation.wish_text import NodeText, Relation, WishText
    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.core.model.periods import FiscalCalendar

MOST_PATHS = 5


@dataclass(frozen=True)
class Frame:
    """What a wish is read against: the cube, its calendar and year, total and unit in 分.

    ``also`` names a hierarchy or level by another header: the one of its display names, or the
    member column of a tree.
    """

    cube: Cube
    calendar: FiscalCalendar
    year: int
    total: int
    unit: int
    also: Mapping[str, str] = field(default_factory=dict)


def resolve(typed: WishText, kind: WishKind, frame: Frame) -> tuple[Wish, list[Finding]]:
    """The wish in units. Raises UsageRefused for an unknown node or an amount off the unit.

    A share of the total is rounded to the unit, that of a bound to its safe side, and reported.
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
        rounded = _rounded(typed.share * frame.total, frame.unit, typed.relation)
        shown = plain_amount(rounded)
        return rounded // frame.unit, [info("wish.share_is", typed.text, amount=shown)]
    minor = (typed.amount or 0) * 100
    if minor < 0:
        raise UsageRefused([error("wish.negative", typed.text)])
    return to_units(minor, frame.unit), []


def _rounded(minor: Fraction, unit: int, relation: Relation) -> int:
    if relation == ">=":
        return -(-minor // unit) * unit
    return minor // unit * unit if relation == "<=" else nearest_multiple(minor, unit)


def node_cells(node: NodeText, frame: Frame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The tuples and periods of a node.

    A name without header is a period of the plan; a text that names none may be a member.
    """
    count, span = frame.cube.size
    if node.header is not None:
        return _member_cells(node, frame), np.ones(span, dtype=np.bool_)
    try:
        return np.ones(count, dtype=np.bool_), _period_cells(node.path[0], frame)
    except QuotaLoomError as refusal:
        known = any(hierarchy.find(*node.path) for hierarchy in frame.cube.hierarchies)
        if not known and refusal.findings[0].code != "period.unreadable":
            raise
    return _member_cells(node, frame), np.ones(span, dtype=np.bool_)


def _period_cells(text: str, frame: Frame) -> NDArray[np.bool_]:
    """The plan's periods that add up to the one that is named."""
    wanted = parse_period(text, frame.calendar, frame.year)
    labels = [(p.label, *frame.cube.rollups.get(p.label, ())) for p in frame.cube.periods]
    inside = np.array([wanted.label in above for above in labels])
    if not inside.any():
        ends = {"first": frame.cube.periods[0].label, "last": frame.cube.periods[-1].label}
        raise UsageRefused([error("wish.period_outside", text, year=frame.year, **ends)])
    return inside


def _member_cells(node: NodeText, frame: Frame) -> NDArray[np.bool_]:
    hierarchies = frame.cube.hierarchies
    header = node.header if node.header is None else frame.also.get(node.header, node.header)
    found = [
        (axis, place)
        for axis, hierarchy in enumerate(hierarchies)
        for place in _places(hierarchy, header, node.path)
    ]
    if not found:
        raise UsageRefused([_unknown(node, header, frame)])
    if len(found) > 1:
        paths = "; ".join(_typed(hierarchies[a].path(p)) for a, p in found[:MOST_PATHS])
        raise UsageRefused([error("wish.several_members", _typed(node.path), paths=paths)])
    axis, place = found[0]
    first, past = hierarchies[axis].spans[place].tolist()
    members = frame.cube.members[axis]
    return np.asarray((members >= first) & (members < past))


def _typed(path: tuple[str, ...]) -> str:
    """A path as it must be typed."""
    return ">".join(quoted(name) for name in path)


def _places(hierarchy: Hierarchy, header: str | None, path: tuple[str, ...]) -> tuple[int, ...]:
    """The nodes of a path; a header names the level where it ends, or else where it begins."""
    if header is None or header == hierarchy.name:
        return hierarchy.find(*path)
    if header not in hierarchy.levels:
        return ()
    steps = len(path) - 1
    begins = hierarchy.levels.index(header) + steps
    return hierarchy.find(*path, level=header) or tuple(
        node for node in hierarchy.find(*path) if hierarchy.depths[node] == begins
    )


def _unknown(node: NodeText, header: str | None, frame: Frame) -> Finding:
    hierarchies = frame.cube.hierarchies
    headers = [word for h in hierarchies for word in (h.name, *h.levels)]
    if node.header is not None and header not in headers:
        known = ", ".join(dict.fromkeys([*headers, *frame.also]))
        return error("wish.unknown_header", node.header, known=known)
    names = [name for h in hierarchies for name in _names(h, header)]
    near = "、".join(quoted(name) for name in nearest_names(node.path[-1], names))
    return error("wish.unknown_member", _typed(node.path), nearest=near)


def _names(hierarchy: Hierarchy, header: str | None) -> list[str]:
    """The codes and names that a header may be asked for."""
    nodes: NDArray[np.integer] = np.arange(len(hierarchy))
    if header in hierarchy.levels:
        nodes = hierarchy.nodes_at(hierarchy.levels.index(header))
    elif header not in (None, hierarchy.name):
        return []
    return [
        word for node in nodes.tolist() for word in (hierarchy.codes[node], hierarchy.names[node])
    ]
