"""The smallest pieces of a formula: numbers, texts, columns; and the refusal of any other."""

from __future__ import annotations

import ast
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.measures.expression import Column, Days

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Param

DIGITS: Final = 18
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Unread(Exception):
    """A piece that the language does not have; ``code`` and ``params`` become the finding."""

    def __init__(self, code: str, piece: str, **params: Param) -> None:
        super().__init__(code)
        self.code, self.piece, self.params = code, piece, params


def unread(node: ast.AST, code: str = "measure.formula_piece", **params: Param) -> Unread:
    """The refusal of a piece, quoted as Python writes it."""
    return Unread(code, ast.unparse(node), **params)


def read_number(node: ast.Constant, text: str) -> Fraction:
    """The number as it is written, digit by digit; 0.1 is a tenth."""
    written = ast.get_source_segment(text, node) or ""
    try:
        value = Decimal(written)
    except InvalidOperation as cause:
        raise unread(node) from cause
    if len(value.as_tuple().digits) > DIGITS or abs(value.adjusted()) > DIGITS:
        raise unread(node, "measure.formula_number", digits=DIGITS)
    return Fraction(value)


def read_column(node: ast.expr) -> Column:
    """``source.column``, or ``source.member.column`` for what is known of the member."""
    path: list[str] = []
    at = node
    while isinstance(at, ast.Attribute):
        path.insert(0, at.attr)
        at = at.value
    if isinstance(at, ast.Name) and NAME.fullmatch(at.id) and len(path) in (1, 2):
        return Column(at.id, path[-1], *path[:-1])
    raise unread(node, "measure.formula_column")


def read_days(node: ast.Call) -> Days:
    """``days(later, earlier)``."""
    if len(node.args) != 2 or node.keywords:
        raise unread(node, "measure.formula_call")
    return Days(*(read_column(one) for one in node.args))


def called(node: ast.expr) -> str:
    """The name of the function that a call names; empty for what is no call."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    return ""
