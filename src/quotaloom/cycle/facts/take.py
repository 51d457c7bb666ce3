"""Import files into a dataset: read, check, look at the effect, commit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.facts.fitting import fitting
from quotaloom.cycle.facts.rows import read_rows
from quotaloom.cycle.measures.figures import keep_marts
from quotaloom.cycle.measures.known import measures_of
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.row import with_texts
from quotaloom.warehouse.tables.left_out import places
from quotaloom.warehouse.tables.reader import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.cycle.facts.rows import Rows
    from quotaloom.warehouse.batches.row import Effect
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.reader import Step

SAMPLE: Final = 8
NOBODY: Final[Mapping[str, Collection[str]]] = {}


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
    entry = _entry(request, author)
    rows = read_rows(request, shelf.entries(), step)
    if rows.key:
        entry = replace(entry, mode="upsert", key=rows.key)
    rows = fitting(rows, entry, valid_only=request.valid_only)
    unknown = _unknown(rows, known)
    left_out = len(places(rows.faults))
    entry = replace(entry, unknown=unknown, mapping=rows.mapping, left_out=left_out)
    findings = (*rows.findings, *_told(unknown, rows.headers), *_left_told(left_out, rows.faults))
    step("compare", 1, 1)
    sample = with_texts(rows.frame.head(SAMPLE))
    if only_look:
        return Taken(None, shelf.look(entry, rows.frame), findings, sample, rows.faults)
    step("keep", 1, 1)
    made, effect = shelf.commit(entry, rows.frame)
    if made is not None:
        with suppress(DataRefused):  # the batch is there; only its caches are not
            shelf.compact(made.dataset)
            keep_marts(shelf, made.dataset, measures_of(shelf.folder.parent))
    return Taken(made, effect, findings, sample, rows.faults)


def _entry(request: ImportRequest, author: str) -> Entry:
    if not request.files:
        raise UsageRefused([error("batch.no_files")])
    if sum(map(bool, (request.key, request.replace, request.append))) > 1:
        raise UsageRefused([error("batch.key_and_period")])
    period = parse_period(request.replace, request.calendar()) if request.replace else None
    return Entry(
        position=0,
        act="commit",
        dataset=request.into,
        author=author,
        time=now(),
        mode="replace" if period else "append",
        files=tuple(path.name for path in request.files),
        start=str(period.start) if period else "",
        end=str(period.end) if period else "",
        source=request.source,
    )


def now() -> str:
    """The instant of an act, as the log says it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unknown(rows: Rows, known: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    """The texts of each column with a list of members that the list does not have."""
    found = {
        column: _left(rows.frame[column], names)
        for column, names in known.items()
        if column in rows.members
    }
    return {column: texts for column, texts in found.items() if texts}


def _left(column: pl.Series, names: Collection[str]) -> tuple[str, ...]:
    """The texts of a column that a list does not have."""
    texts = set(column.unique().cast(pl.String).to_list())
    return tuple(sorted(texts - set(names) - {UNASSIGNED}))


def _told(unknown: Mapping[str, tuple[str, ...]], headers: Mapping[str, str]) -> list[Finding]:
    return [
        warning(
            "tables.members_unknown",
            headers.get(column, column),
            count=len(texts),
            example=texts[0],
        )
        for column, texts in unknown.items()
    ]


def _left_told(rows: int, found: Sequence[Finding]) -> list[Finding]:
    return [warning("tables.rows_left_out", str(rows), faults=len(found))] if rows else []
