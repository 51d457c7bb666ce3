"""A share of a figure, row by row: amount × probability, added up before it is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.measures.expression import Arithmetic, Column, Number
from quotaloom.core.model.measures.quantity import Quantity
from quotaloom.core.model.measures.source import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.expression import Aggregate, Node
    from quotaloom.core.model.measures.source import Source


def is_rated(one: Aggregate) -> bool:
    """Whether an aggregate adds up products of two figures of each row."""
    value = one.value
    if one.how != "sum" or not isinstance(value, Arithmetic) or value.sign != "*":
        return False
    return not isinstance(value.left, Number) and not isinstance(value.right, Number)


def figure_and_rate(node: Node | None, sources: Mapping[str, Source]) -> tuple[Node, Column] | None:
    """The figure of a row and the column that says which share of it counts; None for no such."""
    if not isinstance(node, Arithmetic) or node.sign != "*":
        return None
    for figure, rate in ((node.left, node.right), (node.right, node.left)):
        if isinstance(rate, Column) and held(rate, sources) == Quantity("share"):
            return None if isinstance(figure, Number) else (figure, rate)
    return None
