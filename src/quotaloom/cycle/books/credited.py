"""Contract lines under the seats that the crediting rules name, as far as rules can say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.credit import FACT, credited_members
from quotaloom.core.attainment.credit_rule import DEPTH, KIND, SPLIT, VERSION
from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.track.crediting import Crediting, credited_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

TORN: Final = "§torn"  # whether two rules fit the line equally well, so that it stands as written
_ROW: Final = "§line"


def credited_lines(lines: pl.DataFrame, crediting: Crediting | None) -> pl.DataFrame:
    """A row a line and seat that it is credited to, with ``§torn``.

    A line that two rules fit equally well stays with the seat that it names, and says so; what
    becomes of it is not felt by any other line.
    """
    whole = lines.with_columns(pl.lit(value=False).alias(TORN))
    if crediting is None:
        return whole
    counted = whole.with_columns(pl.col("amount").fill_null(0))
    rules = _fit(crediting, lines)
    try:
        return credited_facts(counted, rules, "amount")
    except DataRefused:
        torn = list(_torn(counted, rules))
        numbered = counted.with_row_index(_ROW)
        is_torn = pl.col(_ROW).is_in(torn)
        kept = numbered.filter(is_torn).with_columns(pl.lit(value=True).alias(TORN))
        ruled = credited_facts(numbered.filter(~is_torn), rules, "amount")
        return pl.concat([ruled, kept]).drop(_ROW)


def asked_in_vain(lines: pl.DataFrame, crediting: Crediting | None) -> tuple[str, ...]:
    """The conditions (headers) of rules that no contract line can meet: it has no such text."""
    if crediting is None:
        return ()
    rules = crediting.rules
    return tuple(
        name
        for name, column in crediting.columns.items()
        if lines.schema.get(column) != pl.String and rules[name].is_not_null().any()
    )


def _fit(crediting: Crediting, lines: pl.DataFrame) -> Crediting:
    """The rules that a contract line can meet."""
    columns = {
        name: column
        for name, column in crediting.columns.items()
        if lines.schema.get(column) == pl.String
    }
    others = [pl.col(name).is_null() for name in crediting.columns if name not in columns]
    return replace(crediting, rules=crediting.rules.filter(*others), columns=columns)


def _torn(lines: pl.DataFrame, crediting: Crediting) -> Iterator[int]:
    """The places of the lines that several versions of rules with most conditions fit."""
    names = [pl.col(column).alias(name) for name, column in crediting.columns.items()]
    told = pl.lit(0, pl.Int64).alias("amount"), pl.lit("").alias("own")
    asked = lines.select(*names, "date", *told)
    splits = crediting.rules.filter(pl.col(KIND) == SPLIT)
    depths: dict[int, list[int]] = {}
    for one in splits.partition_by(VERSION):
        met = credited_members(asked, one, tuple(crediting.columns)).filter(pl.col(KIND) == SPLIT)
        for fact in met[FACT].unique():
            depths.setdefault(fact, []).append(one[DEPTH][0])
    return (fact for fact, met in depths.items() if met.count(max(met)) > 1)
