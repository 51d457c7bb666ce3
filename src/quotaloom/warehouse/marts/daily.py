"""Daily sums of large facts by place, people and product, renewed when facts change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.measures.expression import Aggregate, columns, walk
from quotaloom.warehouse.batches.disk import FACTS
from quotaloom.warehouse.batches.entry import standing
from quotaloom.warehouse.engines.parquet import columns_of
from quotaloom.warehouse.marts.shelf_file import fact_files, is_large, keep, mart_path
from quotaloom.warehouse.measures.mart import ROWS, Mart
from quotaloom.warehouse.measures.query import Grain, adds_up, daily, table_columns
from quotaloom.warehouse.measures.stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.engines.engine import Engine

GRAINS: Final = (
    ("region", "product_line"),
    ("region", "product_line", "product"),
    ("region", "province", "team", "seat", "person"),
)
"""Who sold what by the day is about as many sums as there are lines: that is asked of the facts."""


def kept_marts(
    shelf: Shelf, dataset: str, dictionary: Dictionary, engine: Engine
) -> tuple[Mart, ...]:
    """The marts of a kind of facts as it is now, the coarsest first; none for small facts.

    What is missing is made: from the batches that came since the last one where they only add,
    else from all facts.
    """
    stand = standing(shelf.entries(), dataset)
    if not is_large(stand):
        return ()
    there = columns_of(fact_files(shelf, dataset))
    making = _Making(shelf, stand, dictionary, engine)
    by_day = _by_day(dataset, dictionary, there)
    return tuple(mart for some in by_day for mart in making.marts(some, there))


def _by_day(
    dataset: str, dictionary: Dictionary, there: set[str]
) -> Iterator[tuple[Aggregate, ...]]:
    """What the dictionary adds up of a kind of facts, by the day on which it counts.

    What asks a register stays out: it would change without the facts.
    """
    told = (one for one in dictionary.definitions.values() if one.group != "any")
    nodes = (node for one in told for node in walk(one.expression))
    own = dict.fromkeys(
        one
        for one in nodes
        if isinstance(one, Aggregate) and one.source == dataset and adds_up(one)
        if all(not column.through and column.name in there for column in columns(one))
    )

    def day(one: Aggregate) -> str:
        return one.on.name if one.on else ""

    for _, some in groupby(sorted(own, key=day), key=day):
        yield tuple(some)


@dataclass(frozen=True)
class _Making:
    """The marts of one kind of facts as it stands."""

    shelf: Shelf
    stand: Sequence[Entry]
    dictionary: Dictionary
    engine: Engine

    def marts(self, aggregates: tuple[Aggregate, ...], there: set[str]) -> list[Mart]:
        """The marts of some aggregates; the coarser ones are made of the finer."""
        found: list[Mart] = []
        for grain in reversed(GRAINS):
            mart = self.mart(aggregates, tuple(key for key in grain if key in there))
            if not mart.path.exists():
                finer = next((one for one in found if set(mart.keys) <= set(one.keys)), None)
                frame = self.made(mart) if finer is None else pl.read_parquet(finer.path)
                keep(mart.path, _summed(frame, mart))
            found.insert(0, mart)
        return found

    def mart(
        self, aggregates: tuple[Aggregate, ...], keys: tuple[str, ...], count: int | None = None
    ) -> Mart:
        """The mart as it is, or was after the first acts that still stand."""
        first = aggregates[0]
        name = ".".join((first.source, first.on.name if first.on else "date", *keys))
        told = {one: f"c{place}" for place, one in enumerate(aggregates)}
        path = mart_path(self.shelf, name, self.stand[:count], repr(aggregates))
        return Mart(name, path, keys, told)

    def made(self, mart: Mart) -> pl.DataFrame:
        """Its rows: those of an earlier mart and what came since, or of all facts."""
        aggregates = tuple(mart.columns)
        for count in range(len(self.stand) - 1, 0, -1):
            if not _only_adds(self.stand[count]):
                break
            before = self.mart(aggregates, mart.keys, count)
            if before.path.exists():
                since = [one for one in self.stand[count:] if one.act == "commit"]
                files = [self.shelf.folder / one.folder / FACTS for one in since]
                fresh = [self.summed(mart, tuple(files))] if files else []
                return pl.concat([pl.read_parquet(before.path), *fresh])
        return self.summed(mart, fact_files(self.shelf, aggregates[0].source))

    def summed(self, mart: Mart, files: tuple[Path, ...]) -> pl.DataFrame:
        """The daily sums of some files."""
        known, source = self.dictionary.sources, next(iter(mart.columns)).source
        grain = Grain(mart.keys, is_dated=False)
        aggregates = tuple(mart.columns)
        self.engine.put_files(source, files, table_columns(source, aggregates, grain, known))
        kept = [stored(one, known) for one in aggregates]
        return self.engine.run(daily(kept, grain, known))


def _only_adds(act: Entry) -> bool:
    """Whether what was there before stays as it was."""
    adds = act.act == "commit" and act.mode == "append" and not act.unknown
    return adds or act.act == "close"


def _summed(frame: pl.DataFrame, mart: Mart) -> pl.DataFrame:
    """One row a day and member, in their order."""
    by = ["date", *mart.keys]
    return frame.group_by(by).agg(pl.col(ROWS, *mart.columns.values()).sum()).sort(by)
