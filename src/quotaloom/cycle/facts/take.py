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
from quotaloom.cycle.facts.rows import read_rows
from quotaloom.cycle.measures.figures import keep_marts
from quotaloom.cycle.measures.known import measures_of
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.batches.row import with_texts
from quotaloom.warehouse.intake.gather import FILE, ROW
from quotaloom.warehouse.tables.reader import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.cycle.facts.rows import Rows
    from quotaloom.warehouse.batches.row import Effect
    from quotaloom.warehouse.batches.shelf import Shelf
    from quotaloom.warehouse.tables.reader import Step

MOST_NAMED: Final = 50
SAMPLE: Final = 8
NOBODY: Final[Mapping[str, Collection[str]]] = {}


@dataclass(frozen=True)
class Taken:
    """What an import did or would do. ``entry`` is None where nothing changed, or only looked.

    ``sample`` are the first rows as they are stored.
    """

    entry: Entry | None
    effect: Effect
    findings: tuple[Finding, ...]
    sample: pl.DataFrame = field(default_factory=pl.DataFrame)


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
    refused = [*_twice(rows.frame, rows.key), *_outside(rows.frame, entry)]
    if refused:
        raise DataRefused([*rows.findings, *refused])
    unknown = _unknown(rows, known)
    entry = replace(entry, unknown=unknown, mapping=rows.mapping)
    findings = (*rows.findings, *_told(unknown, rows.headers))
    step("compare", 1, 1)
    sample = with_texts(rows.frame.head(SAMPLE))
    if only_look:
        return Taken(None, shelf.look(entry, rows.frame), findings, sample)
    step("keep", 1, 1)
    made, effect = shelf.commit(entry, rows.frame)
    if made is not None:
        with suppress(DataRefused):  # the batch is there; only its caches are not
            shelf.compact(made.dataset)
            keep_marts(shelf, made.dataset, measures_of(shelf.folder.parent))
    return Taken(made, effect, findings, sample)


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


def _twice(frame: pl.DataFrame, key: tuple[str, ...]) -> list[Finding]:
    """Rows of the files that have the same key: none of them can take the other's place."""
    if not key:
        return []
    double = frame.filter(pl.struct(key).is_duplicated())
    found = [
        error("batch.key_twice", _said(row, key), file=row[FILE], row=row[ROW])
        for row in double.head(MOST_NAMED).iter_rows(named=True)
    ]
    if double.height > MOST_NAMED:
        found.append(error("batch.more_rows", "", count=double.height - MOST_NAMED))
    return found


def _said(row: Mapping[str, object], key: tuple[str, ...]) -> str:
    return " ".join(str(row[one]) for one in key if row[one] is not None)


def _outside(frame: pl.DataFrame, entry: Entry) -> list[Finding]:
    """Rows of days that a replacement does not cover."""
    if entry.mode != "replace":
        return []
    if "date" not in frame.columns:
        return [error("batch.no_days", entry.dataset)]
    day = pl.col("date").cast(pl.String)
    outside = (day < entry.start) | (day >= entry.end) | day.is_null()
    strays = frame.filter(outside)
    return [
        error("batch.outside_period", str(row["date"]), file=row[FILE], row=row[ROW])
        for row in strays.head(MOST_NAMED).iter_rows(named=True)
    ]
