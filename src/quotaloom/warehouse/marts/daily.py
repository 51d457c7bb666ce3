"""Daily sums of large facts by place, people and product, renewed when facts change."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.measures.expression import Aggregate, columns, walk
from quotaloom.warehouse.batches.disk import FACTS
from quotaloom.warehouse.batches.entry import standing
from quotaloom.warehouse.marts.shelf_file import fact_files, keep, mart_path, only_adds
from quotaloom.warehouse.measures.mart import Mart
from quotaloom.warehouse.measures.query import Grain, daily, table_columns
from quotaloom.warehouse.measures.stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotaloom.core.model.measures.dictionary import Dictionary
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.engines.engine import Engine

WORTH: Final = 200_000  # rows of facts; fewer are added up as fast as their sums are read
GRAINS: Final = (
    ("region", "product_line"),
    ("region", "team", "seat", "person"),
    ("region", "seat", "product_line", "product"),
)


def kept_marts(
    shelf: Shelf, dataset: str, dictionary: Dictionary, engine: Engine
) -> tuple[Mart, ...]:
    """The marts of a kind of facts as it is now, the coarsest first; none for small facts.

    What is missing is made: from the batches that came since the last one where they only add,
    else from all facts.
    """
    stand = standing(shelf.entries(), dataset)
    if sum(one.rows for one in stand) < WORTH:
        return ()
    there = {name for path in fact_files(shelf, dataset) for name in pl.read_parquet_schema(path)}
    found = []
    for aggregates in _by_day(dataset, dictionary, there):
        for grain in GRAINS:
            keys = tuple(key for key in grain if key in there)
            mart = _mart(shelf, stand, keys, aggregates)
            if not mart.path.exists():
                _make(shelf, stand, mart, aggregates, dictionary, engine)
            found.append(mart)
    return tuple(found)


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
        if isinstance(one, Aggregate) and one.source == dataset and one.how in ("sum", "count")
        if all(not column.through and column.name in there for column in columns(one))
    )

    def day(one: Aggregate) -> str:
        return one.on.name if one.on else ""

    for _, some in groupby(sorted(own, key=day), key=day):
        yield tuple(some)


def _mart(
    shelf: Shelf, stand: Sequence[Entry], keys: tuple[str, ...], aggregates: Sequence[Aggregate]
) -> Mart:
    first = aggregates[0]
    day = first.on.name if first.on else "date"
    name = ".".join((first.source, day, *keys))
    told = dict(zip(aggregates, (f"c{place}" for place in range(len(aggregates))), strict=True))
    return Mart(name, mart_path(shelf, name, stand, repr(tuple(aggregates))), keys, told)


def _make(
    shelf: Shelf,
    stand: Sequence[Entry],
    mart: Mart,
    aggregates: Sequence[Aggregate],
    dictionary: Dictionary,
    engine: Engine,
) -> None:
    """Write the mart: an earlier one and what came since, or all anew."""
    earlier, since = _earlier(shelf, stand, mart, aggregates)
    files = since or fact_files(shelf, aggregates[0].source)
    grain = Grain(mart.keys, is_dated=False)
    told = table_columns(aggregates[0].source, aggregates, grain, dictionary.sources)
    engine.put_files(aggregates[0].source, files, told)
    kept = [stored(one, dictionary.sources) for one in aggregates]
    found = engine.run(daily(kept, grain, dictionary.sources))
    if earlier is not None:
        parts = pl.concat([earlier, found.select(earlier.columns)])
        found = parts.group_by("date", *mart.keys).agg(pl.exclude("date", *mart.keys).sum())
    keep(mart.path, found.sort("date", *mart.keys))


def _earlier(
    shelf: Shelf, stand: Sequence[Entry], mart: Mart, aggregates: Sequence[Aggregate]
) -> tuple[pl.DataFrame | None, tuple[Path, ...]]:
    """The mart of an earlier stand from which on batches only added, and their files."""
    for count in range(len(stand) - 1, 0, -1):
        if not only_adds((stand[0], *stand[count:])):
            break
        before = _mart(shelf, stand[:count], mart.keys, aggregates)
        if before.path.exists():
            since = [one for one in stand[count:] if one.act == "commit"]
            files = tuple(shelf.folder / one.folder / FACTS for one in since)
            return pl.read_parquet(before.path), files
    return None, ()
