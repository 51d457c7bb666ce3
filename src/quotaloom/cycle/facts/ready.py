"""Files read and checked, as the batch that they would become."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, warning
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.facts.fitting import fitting
from quotaloom.cycle.facts.rows import read_rows
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.tables.left_out import places
from quotaloom.warehouse.tables.reader import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.cycle.facts.rows import Rows
    from quotaloom.warehouse.tables.reader import Step

NOBODY: Final[Mapping[str, Collection[str]]] = {}


@dataclass(frozen=True, slots=True)
class Ready:
    """Checked rows with the entry of their batch, which has no position and no time yet.

    ``faults`` are those of rows that were left out.
    """

    entry: Entry
    frame: pl.DataFrame
    findings: tuple[Finding, ...]
    faults: tuple[Finding, ...]


def read_batch(
    entries: Iterable[Entry],
    request: ImportRequest,
    *,
    author: str,
    known: Mapping[str, Collection[str]] = NOBODY,
    step: Step = silent,
) -> Ready:
    """Read the files of the request; ``entries`` are the log so far.

    Raises UsageRefused (a request that cannot be read) or DataRefused (every error of every file).
    """
    entry = _entry(request, author)
    rows = read_rows(request, entries, step)
    if rows.key:
        entry = replace(entry, mode="upsert", key=rows.key)
    rows = fitting(rows, entry, valid_only=request.valid_only)
    unknown = _unknown(rows, known)
    left_out = len(places(rows.faults))
    entry = replace(entry, unknown=unknown, mapping=rows.mapping)
    entry = replace(entry, left_out=left_out, mended=rows.mended)
    told = (*_told(unknown, rows.headers), *_left_told(left_out, rows.faults))
    return Ready(entry, rows.frame, (*rows.findings, *told), rows.faults)


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
        time="",
        mode="replace" if period else "append",
        files=tuple(path.name for path in request.files),
        start=str(period.start) if period else "",
        end=str(period.end) if period else "",
        source=request.source,
    )


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
