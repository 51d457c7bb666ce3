"""Conditions on a row, read from the few forms that the language has."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.measures.expression import (
    Blank,
    Compare,
    Junction,
    Negation,
    Number,
    OneOf,
)
from quotaloom.core.model.measures.piece import (
    called,
    read_column,
    read_days,
    read_number,
    unread,
)

if TYPE_CHECKING:
    from quotaloom.core.model.measures.expression import Column, Condition, Days, Relation

RELATIONS: Final[dict[type[ast.cmpop], Relation]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def read_condition(node: ast.expr, text: str) -> Condition:
    """A condition. Raises Unread for any other form."""
    if isinstance(node, ast.BoolOp):
        parts = tuple(read_condition(one, text) for one in node.values)
        return Junction("and" if isinstance(node.op, ast.And) else "or", parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Negation(read_condition(node.operand, text))
    if isinstance(node, ast.Call) and called(node) == "blank" and len(node.args) == 1:
        return Blank(read_column(node.args[0]))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node, text)
    raise unread(node, "measure.formula_condition")


def _compared(node: ast.Compare, text: str) -> Condition:
    relation, right = node.ops[0], node.comparators[0]
    if isinstance(relation, ast.In | ast.NotIn):
        found = OneOf(read_column(node.left), _texts(right))
        return Negation(found) if isinstance(relation, ast.NotIn) else found
    if type(relation) not in RELATIONS:
        raise unread(node, "measure.formula_condition")
    return Compare(RELATIONS[type(relation)], _left(node.left), _right(right, text))


def _left(node: ast.expr) -> Column | Days:
    if isinstance(node, ast.Call) and called(node) == "days":
        return read_days(node)
    return read_column(node)


def _right(node: ast.expr, text: str) -> Column | Number | str:
    if not isinstance(node, ast.Constant):
        return read_column(node)
    return node.value if isinstance(node.value, str) else Number(read_number(node, text))


def _texts(node: ast.expr) -> tuple[str, ...]:
    """The texts in brackets."""
    if isinstance(node, ast.Tuple | ast.List) and node.elts:
        found = [one.value for one in node.elts if isinstance(one, ast.Constant)]
        texts = tuple(one for one in found if isinstance(one, str))
        if len(texts) == len(node.elts):
            return texts
    raise unread(node, "measure.formula_condition")
