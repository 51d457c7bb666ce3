"""The parts of a formula, as values: nothing in them can be run."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

Sign = Literal["+", "-", "*", "/"]
Relation = Literal["==", "!=", "<", "<=", ">", ">="]
How = Literal["sum", "count", "distinct", "newcomers", "retained", "last"]
View = Literal["previous", "last_year", "to_date", "whole", "quota", "elapsed"]


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of facts; ``through`` a member of it, a column of that member's own."""

    source: str
    name: str
    through: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.source, self.through, self.name) if part)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another measure, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two figures, or two figures of one row."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of one row from the earlier day to the later one."""

    later: Column
    earlier: Column


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition on one row; blank compares with nothing, as everywhere in these formulas."""

    relation: Relation
    left: Column | Days
    right: Column | Number | str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a column holds one of some texts."""

    column: Column
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Whether a column is blank."""

    column: Column


@dataclass(frozen=True, slots=True)
class Negation:
    """Whether a condition that could be judged is not met."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Junction:
    """Several conditions at once, or any of them."""

    word: Literal["and", "or"]
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure of many rows.

    ``sum`` adds the value up and ``count`` counts rows; ``distinct`` counts members, those with at
    least ``at_least`` different ``of`` where that is given; ``newcomers`` counts the members whose
    first row lies in the period, ``retained`` those of this period who were there in the one
    before; ``last`` adds up the rows of the last day that has any in the period. A row counts
    ``on`` a day of its own, its ``date`` where none is told.
    """

    how: How
    source: str
    value: Node | None = None
    where: Condition | None = None
    on: Column | None = None
    of: Column | None = None
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Viewed:
    """A figure seen from elsewhere.

    Of the period before, of the same period a year earlier, of all periods up to this one, of all
    groups together, its quota; ``elapsed`` has no figure, it is the share of working days over.
    """

    view: View
    figure: Node | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """What has reached an earlier stage and not yet a later one."""

    earlier: Node
    later: Node


Condition = Compare | OneOf | Blank | Negation | Junction
Node = Number | Column | Reference | Arithmetic | Days | Aggregate | Viewed | Between
STANDS_FOR_ANY: Final = "measure"
"""The reference that a derivation replaces by the measure it is asked of."""


def children(node: Node) -> tuple[Node, ...]:
    """The figures that a figure is made of; what is inside an aggregate belongs to its rows."""
    if isinstance(node, Arithmetic):
        return (node.left, node.right)
    if isinstance(node, Between):
        return (node.earlier, node.later)
    if isinstance(node, Viewed) and node.figure is not None:
        return (node.figure,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all figures below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def replaced(node: Node, code: str, by: Node) -> Node:
    """The formula with another figure where a measure is referred to."""
    if isinstance(node, Reference):
        return by if node.code == code else node
    if isinstance(node, Arithmetic):
        left, right = (replaced(one, code, by) for one in (node.left, node.right))
        return Arithmetic(node.sign, left, right)
    if isinstance(node, Between):
        return Between(replaced(node.earlier, code, by), replaced(node.later, code, by))
    if isinstance(node, Viewed) and node.figure is not None:
        return Viewed(node.view, replaced(node.figure, code, by))
    return node


def columns(part: object) -> Iterator[Column]:
    """The columns that a formula or a piece of it reads, in the order in which it names them."""
    if isinstance(part, Column):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from columns(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from columns(getattr(part, field.name))
