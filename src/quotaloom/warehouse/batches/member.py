"""Unknown members: counted under 未归属 until somebody says which member each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.warehouse.batches.row import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.warehouse.batches.entry import Entry


def resolutions(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """The member of each text by column, of the entries that stand; the last word counts."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.act == "resolve":
            found.setdefault(entry.column, {}).update(entry.members)
    return found


def with_members(facts: pl.DataFrame, entries: Iterable[Entry]) -> pl.DataFrame:
    """The facts with unknown texts as their members, or as 未归属 where nobody resolved them."""
    stand = list(entries)
    known = resolutions(stand)
    changes: dict[str, pl.Expr] = {}
    for entry, column, texts in _unknown(stand, facts):
        members = [known.get(column, {}).get(text, UNASSIGNED) for text in texts]
        own = (pl.col(BATCH) == entry.position) & pl.col(column).is_in(texts)
        named = pl.col(column).replace(list(texts), members)
        changes[column] = pl.when(own).then(named).otherwise(changes.get(column, pl.col(column)))
    return facts.with_columns([told.alias(column) for column, told in changes.items()])


def unresolved(facts: pl.DataFrame, entries: Iterable[Entry]) -> pl.DataFrame:
    """The texts that stand for 未归属 in raw facts: column, text, rows and their amount (scale 4).

    The heaviest first, then by column and text. The amount is null where the facts have none.
    """
    stand = list(entries)
    known = resolutions(stand)
    amount = "amount" if "amount" in facts.columns else None
    parts = [
        _counted(facts.filter(pl.col(BATCH) == entry.position), column, left, amount)
        for entry, column, texts in _unknown(stand, facts)
        if (left := [text for text in texts if text not in known.get(column, {})])
    ]
    if not parts:
        kinds = {"column": pl.String, "text": pl.String, "rows": pl.Int64, "amount": pl.Int64}
        return pl.DataFrame(schema=kinds)
    table = pl.concat(parts).group_by("column", "text").agg(pl.col("rows", "amount").sum())
    size = pl.col("amount").abs()
    return table.filter(pl.col("rows") > 0).sort(
        size, "rows", "column", "text", descending=[True, True, False, False], nulls_last=True
    )


def _unknown(
    stand: Iterable[Entry], facts: pl.DataFrame
) -> list[tuple[Entry, str, tuple[str, ...]]]:
    """The texts that no list had, by batch and column of the facts."""
    return [
        (entry, column, texts)
        for entry in stand
        for column, texts in entry.unknown.items()
        if column in facts.columns
    ]


def _counted(
    facts: pl.DataFrame, column: str, texts: list[str], amount: str | None
) -> pl.DataFrame:
    money = pl.col(amount).sum() if amount else pl.lit(None, pl.Int64)
    return (
        facts.filter(pl.col(column).is_in(texts))
        .group_by(pl.col(column).alias("text"))
        .agg(pl.len().cast(pl.Int64).alias("rows"), money.cast(pl.Int64).alias("amount"))
        .select(pl.lit(column).alias("column"), "text", "rows", "amount")
    )
