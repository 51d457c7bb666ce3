"""Import files into a dataset: read, check, look at the effect, commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.period_labels import parse_period
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.cycle.request import read_pairs
from quotaloom.warehouse.batches.entry import Entry
from quotaloom.warehouse.intake.aliases import DIMENSIONS, headline
from quotaloom.warehouse.intake.facts import IntakeRequest, read_facts
from quotaloom.warehouse.intake.gather import FILE, ROW
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.periods import Period
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.warehouse.batches.row import Effect
    from quotaloom.warehouse.batches.shelf import Shelf

MOST_NAMED: Final = 50


@dataclass(frozen=True)
class Taken:
    """What an import did or would do. ``entry`` is None where nothing changed, or only looked."""

    entry: Entry | None
    effect: Effect
    findings: tuple[Finding, ...]


def take(shelf: Shelf, request: ImportRequest, *, author: str, only_look: bool = False) -> Taken:
    """Commit the files of the request as one batch, or with ``only_look`` tell what it would do.

    Raises UsageRefused for a request that cannot be read, DataRefused with every error of every
    file; nothing is committed then.
    """
    calendar = FiscalCalendar(start_month=request.fiscal_start, cutoff_day=request.cutoff_day)
    entry = _entry(request, calendar, author)
    facts = read_facts(_intake(request, calendar))
    frame = facts.frame.with_columns(pl.col(pl.Categorical).cast(pl.String))
    refused = [*_twice(frame, request.key), *_outside(frame, entry)]
    if refused:
        raise DataRefused(refused)
    if only_look:
        return Taken(None, shelf.look(entry, frame), facts.findings)
    made, effect = shelf.commit(entry, frame)
    return Taken(made, effect, facts.findings)


def _entry(request: ImportRequest, calendar: FiscalCalendar, author: str) -> Entry:
    if not request.files:
        raise UsageRefused([error("batch.no_files")])
    if request.key and request.replace:
        raise UsageRefused([error("batch.key_and_period")])
    period = _period(request.replace, calendar)
    return Entry(
        position=0,
        act="commit",
        dataset=request.into,
        author=author,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        mode="upsert" if request.key else "replace" if period else "append",
        files=tuple(path.name for path in request.files),
        key=request.key,
        start=str(period.start) if period else "",
        end=str(period.end) if period else "",
    )


def _period(text: str | None, calendar: FiscalCalendar) -> Period | None:
    return parse_period(text, calendar) if text else None


def _intake(request: ImportRequest, calendar: FiscalCalendar) -> IntakeRequest:
    headers = open_file(request.files[0], RawOptions()).headers
    taken = {request.date, request.amount}
    known = [one for one in headers if headline(one).name in DIMENSIONS[0] and one not in taken]
    return IntakeRequest(
        files=request.files,
        columns=tuple(dict.fromkeys((*known, *request.key, *request.column))),
        date=request.date,
        amount=request.amount,
        where=request.where,
        aliases=read_pairs(request.alias),
        calendar=calendar,
        traced=True,
    )


def _twice(frame: pl.DataFrame, key: tuple[str, ...]) -> list[Finding]:
    """Rows of the files that have the same key: none of them can take the other's place."""
    if not key:
        return []
    double = frame.filter(pl.struct(key).is_duplicated())
    return [
        error(
            "batch.key_twice", " ".join(str(row[one]) for one in key), file=row[FILE], row=row[ROW]
        )
        for row in double.head(MOST_NAMED).iter_rows(named=True)
    ]


def _outside(frame: pl.DataFrame, entry: Entry) -> list[Finding]:
    """Rows of days that a replacement does not cover."""
    if entry.mode != "replace":
        return []
    day = pl.col("date").cast(pl.String)
    strays = frame.filter((day < entry.start) | (day >= entry.end))
    return [
        error("batch.outside_period", str(row["date"]), file=row[FILE], row=row[ROW])
        for row in strays.head(MOST_NAMED).iter_rows(named=True)
    ]
