"""Rows of batches put together: what counts when later batches renew or replace earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.warehouse.batches.entry import Entry

BATCH, FILE, ROW = "§batch", "§file", "§row"
_OLD: Final = "§old "
ORIGIN: Final = (BATCH, FILE, ROW)  # where a fact came from; no part of what it says


@dataclass(frozen=True, slots=True)
class Effect:
    """What a batch would do to the facts that are there: rows by kind.

    ``same`` rows are there already as they are; ``gone`` ones leave with the days replaced.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the facts stay as they are."""
        return not (self.new or self.changed or self.gone)


def put_together(
    batches: Iterable[tuple[Entry, pl.DataFrame]], begun: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The facts that count, of batches in the order of their commit; ``§batch`` is the position.

    ``begun`` is what earlier batches came to.

    An appended row adds to what is there, an upsert takes the place of the rows of its key, a
    replacement that of all rows of its days. Rows keep the order of their batches and files.
    """
    facts = begun
    for entry, frame in batches:
        own = frame.with_columns(pl.lit(entry.position, pl.Int64).alias(BATCH))
        facts = own if facts is None else _after(facts, own, entry)
    return pl.DataFrame() if facts is None else facts


def _after(facts: pl.DataFrame, own: pl.DataFrame, entry: Entry) -> pl.DataFrame:
    kept = facts.filter(~_replaced(facts, own, entry))
    return pl.concat([kept, own], how="diagonal_relaxed")


def _replaced(facts: pl.DataFrame, own: pl.DataFrame, entry: Entry) -> pl.Series:
    """Which of the facts a batch takes the place of."""
    if entry.mode == "replace":
        days = facts["date"]
        first, past = date.fromisoformat(entry.start), date.fromisoformat(entry.end)
        return (days >= first) & (days < past)
    if entry.mode == "upsert" and set(entry.key) <= set(facts.columns):
        key = list(entry.key)
        marked = own.select(key).unique().with_columns(pl.lit(value=True).alias("§hit"))
        met = facts.select(key).join(
            marked, on=key, how="left", maintain_order="left", nulls_equal=True
        )
        return met["§hit"].fill_null(value=False)
    return pl.Series(values=[False]).new_from_index(0, facts.height)


def with_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with texts in place of categories, as they are stored."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def effect(facts: pl.DataFrame, own: pl.DataFrame, entry: Entry) -> Effect:
    """What a batch would do. An appended batch is all new; see the shelf for one that is there."""
    if facts.is_empty() or entry.mode == "append":
        return Effect(new=own.height)
    before = facts.filter(_replaced(facts, own, entry))
    if entry.mode == "upsert" and (pairs := _pairs(before, own, entry.key)) is not None:
        same = pairs.filter(_is_same(before, own, entry.key)).height
        return Effect(own.height - pairs.height, pairs.height - same, same)
    same = _alike(before, own)
    known = _known(own, before, entry.key) if entry.mode == "upsert" else same
    return Effect(own.height - known, known - same, same, before.height - known)


def _pairs(before: pl.DataFrame, own: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame | None:
    """Each row beside the one it takes the place of; None where a key stands for several rows."""
    if before.is_empty():
        return None
    old = _said(before).rename(lambda name: name if name in key else _OLD + name)
    met = own.with_row_index("§new").join(old, on=key, how="inner", nulls_equal=True)
    is_alone = met.height == before.height == met["§new"].n_unique()
    return met if is_alone else None


def _is_same(before: pl.DataFrame, own: pl.DataFrame, key: tuple[str, ...]) -> pl.Expr:
    """Whether both rows of a pair say the same; a column that one side lacks is null there."""
    old, new = (set(_said(frame).columns) - set(key) for frame in (before, own))
    both = [pl.col(name).eq_missing(pl.col(_OLD + name)) for name in sorted(old & new)]
    one = [pl.col(name).is_null() for name in [*(new - old), *(_OLD + name for name in old - new)]]
    return pl.all_horizontal(pl.lit(value=True), *both, *one)


def _known(own: pl.DataFrame, before: pl.DataFrame, key: tuple[str, ...]) -> int:
    """How many rows have a key that is there already."""
    if before.is_empty():
        return 0
    return own.join(before, on=key, how="semi", nulls_equal=True).height


def _alike(before: pl.DataFrame, own: pl.DataFrame) -> int:
    """How many rows say the same on both sides, each counted once."""
    old, new = _said(before), _said(own)
    old, new = _counted(_widened(old, new)), _counted(_widened(new, old))
    columns = new.columns[:-1]
    met = new.join(old, on=columns, how="inner", nulls_equal=True, suffix="_old")
    return int(met.select(pl.min_horizontal("§count", "§count_old").sum()).item() or 0)


def _widened(frame: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns that only the other one has, null."""
    lacking = [name for name in other.columns if name not in frame.columns]
    return frame.with_columns(pl.lit(None, other.schema[name]).alias(name) for name in lacking)


def _counted(said: pl.DataFrame) -> pl.DataFrame:
    return said.group_by(sorted(said.columns)).agg(pl.len().alias("§count"))


def _said(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop([name for name in ORIGIN if name in frame.columns])
