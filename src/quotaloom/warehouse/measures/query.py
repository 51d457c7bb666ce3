"""Aggregates of formulas as Ibis expressions: filters, joins and sums, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import TYPE_CHECKING, Any, Final

import ibis

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.measures.expression import (
    Arithmetic,
    Blank,
    Column,
    Compare,
    Days,
    Junction,
    Negation,
    Number,
    OneOf,
    columns,
)
from quotaloom.core.model.measures.quantity import Quantity
from quotaloom.core.model.measures.rated import figure_and_rate, is_rated
from quotaloom.core.model.measures.source import held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ibis.expr.types import BooleanValue, Table, Value

    from quotaloom.core.model.measures.expression import Aggregate, Condition, Node
    from quotaloom.core.model.measures.source import Source

CALENDAR: Final = "§calendar"
PERIOD, DAY, RATE = "§period", "§day", "§rate"
UNDATED: Final = -1  # the period of rows without a day
RELATIONS: Final = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True)
class Grain:
    """How finely to add up: key columns, periods by a calendar table, facts up to a day.

    Without a calendar everything is one period, 0. ``within`` keeps the rows of some members.
    """

    keys: tuple[str, ...] = ()
    is_dated: bool = True
    until: date | None = None
    within: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """The columns of members that it reads."""
        return tuple(dict.fromkeys((*self.keys, *(key for key, _ in self.within))))


def adds_up(one: Aggregate) -> bool:
    """Whether the aggregate of all rows is the sum of those of some and of the others."""
    return one.how in ("sum", "count") and not is_rated(one)


def plain(one: Aggregate) -> bool:
    """Whether an aggregate is one sum or count over its rows; the others take a query each."""
    return adds_up(one) or (one.how == "distinct" and one.of is None)


def table_columns(
    source: str, aggregates: Sequence[Aggregate], grain: Grain, known: Mapping[str, Source]
) -> dict[str, str]:
    """The columns of a kind of facts that its aggregates and keys read, with their Ibis types."""
    found = dict.fromkeys(grain.members, "string") | {"date": "date"}
    for column in columns(tuple(aggregates)):
        name = column.through or column.name
        of = "string" if column.through else _type(column, known)
        found |= {name: of} if column.source == source else {}
    return found


def register_columns(
    member: str, aggregates: Sequence[Aggregate], known: Mapping[str, Source]
) -> dict[str, str]:
    """The columns of the register of a member that aggregates read through it."""
    through = [one for one in columns(tuple(aggregates)) if one.through == member]
    return {member: "string"} | {one.name: _type(one, known) for one in through}


def _type(column: Column, known: Mapping[str, Source]) -> str:
    of = held(column, known)
    return "int64" if isinstance(of, Quantity) else "date" if of == "day" else "string"


def rows_of(
    aggregates: Sequence[Aggregate],
    grain: Grain,
    known: Mapping[str, Source],
    also: Mapping[str, str] | None = None,
) -> Table:
    """The rows of the one kind of facts, each with its day and the number of its period.

    All aggregates count on the same day of a row, that of the first. ``also`` are further columns
    of the facts, with their Ibis types.
    """
    first = aggregates[0]
    needed = table_columns(first.source, aggregates, grain, known) | dict(also or {})
    rows = ibis.table(needed, name=first.source)
    for member in sorted({one.through for one in columns(tuple(aggregates)) if one.through}):
        rows = _with_register(rows, member, aggregates, known)
    day = rows[first.on.name if first.on else "date"]
    members = {key: ibis.coalesce(rows[key], UNASSIGNED) for key in grain.members}
    rows = rows.mutate(**members, **{DAY: day})
    for key, chosen in grain.within:
        rows = rows.filter(rows[key].isin(list(chosen)))
    if grain.until is not None:
        rows = rows.filter(rows[DAY].isnull() | (rows[DAY] <= ibis.literal(grain.until)))
    return _with_period(rows, grain)


def _with_register(
    rows: Table, member: str, aggregates: Sequence[Aggregate], known: Mapping[str, Source]
) -> Table:
    """The rows with what the register tells of their member; of two entries the larger."""
    wanted = register_columns(member, aggregates, known)
    register = ibis.table(wanted, name=known[aggregates[0].source].members[member])
    told = [name for name in wanted if name != member]
    one_each = register.group_by(member).agg(
        **{f"{member}.{name}": register[name].max() for name in told}
    )
    joined = rows.left_join(one_each, rows[member] == one_each[member])
    return joined.select(*rows.columns, *(f"{member}.{name}" for name in told))


def _with_period(rows: Table, grain: Grain) -> Table:
    if not grain.is_dated:
        return rows.mutate(**{PERIOD: ibis.literal(0, "int64")})
    calendar = ibis.table({"date": "date", "number": "int64"}, name=CALENDAR)
    joined = rows.left_join(calendar, rows[DAY] == calendar["date"])
    number = ibis.coalesce(calendar["number"], ibis.literal(UNDATED, "int64"))
    return joined.select(*(rows[name] for name in rows.columns), number.name(PERIOD))


def added(aggregates: Sequence[Aggregate], grain: Grain, known: Mapping[str, Source]) -> Table:
    """Plain aggregates of one kind of facts and day, ``c0``, ``c1`` …, by keys and period."""
    rows = rows_of(aggregates, grain, known)
    figures = {f"c{place}": _figure(one, rows) for place, one in enumerate(aggregates)}
    return rows.group_by([*grain.keys, PERIOD]).agg(**figures)


def daily(aggregates: Sequence[Aggregate], grain: Grain, known: Mapping[str, Source]) -> Table:
    """Plain aggregates by keys and ``date``, and how many ``rows`` they are of."""
    rows = rows_of(aggregates, replace(grain, is_dated=False), known)
    figures = {f"c{place}": _figure(one, rows) for place, one in enumerate(aggregates)}
    keys = {"date": rows[DAY], **{key: rows[key] for key in grain.keys}}
    return rows.group_by(**keys).agg(rows=rows.count(), **figures)


def counted(one: Aggregate, grain: Grain, known: Mapping[str, Source]) -> Table:
    """An aggregate that takes a query of its own, as ``c0`` by keys and period."""
    rows = rows_of([one], grain, known)
    if one.where is not None:
        rows = rows.filter(condition(one.where, rows))
    by = [*grain.keys, PERIOD]
    if rated := figure_and_rate(one.value, known):
        return _by_rate(*rated, rows, by)
    return {"distinct": _repeated, "newcomers": _newcomers, "retained": _retained, "last": _last}[
        one.how
    ](one, rows, by)


def _by_rate(figure: Node, rate: Column, rows: Table, by: list[str]) -> Table:
    """The sums for each rate, so that the house takes the shares of them, exactly."""
    rated = rows.mutate(**{RATE: _column(rate, rows), "§value": row_value(figure, rows)})
    known = rated.filter(rated[RATE].notnull())
    return known.group_by([*by, RATE]).agg(c0=known["§value"].sum())


def _figure(one: Aggregate, rows: Table) -> Value:
    where = condition(one.where, rows) if one.where else None
    if one.how == "count":
        return rows.count() if where is None else rows.count(where=where)
    if one.how == "sum":
        return row_value(one.value, rows).sum(where=where)
    member = _column(one.value, rows)
    is_known = member != UNASSIGNED
    return member.nunique(where=is_known if where is None else is_known & where)


def _members(one: Aggregate, rows: Table) -> Table:
    """The rows with a member, under ``§member``."""
    found = rows.mutate(**{"§member": _column(one.value, rows)})
    return found.filter(found["§member"].notnull() & (found["§member"] != UNASSIGNED))


def _repeated(one: Aggregate, rows: Table, by: list[str]) -> Table:
    known = _members(one, rows)
    times = known.group_by([*by, "§member"]).agg(times=_column(one.of, known).nunique())
    enough = times.filter(times["times"] >= one.at_least)
    return enough.group_by(by).agg(c0=enough.count())


def _newcomers(one: Aggregate, rows: Table, by: list[str]) -> Table:
    known = _members(one, rows)
    dated = known.filter(known[PERIOD] >= 0)
    first = dated.group_by("§member").agg(first=dated[PERIOD].min())
    met = dated.join(
        first, [dated["§member"] == first["§member"], dated[PERIOD] == first["first"]]
    ).select(*(dated[name] for name in [*by, "§member"]))
    return met.group_by(by).agg(c0=met["§member"].nunique())


def _retained(one: Aggregate, rows: Table, by: list[str]) -> Table:
    known = _members(one, rows)
    now = known.select(*by, "§member").distinct()
    before = now.mutate(**{PERIOD: now[PERIOD] + 1}).view()
    same = [now[name] == before[name] for name in [*by, "§member"]]
    met = now.join(before, same).select(*(now[name] for name in [*by, "§member"]))
    return met.group_by(by).agg(c0=met.count())


def _last(one: Aggregate, rows: Table, by: list[str]) -> Table:
    ends = rows.group_by(PERIOD).agg(end=rows[DAY].max())
    kept = rows.join(ends, [rows[PERIOD] == ends[PERIOD], rows[DAY] == ends["end"]])
    left = kept.select(*(rows[name] for name in rows.columns))
    return left.group_by(by).agg(c0=row_value(one.value, left).sum())


def row_value(node: Node | None, rows: Table) -> Any:  # noqa: ANN401 - a column of either type
    """A figure of one row."""
    if isinstance(node, Column):
        return _column(node, rows)
    if isinstance(node, Days):
        return _column(node.later, rows).delta(_column(node.earlier, rows), unit="day")
    if isinstance(node, Number):
        return ibis.literal(int(node.value), "int64")
    if not isinstance(node, Arithmetic):
        raise TypeError(node)
    left, right = row_value(node.left, rows), row_value(node.right, rows)
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__}[node.sign](right)


def condition(node: Condition, rows: Table) -> BooleanValue:
    """A condition on a row."""
    if isinstance(node, Junction):
        word = and_ if node.word == "and" else or_
        return reduce(word, (condition(one, rows) for one in node.parts))
    if isinstance(node, Negation):
        return ~condition(node.condition, rows)
    if isinstance(node, Blank):
        column = _column(node.column, rows)
        return (
            column.isnull() | (column == UNASSIGNED)
            if column.type().is_string()
            else column.isnull()
        )
    if isinstance(node, OneOf):
        return _column(node.column, rows).isin(list(node.values))
    return _compared(node, rows)


def _compared(node: Compare, rows: Table) -> BooleanValue:
    left = row_value(node.left, rows)
    return RELATIONS[node.relation](left, _right(node, left, rows))


def _right(node: Compare, left: Any, rows: Table) -> Any:  # noqa: ANN401 - a column or a literal
    if isinstance(node.right, Column):
        return _column(node.right, rows)
    if isinstance(node.right, Number):
        return ibis.literal(int(node.right.value), "int64")
    return ibis.literal(node.right).cast(left.type()) if left.type().is_date() else node.right


def _column(node: Any, rows: Table) -> Any:  # noqa: ANN401 - a column of either type
    return rows[f"{node.through}.{node.name}" if node.through else node.name]
