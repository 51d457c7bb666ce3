"""Formulas read: a white list of a few forms of Python's grammar, bounded, never run."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.measures.condition import read_condition
from quotaloom.core.model.measures.expression import (
    Aggregate,
    Arithmetic,
    Between,
    How,
    Number,
    Reference,
    View,
    Viewed,
    columns,
)
from quotaloom.core.model.measures.piece import (
    NAME,
    Unread,
    called,
    read_column,
    read_days,
    read_number,
    unread,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.model.measures.expression import Column, Node, Sign

LONGEST: Final = 1000  # signs of a formula
MOST: Final = 200  # parts of its tree
DEEPEST: Final = 20
SIGNS: Final[dict[type[ast.operator], Sign]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
VIEWS: Final[dict[str, View]] = {one: one for one in get_args(View)}
HOWS: Final[dict[str, How]] = {one: one for one in get_args(How)}
MEMBERS: Final = frozenset({"distinct", "newcomers", "retained"})


def read_formula(text: str, code: str = "") -> Node:
    """The formula of a measure. Raises DataRefused naming the piece that cannot be read.

    Longer than 1,000 signs, 200 parts or 20 levels is refused before it is looked at.
    """
    written = text.strip()
    try:
        return _node(_tree(written), written)
    except Unread as refused:
        told = {**refused.params, "piece": refused.piece[:80], "formula": written[:200]}
        raise DataRefused([error(refused.code, code, **told)]) from refused


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise Unread("measure.formula_large", text, signs=LONGEST, parts=MOST, levels=DEEPEST)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as cause:
        raise Unread("measure.formula_unreadable", text) from cause
    layer: list[ast.AST] = [tree]
    depth = count = 0
    while layer:
        depth, count = depth + 1, count + len(layer)
        if depth > DEEPEST or count > MOST:
            raise Unread("measure.formula_large", text, signs=LONGEST, parts=MOST, levels=DEEPEST)
        layer = [child for one in layer for child in ast.iter_child_nodes(one)]
    return tree


def _node(node: ast.expr, text: str) -> Node:
    """A figure, or a figure of a row. Raises Unread for what is not on the list."""
    if isinstance(node, ast.Constant):
        return Number(read_number(node, text))
    if isinstance(node, ast.Name) and NAME.fullmatch(node.id):
        return Reference(node.id)
    if isinstance(node, ast.Attribute):
        return read_column(node)
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        return Arithmetic(SIGNS[type(node.op)], _node(node.left, text), _node(node.right, text))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Arithmetic("-", Number(Fraction(0)), _node(node.operand, text))
    if isinstance(node, ast.Call):
        return _call(node, text)
    raise unread(node)


def _call(node: ast.Call, text: str) -> Node:
    name = called(node)
    if name == "days":
        return read_days(node)
    if name == "between" and len(node.args) == 2 and not node.keywords:
        return Between(_node(node.args[0], text), _node(node.args[1], text))
    if name in VIEWS:
        return _viewed(node, VIEWS[name], text)
    if name in HOWS and len(node.args) == 1:
        return _aggregate(node, HOWS[name], text)
    raise unread(node, "measure.formula_call")


def _viewed(node: ast.Call, name: View, text: str) -> Viewed:
    if node.keywords or len(node.args) != (name != "elapsed"):
        raise unread(node, "measure.formula_call")
    return Viewed(name, _node(node.args[0], text)) if node.args else Viewed(name)


def _aggregate(node: ast.Call, how: How, text: str) -> Aggregate:
    """``sum(value)``, ``count(source)``, ``distinct(column)`` …, each with ``where=``."""
    keywords = {one.arg or "": one.value for one in node.keywords}
    allowed = {"where", "on"} | ({"of", "at_least"} if how == "distinct" else set())
    if not set(keywords) <= allowed or len(keywords) < len(node.keywords):
        raise unread(node, "measure.formula_call")
    where = read_condition(keywords["where"], text) if "where" in keywords else None
    on = read_column(keywords["on"]) if "on" in keywords else None
    if how == "count":
        return Aggregate(how, _counted(node), None, where, on)
    if how in MEMBERS:
        column = read_column(node.args[0])
        return Aggregate(how, column.source, column, where, on, *_least(keywords, text))
    value = _node(node.args[0], text)
    return Aggregate(how, _source(value, node), value, where, on)


def _counted(node: ast.Call) -> str:
    """The kind of facts whose rows are counted."""
    source = node.args[0]
    if isinstance(source, ast.Name) and NAME.fullmatch(source.id):
        return source.id
    raise unread(node, "measure.formula_call")


def _least(keywords: Mapping[str, ast.expr], text: str) -> tuple[Column | None, int]:
    """``of=column, at_least=2``: both or none."""
    if "of" not in keywords and "at_least" not in keywords:
        return None, 0
    least = keywords.get("at_least")
    if "of" not in keywords or not isinstance(least, ast.Constant):
        raise unread(least or keywords["of"], "measure.formula_call")
    count = read_number(least, text)
    if count.denominator != 1 or count < 1:
        raise unread(least, "measure.formula_call")
    return read_column(keywords["of"]), int(count)


def _source(value: Node, node: ast.Call) -> str:
    """The one kind of facts of which a row is taken."""
    sources = {column.source for column in columns(value)}
    if len(sources) != 1:
        raise unread(node, "measure.formula_sources")
    return sources.pop()
