"""Versions of a plan side by side: the same nodes, a figure a version, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.numbers import growth_mille

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotaloom.report.pivot import Mask, Node, Path, Pivot


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A version: its pivot, what of it is seen, and the place of the period that is compared."""

    pivot: Pivot
    among: Mask
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One node in all versions, in 分 or what the measure is counted in.

    None where a version has no such node, or no figure there.
    """

    path: Path
    header: str
    name: str
    values: tuple[int | None, ...]
    has_children: bool

    @property
    def changes(self) -> tuple[int, ...]:
        """How much more each later version has than the first."""
        first = self.values[0] or 0
        return tuple((one or 0) - first for one in self.values[1:])

    @property
    def rates(self) -> tuple[int | None, ...]:
        """The changes in tenths of a percent; None where the first has nothing to compare with."""
        return tuple(growth_mille(one or 0, self.values[0]) for one in self.values[1:])


def column_place(pivots: Sequence[Pivot], label: str) -> int:
    """The place of a period, by its label in the first version; the first place for "".

    Versions of other years have it at the same place. Raises UsageRefused (``version.unlike``).
    """
    first = [column.label for column in pivots[0].columns]
    place = first.index(label) if label in first else 0
    unlike = (label and label not in first) or any(len(one.columns) != len(first) for one in pivots)
    if unlike:
        raise UsageRefused([error("version.unlike", label or "—")])
    return place


def whole(sides: Sequence[Compared], rows: Sequence[str], path: Path = ()) -> Line:
    """One node; the whole of each version for the empty path."""
    nodes = [side.pivot.node(rows, path, side.among) for side in sides]
    found = next((one for one in nodes if one.tuples), nodes[0])
    figures = zip(nodes, sides, strict=True)
    values = tuple(_value(node, side) if node.tuples else None for node, side in figures)
    return Line(path, found.header, found.name, values, any(one.has_children for one in nodes))


def below(
    sides: Sequence[Compared], rows: Sequence[str], path: Path, *, by_change: bool = False
) -> list[Line]:
    """The nodes one level below a path, in tree order, or the largest change of any first."""
    found: dict[Path, list[Node | None]] = {}
    for place, side in enumerate(sides):
        for node in side.pivot.children(rows, path, side.among):
            found.setdefault(node.path, [None] * len(sides))[place] = node
    lines = [_line(nodes, sides) for nodes in found.values()]
    if by_change:
        lines.sort(key=lambda one: -max(map(abs, one.changes), default=0))
    return lines


def opened(
    sides: Sequence[Compared], rows: Sequence[str], paths: frozenset[Path], *, by_change: bool
) -> Iterator[tuple[Line, int]]:
    """The lines below the open nodes with their depth, each node before those below it."""

    def walk(path: Path, depth: int) -> Iterator[tuple[Line, int]]:
        for line in below(sides, rows, path, by_change=by_change):
            yield line, depth
            if line.path in paths:
                yield from walk(line.path, depth + 1)

    yield from walk((), 1)


def _line(nodes: Sequence[Node | None], sides: Sequence[Compared]) -> Line:
    there = [one for one in nodes if one is not None]
    values = tuple(
        None if node is None else _value(node, side)
        for node, side in zip(nodes, sides, strict=True)
    )
    first = there[0]
    has_children = any(one.has_children for one in there)
    return Line(first.path, first.header, first.name, values, has_children)


def _value(node: Node, side: Compared) -> int | None:
    return node.figures[side.column]
