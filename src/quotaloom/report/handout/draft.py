"""The sheets of a handout out of what a page shows of a plan: rows, columns, what may be edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.wished import moved_key
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.sheet import Head, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotaloom.core.allocation.journal.axis import Axis
    from quotaloom.core.allocation.journal.place import Key, Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.report.pivot import Node, Path, Pivot


@dataclass(frozen=True, eq=False)
class View:
    """What is shown: nodes in the order of the page with their depth and name, the top one first.

    ``columns`` pairs places of the pivot's columns with titles; ``rest`` names what a branch holds
    beside the nodes that are shown.
    """

    rows: tuple[str, ...]
    nodes: Sequence[tuple[Node, int, str]]
    columns: Sequence[tuple[int, str]]
    rest: str


@dataclass(frozen=True, eq=False)
class Ground:
    """The plan that is handed out, seen as a pivot; ``among`` are the tuples of the handout.

    ``writable`` marks the tuples that its reader may write.
    """

    plan: Plan
    pivot: Pivot
    key: Key
    among: Mask
    writable: Mask

    def units(self, node: Node, columns: Sequence[tuple[int, str]]) -> tuple[int | None, ...]:
        """A node's figures in some columns, in units of the measure; None where none is given."""
        measure, figures = self.plan.measure(self.key[0]), node.figures
        unit = 1 if measure.kind == "ratio" else measure.unit
        told = (figures[place] for place, _ in columns)
        return tuple(None if one is None else one // unit for one in told)


def heads_of(pivot: Pivot, columns: Sequence[tuple[int, str]]) -> tuple[Head, ...]:
    """The columns that are shown; one whose parts are not all shown holds figures itself."""
    shown = {place: at for at, (place, _) in enumerate(columns)}
    found = []
    for place, title in columns:
        column = pivot.columns[place]
        parts = tuple(shown[part] for part in column.parts if part in shown)
        is_sum = len(parts) == len(column.parts)
        label = "" if len(column.leaves) == pivot.quota.shape[1] else column.label
        found.append(Head(label, title, parts if is_sum else ()))
    return tuple(found)


def lines_of(ground: Ground, view: View, heads: Sequence[Head]) -> tuple[Line, ...]:
    """The lines of a view. What a branch holds beside them is a line of its own, not to edit."""
    free = _free(ground)
    found: list[Line] = []

    def put(at: int) -> int:
        """Append a node with all that is below it; answers the place of the next one."""
        node, depth, name = view.nodes[at]
        mine = len(found)
        found.append(_line(ground, view, node, (depth, name)))
        after, below = at + 1, []
        while after < len(view.nodes) and view.nodes[after][1] > depth:
            below.append(view.nodes[after][0])
            after = put(after)
        if sum(one.tuples for one in below) not in (0, node.tuples):
            found.append(_rest(ground, view, (node, depth), below))
        count = len(found) - mine - 1
        entry = () if count else _entry(ground, view, node, (heads, free))
        found[mine] = replace(found[mine], below=count, entry=entry)
        return after

    end = 0
    while end < len(view.nodes):
        end = put(end)
    return tuple(found)


def _line(ground: Ground, view: View, node: Node, shown: tuple[int, str]) -> Line:
    depth, name = shown
    members = _members(ground, view.rows, node.path)
    figures = ground.units(node, view.columns)
    return Line(name, members, depth, 0, (), figures, node.last_year)


def _rest(ground: Ground, view: View, top: tuple[Node, int], below: Sequence[Node]) -> Line:
    """What of a branch is in none of the nodes below it."""
    node, depth = top
    every = [ground.units(one, view.columns) for one in below]
    whole = ground.units(node, view.columns)
    left = tuple(
        None if have is None or not node.adds else have - sum(one or 0 for one in told)
        for have, *told in zip(whole, *every, strict=True)
    )
    past = node.last_year
    last_year = None if past is None else past - sum(one.last_year or 0 for one in below)
    return Line(view.rest, (), depth + 1, 0, (), left, last_year)


def _members(ground: Ground, rows: Sequence[str], path: Path) -> tuple[Key, ...]:
    """The member of each axis that a path names, by one of its tuples."""
    plan = ground.plan
    inside = np.flatnonzero(ground.pivot.inside(rows, path, ground.among))
    named = {header for header, text in zip(rows, path, strict=False) if text}
    if not len(inside):
        return ()
    found = []
    for place, axis in enumerate(plan.axes):
        deepest = max((axis.levels.index(one) for one in named & set(axis.levels)), default=-1)
        if deepest >= 0:
            leaf = axis.members[plan.rows[inside[0], place]].id
            found.append((axis.name, _above(axis, leaf, deepest, plan)))
    return tuple(sorted(found))


def _above(axis: Axis, leaf: str, depth: int, plan: Plan) -> str:
    """The member at a depth above a leaf, as the tree stands in the last period."""
    path = axis.path(leaf, plan.periods[-1].start)
    return path[-1] if depth == len(axis.levels) - 1 else path[min(depth, len(path) - 1)]


def _entry(
    ground: Ground, view: View, node: Node, cut: tuple[Sequence[Head], Mask]
) -> tuple[int, ...]:
    """The columns in which a node may be edited: those in which some of its cells are free.

    None where the node is not exactly one slice of the plan, or reaches beyond what may be written.
    """
    heads, free = cut
    plan = ground.plan
    members = _members(ground, view.rows, node.path)
    region = plan.region(Slice(members, "", *ground.key))
    inside = np.flatnonzero(ground.pivot.inside(view.rows, node.path, ground.among))
    is_one = region.inside is None and np.array_equal(region.rows, inside)
    if not is_one or not ground.writable[inside].all():
        return ()
    open_in: Mask = np.logical_or.reduce(free[inside])
    return tuple(
        place
        for place, head in enumerate(heads)
        if not head.parts and open_in[plan.period_places(head.label)].any()
    )


def _free(ground: Ground) -> Mask:
    """The cells of the whole leaf table that an edit may move: not over, not held."""
    plan = ground.plan
    whole, moved = plan.region(Slice((), "", *ground.key)), moved_key(plan, ground.key)
    free = plan.writable(whole)
    for hold in plan.holds:
        if hold.kind == "cells" and hold.at.key == moved:
            free &= ~plan.region(hold.at).whole_mask(plan.shape)
    return free


def members_of(ground: Ground, level: str) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Each member of a level that is in the handout, with the levels that name it from the top.

    Raises UsageRefused for a header that is no level.
    """
    levels = next((axis.levels for axis in ground.plan.axes if level in axis.levels), None)
    if levels is None:
        allowed = ", ".join(one for axis in ground.plan.axes for one in axis.levels)
        raise UsageRefused([error("write.unknown_level", level, allowed=allowed)])
    rows = levels[: levels.index(level) + 1]
    for node in ground.pivot.walk(rows, (), ground.among, len(rows)):
        if len(node.path) == len(rows):
            yield rows, node
