"""Why a node of a plan has its number: share of its parent, part of the year, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.model.decomposition import Decomposition, Derivation, Margin
    from quotaloom.report.period_columns import Column
    from quotaloom.report.pivot import Mask, Node, Path, Pivot


@dataclass(frozen=True, slots=True)
class Step:
    """``whole`` × ``part`` ÷ ``of`` = ``real``; ``real`` is exact, in 分.

    ``part`` and ``of`` are weights in the basis' own scale.
    """

    whole: int
    part: int
    of: int

    @property
    def rate(self) -> Fraction:
        """The share; 0 where nothing weighs anything."""
        return Fraction(self.part, self.of) if self.of else Fraction(0)

    @property
    def real(self) -> Fraction:
        """The share of the whole before any rounding."""
        return self.whole * self.rate


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number: the node, its parent, the step from there, the rest, the part of the year.

    ``off`` is what whole units and wishes made of it: value - step.real. ``of_year`` is the
    node's whole year where the number is a period's.
    """

    node: Node
    parent: Node | None
    column: Column
    value: int
    step: Step | None
    off: Fraction
    of_year: int | None
    derivation: Derivation | None
    margins: tuple[Margin, ...]
    children: tuple[tuple[Node, int], ...]


def explain(
    one: Decomposition,
    pivot: Pivot,
    where: tuple[Sequence[str], Path, Mask],
    label: str,
) -> Explanation:
    """Why the node at ``where`` (rows, path, what is seen) has its number in a period column.

    Raises LookupError for a node or a period that is not there.
    """
    rows, path, seen = where
    place = next((at for at, c in enumerate(pivot.columns) if c.label == label), None)
    node = pivot.node(rows, path, seen)
    if place is None or not node.tuples:
        raise LookupError(label)
    value = int(node.values[place])
    parent = pivot.node(rows, path[:-1], seen) if path else None
    step = None
    if parent is not None:
        step = Step(int(parent.values[place]), node.basis, parent.basis)
    children = pivot.children(rows, path, seen)
    return Explanation(
        node=node,
        parent=parent,
        column=pivot.columns[place],
        value=value,
        step=step,
        off=value - step.real if step else Fraction(0),
        of_year=int(node.values[0]) if place else None,
        derivation=_derivation(one, rows, path),
        margins=one.margins if not path else (),
        children=tuple((child, int(child.values[place])) for child in children),
    )


def _derivation(one: Decomposition, rows: Sequence[str], path: Path) -> Derivation | None:
    """The line of 依据 where the path runs down one hierarchy."""
    shown = tuple(text for text in path if text)
    for name, levels in one.hierarchies:
        if tuple(rows[: len(path)]) == levels[: len(path)] and path:
            lines = (d for d in one.derivations if d.hierarchy == name and d.path == shown)
            return next(lines, None)
    return None
