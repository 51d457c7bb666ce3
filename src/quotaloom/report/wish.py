"""Wishes tied to the cells they speak of, so that they can be checked again from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.allocation.wish_text import parse_wish
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.report.period_columns import Column, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.wish_text import NodeText
    from quotaloom.core.model.decomposition import Decomposition, Margin
    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.report.cube import Cube, Ints, Path

    Place = tuple[tuple[tuple[str, str], ...], str]  # members by column, and a period

Kind = Literal["fix", "hold", "bound"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as written, its inclusive limits in 分, and the cells whose sum it is about.

    ``where`` are pairs of a column and a member, all of which hold; ``period`` is a label, "" for
    the whole time. ``is_found`` is False where the text could not be tied to cells.
    """

    text: str
    kind: Kind
    low: int | None
    high: int | None
    where: tuple[tuple[str, str], ...] = ()
    period: str = ""
    is_found: bool = True

    def admits(self, reached: int, scale: int = 1) -> bool:
        """Whether an amount, in ``1/scale`` 分, keeps the wish."""
        return (self.low is None or self.low * scale <= reached) and (
            self.high is None or reached <= self.high * scale
        )


def tied(margin: Margin, cube: Cube, plan: Decomposition) -> Wish:
    """The wish with its cells: the members and the period that its text names.

    Only a reading whose sum is the amount that the margin reached is believed.
    """
    columns = columns_of(cube.periods, plan.rollups)
    lost = Wish(margin.text, margin.kind, margin.low, margin.high, is_found=False)
    try:
        nodes = parse_wish(margin.text, relations=("=", ">=", "<=")).nodes
        read = [_period(node, plan, columns) or _member(node, cube, plan) for node in nodes]
    except QuotaLoomError:
        return lost
    if not all(read):
        return lost
    where = tuple(pair for pairs, _ in filter(None, read) for pair in pairs)
    period = next((label for _, label in filter(None, read) if label), "")
    wish = replace(lost, where=where, period=period, is_found=True)
    return wish if reached(wish, cube, columns) == margin.reached else lost


def reached(wish: Wish, cube: Cube, columns: Sequence[Column]) -> int | None:
    """The sum of the wish's cells; None where a column or a period is not there."""
    leaves = {column.label: column.leaves for column in columns} | {"": columns[0].leaves}
    known = wish.period in leaves and all(name in cube.combos.columns for name, _ in wish.where)
    if not known:
        return None
    rows: NDArray[np.bool_] = np.ones(len(cube), np.bool_)
    for header, member in wish.where:
        rows &= (cube.combos[header] == member).to_numpy()
    chosen: Ints = cube.quota[rows][:, list(leaves[wish.period])]
    return int(chosen.sum())


def _period(node: NodeText, plan: Decomposition, columns: Sequence[Column]) -> Place | None:
    """The period that a name without a header means, None where it means none."""
    if node.header is not None:
        return None
    first = plan.periods[0]
    calendar = FiscalCalendar(start_month=first.start.month)
    try:
        label = parse_period(node.path[0], calendar, first.year).label
    except QuotaLoomError:
        label = node.path[0]
    return ((), label) if label in {column.label for column in columns} else None


def _member(node: NodeText, cube: Cube, plan: Decomposition) -> Place | None:
    """The only member that a path means, as the codes down to it."""
    code_of = {name: code for code, name in plan.label_of.items()}
    header = code_of.get(node.header or "", node.header)
    shapes = [tree.hierarchy for tree in cube.trees]
    named = [shape for shape in shapes if header == shape.name or header in shape.levels]
    found = [
        (shape, place) for shape in named or shapes for place in _places(shape, header, node.path)
    ]
    if len(found) != 1:
        return None
    shape, place = found[0]
    return tuple(zip(shape.levels, shape.path(place), strict=False)), ""


def _places(shape: Hierarchy, header: str | None, path: Path) -> tuple[int, ...]:
    """The nodes of a path; a header names the level where it ends, or else where it begins."""
    ends = shape.find(*path, level=header) if header in shape.levels else ()
    return ends or shape.find(*path)
