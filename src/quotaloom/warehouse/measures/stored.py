"""Formulas in the whole numbers in which facts are stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotaloom.core.model.measures.expression import (
    Aggregate,
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
from quotaloom.core.model.measures.source import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.expression import Condition
    from quotaloom.core.model.measures.source import Source


def stored(one: Aggregate, known: Mapping[str, Source]) -> Aggregate:
    """The aggregate with the numbers of its conditions as its columns keep them."""
    return replace(one, where=_condition(one.where, known)) if one.where else one


def scale(one: Aggregate, known: Mapping[str, Source]) -> int:
    """Of how many of its whole numbers one unit of an aggregate consists."""
    if one.how not in ("sum", "last"):
        return 1
    rated = figure_and_rate(one.value, known)
    found = held(next(columns(rated[0] if rated else one.value)), known)
    own = STORED[found.unit] if isinstance(found, Quantity) else 1
    return own * STORED["share"] if rated else own


def _condition(part: Condition, known: Mapping[str, Source]) -> Condition:
    if isinstance(part, Junction):
        return Junction(part.word, tuple(_condition(one, known) for one in part.parts))
    if isinstance(part, Negation):
        return Negation(_condition(part.condition, known))
    if isinstance(part, Compare) and isinstance(part.right, Number):
        return replace(part, right=Number(part.right.value * _scale(part.left, known)))
    return part


def _scale(left: Column | Days, known: Mapping[str, Source]) -> int:
    found = held(left, known) if isinstance(left, Column) else None
    return STORED[found.unit] if isinstance(found, Quantity) else 1
