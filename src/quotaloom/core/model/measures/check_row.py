"""What a figure of one row counts, and whether the conditions on a row make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.measures.expression import (
    Arithmetic,
    Column,
    Compare,
    Days,
    Junction,
    Negation,
    Number,
    columns,
)
from quotaloom.core.model.measures.quantity import STORED, Quantity
from quotaloom.core.model.measures.rated import figure_and_rate
from quotaloom.core.model.measures.scope import added
from quotaloom.core.model.measures.source import held

if TYPE_CHECKING:
    from fractions import Fraction

    from quotaloom.core.model.measures.expression import Aggregate, Condition, Node
    from quotaloom.core.model.measures.scope import Scope


def names_known(node: Aggregate, scope: Scope) -> bool:
    """Whether the kind of facts and all columns are there, and all are of that kind."""
    source = scope.sources.get(node.source)
    if source is None:
        nearest = scope.nearest(node.source, scope.sources)
        scope.refuse("measure.source_unknown", name=node.source, nearest=nearest)
        return False
    if node.on and source.columns.get(node.on.name) != "day":
        scope.refuse("measure.on_no_day", column=str(node.on))
        return False
    before = len(scope.findings)
    for column in columns(node):
        if column.source != node.source:
            scope.refuse("measure.source_other", column=str(column), source=node.source)
        elif held(column, scope.sources) is None:
            nearest = scope.nearest(column.name, source.columns)
            scope.refuse("measure.column_unknown", column=str(column), nearest=nearest)
    return len(scope.findings) == before and _conditions(node.where, scope)


def _conditions(part: Condition | None, scope: Scope) -> bool:
    """Whether every comparison is of like with like."""
    if isinstance(part, Compare):
        return _compared(part, scope)
    if isinstance(part, Negation):
        return _conditions(part.condition, scope)
    if isinstance(part, Junction):
        judged = [_conditions(one, scope) for one in part.parts]  # every fault is named
        return all(judged)
    return True


def _compared(one: Compare, scope: Scope) -> bool:
    left = Quantity("day") if isinstance(one.left, Days) else held(one.left, scope.sources)
    if isinstance(one.right, Column):
        alike = left == held(one.right, scope.sources)
    elif isinstance(one.right, str):
        alike = left in ("text", "day")
    else:
        alike = isinstance(left, Quantity) and is_stored(one.right.value, left)
    if not alike:
        named = one.left.later if isinstance(one.left, Days) else one.left
        scope.refuse("measure.compared_unlike", column=str(named))
    return alike


def is_stored(value: Fraction, counts: Quantity) -> bool:
    """Whether facts are kept finely enough to equal a number."""
    return (value * STORED[counts.unit]).denominator == 1


def summed_counts(node: Node | None, scope: Scope) -> Quantity | None:
    """What rows that are added up count: a figure of each, or a share of it."""
    rated = figure_and_rate(node, scope.sources)
    return row_counts(rated[0] if rated else node, scope)


def row_counts(node: Node | None, scope: Scope) -> Quantity | None:
    """What a figure of one row counts: its columns added up, or taken a number of times."""
    if isinstance(node, Column):
        found = held(node, scope.sources)
        if isinstance(found, Quantity):
            return found
        scope.refuse("measure.column_no_figure", column=str(node))
        return None
    if isinstance(node, Days):
        return Quantity("day")
    if isinstance(node, Arithmetic) and node.sign in "+-":
        left, right = row_counts(node.left, scope), row_counts(node.right, scope)
        return added(left, right, scope) if left and right else None
    if isinstance(node, Arithmetic) and node.sign == "*":
        return _times(node, scope)
    scope.refuse("measure.row_arithmetic")
    return None


def _times(node: Arithmetic, scope: Scope) -> Quantity | None:
    """A whole number of times a figure of the row."""
    number, other = node.left, node.right
    if not isinstance(number, Number):
        number, other = other, number
    if isinstance(number, Number) and number.value.denominator == 1:
        return row_counts(other, scope)
    scope.refuse("measure.row_arithmetic")
    return None
