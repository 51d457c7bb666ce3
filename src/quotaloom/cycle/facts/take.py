"""Import files into a dataset: read, check, look at the effect, commit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.facts.ready import NOBODY, read_batch
from quotaloom.cycle.measures.figures import keep_marts
from quotaloom.cycle.measures.known import measures_of
from quotaloom.warehouse.batches.row import with_texts
from quotaloom.warehouse.tables.reader import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.ready import Ready
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.warehouse.batches.entry import Entry
    from quotaloom.warehouse.batches.row import Effect
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.reader import Step

SAMPLE: Final = 8


@dataclass(frozen=True)
class Taken:
    """What an import did or would do. ``entry`` is None where nothing changed, or only looked.

    ``sample`` are the first rows as they are stored; ``faults`` are those of rows left out.
    """

    entry: Entry | None
    effect: Effect
    findings: tuple[Finding, ...]
    sample: pl.DataFrame = field(default_factory=pl.DataFrame)
    faults: tuple[Finding, ...] = ()


def take(
    shelf: Shelf,
    request: ImportRequest,
    *,
    author: str,
    known: Mapping[str, Collection[str]] = NOBODY,
    only_look: bool = False,
    step: Step = silent,
) -> Taken:
    """Commit the files of the request as one batch, or with ``only_look`` tell what it would do.

    ``known`` are the members of columns that have a list; others count under 未归属 until they are
    resolved. ``step`` is told the stage and how far it is, and may raise to stop: nothing is
    committed then, nor where UsageRefused (a request that cannot be read) or DataRefused (every
    error of every file) is raised.
    """
    ready = read_batch(shelf.entries(), request, author=author, known=known, step=step)
    return (look if only_look else commit)(shelf, ready, step)


def look(shelf: Shelf, ready: Ready, step: Step = silent) -> Taken:
    """What committing the rows would do."""
    step("compare", 1, 1)
    return _taken(None, shelf.look(ready.entry, ready.frame), ready)


def commit(shelf: Shelf, ready: Ready, step: Step = silent) -> Taken:
    """Commit the rows as a batch. Raises DataRefused where the disk or the log refuses."""
    step("compare", 1, 1)
    step("keep", 1, 1)
    made, effect = shelf.commit(replace(ready.entry, time=now()), ready.frame)
    if made is not None:
        with suppress(DataRefused):  # the batch is there; only its caches are not
            shelf.compact(made.dataset)
            keep_marts(shelf, made.dataset, measures_of(shelf.folder.parent))
    return _taken(made, effect, ready)


def _taken(made: Entry | None, effect: Effect, ready: Ready) -> Taken:
    sample = with_texts(ready.frame.head(SAMPLE))
    return Taken(made, effect, ready.findings, sample, ready.faults)


def now() -> str:
    """The instant of an act, as the log says it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
