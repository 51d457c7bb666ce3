"""What a formula counts, found from its pieces; unlike things in one sum are refused."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.measures.check_row import names_known, row_counts, summed_counts
from quotaloom.core.model.measures.expression import (
    Aggregate,
    Arithmetic,
    Between,
    Number,
    Reference,
    Viewed,
    columns,
)
from quotaloom.core.model.measures.quantity import Quantity
from quotaloom.core.model.measures.scope import Told, added, refuse_unlike

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.model.measures.expression import Node
    from quotaloom.core.model.measures.kind import MeasureKind
    from quotaloom.core.model.measures.scope import Scope

COUNT: Final = Quantity("count")
SHARE: Final = Quantity("share")
_KINDS: Final[dict[str, MeasureKind]] = {"sum": "additive", "count": "additive", "last": "balance"}


def told_of(node: Node, scope: Scope) -> Told | None:
    """What a figure counts; None, with a finding in the scope, where it makes no sense."""
    rule = RULES.get(type(node))
    if rule is None:
        scope.refuse("measure.row_outside", column=str(next(columns(node))))
        return None
    return rule(node, scope)


def _number(node: Number, scope: Scope) -> Told:
    del node, scope
    return Told(None)


def _referred(node: Reference, scope: Scope) -> Told | None:
    found = scope.measures.get(node.code)
    if found is None:
        nearest = scope.nearest(node.code, scope.measures)
        scope.refuse("measure.unknown", name=node.code, nearest=nearest)
    return found


def _aggregated(node: Aggregate, scope: Scope) -> Told | None:
    if not names_known(node, scope):
        return None
    if node.how == "count":
        return Told(COUNT)
    if node.how not in _KINDS:
        return Told(COUNT, "distinct")
    counts = (summed_counts if node.how == "sum" else row_counts)(node.value, scope)
    return Told(counts, _KINDS[node.how]) if counts else None


def _viewed(node: Viewed, scope: Scope) -> Told | None:
    if node.figure is None:
        return Told(SHARE, "ratio")
    found = told_of(node.figure, scope)
    if found is None:
        return None
    if found.counts is None:
        scope.refuse("measure.number_viewed", view=node.view)
        return None
    if node.view in ("to_date", "whole") and found.kind != "additive":
        scope.refuse("measure.view_not_additive", view=node.view, kind=found.kind)
        return None
    return Told(found.counts, "balance" if node.view == "to_date" else found.kind)


def _between(node: Between, scope: Scope) -> Told | None:
    earlier, later = told_of(node.earlier, scope), told_of(node.later, scope)
    if not (earlier and later):
        return None
    if earlier.counts is None or later.counts is None:
        scope.refuse("measure.number_viewed", view="between")
        return None
    counts = earlier.counts.less_later(later.counts)
    if counts is None:
        refuse_unlike(earlier.counts, later.counts, scope)
    return _of_kinds(counts, earlier, later, scope) if counts else None


def _combined(node: Arithmetic, scope: Scope) -> Told | None:
    left, right = told_of(node.left, scope), told_of(node.right, scope)
    if not (left and right):
        return None
    if node.sign in "+-":
        return _sum(left, right, node, scope)
    if node.sign == "*":
        return _product(left, right, scope)
    return _quotient(left, right, scope)


def _sum(left: Told, right: Told, node: Arithmetic, scope: Scope) -> Told | None:
    if left.counts is None and right.counts is None:
        return Told(None)
    if left.counts is None or right.counts is None:
        return _with_number(left, right, node, scope)
    counts = added(left.counts, right.counts, scope)
    return _of_kinds(counts, left, right, scope) if counts else None


def _with_number(left: Told, right: Told, node: Arithmetic, scope: Scope) -> Told | None:
    """A number beside a share is a share; beside anything else only a sign (0 - x) makes sense."""
    other = right if left.counts is None else left
    if other.counts == SHARE or node.left == Number(Fraction(0)):
        return other
    scope.refuse("measure.number_added", unit=other.counts.unit if other.counts else "")
    return None


def _of_kinds(counts: Quantity, left: Told, right: Told, scope: Scope) -> Told | None:
    if left.kind != right.kind:
        scope.refuse("measure.kinds_differ", left=left.kind, right=right.kind)
        return None
    return Told(counts, left.kind)


def _product(left: Told, right: Told, scope: Scope) -> Told | None:
    """A number of times something, or a share of something."""
    if left.counts is None:
        return right
    if right.counts is None:
        return left
    for one, other in ((left, right), (right, left)):
        if one.counts == SHARE:
            return Told(other.counts, "ratio")
    scope.refuse("measure.no_product", left=left.counts.unit, right=right.counts.unit)
    return None


def _quotient(left: Told, right: Told, scope: Scope) -> Told | None:
    if right.counts is None:
        return left
    if left.counts is None:
        scope.refuse("measure.number_divided")
        return None
    counts = left.counts.over(right.counts)
    if counts is None:
        refuse_unlike(left.counts, right.counts, scope)
        return None
    return Told(counts, "ratio")


RULES: Final[dict[type, Callable[[Any, Scope], Told | None]]] = {
    Number: _number,
    Reference: _referred,
    Aggregate: _aggregated,
    Viewed: _viewed,
    Between: _between,
    Arithmetic: _combined,
}
