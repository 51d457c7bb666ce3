"""Which expressions every engine answers alike, and their SQL in each dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import ibis.expr.operations as ops
from ibis.backends.sql import compilers
from ibis.common.exceptions import OperationNotDefinedError

if TYPE_CHECKING:
    from ibis.backends.sql.compilers.base import SQLGlotCompiler
    from ibis.expr.types import Table

Dialect = Literal["duckdb", "postgres", "pyspark"]
COMPILERS: Final[dict[Dialect, type[SQLGlotCompiler]]] = {
    "duckdb": compilers.DuckDBCompiler,
    "postgres": compilers.PostgresCompiler,
    "pyspark": compilers.PySparkCompiler,
}
ALIKE: Final = (
    ops.UnboundTable, ops.Project, ops.Filter, ops.Aggregate, ops.Distinct,
    ops.JoinChain, ops.JoinLink, ops.JoinReference, ops.SelfReference,
    ops.Field, ops.Literal, ops.Cast, ops.Coalesce, ops.Alias,
    ops.Sum, ops.Count, ops.CountStar, ops.CountDistinct, ops.Min, ops.Max,
    ops.Add, ops.Subtract, ops.Multiply, ops.DateDelta,
    ops.And, ops.Or, ops.Not, ops.IsNull, ops.NotNull, ops.InValues,
    ops.Equals, ops.NotEquals, ops.Less, ops.LessEqual, ops.Greater, ops.GreaterEqual,
)  # fmt: skip
"""No quotient, remainder, rounding or text function: of these each engine has its own opinion."""


class NotPortable(Exception):
    """An expression of which engines would give different answers, or one of them none."""


def sql(expression: Table, dialect: Dialect) -> str:
    """The expression in a dialect. Raises NotPortable for what is not alike everywhere."""
    strange = {type(one).__name__ for one in expression.op().find(ops.Node) if not _alike(one)}
    if strange:
        raise NotPortable(", ".join(sorted(strange)))
    compiler = COMPILERS[dialect]()
    try:
        return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))
    except OperationNotDefinedError as cause:
        raise NotPortable(str(cause)) from cause


def _alike(node: ops.Node) -> bool:
    if isinstance(node, ops.Cast):
        return bool(node.to.is_integer() or node.to.is_string())
    return isinstance(node, ALIKE)
