"""What a tracking is asked for, as the command and a Python call both say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import polars as pl

ReportKind = Literal["month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRequest:
    """One tracking. Texts are as typed; every field is an option of the command.

    ``facts`` are files, or a table such as ``cycle.facts.read.dataset`` answers.
    ``by`` is one hierarchy, its levels joined by ``>``; the last level is the member that carries a
    quota, and both sides need its column. A quota counts from its date until the member's next
    one, and is reported in the ``time`` that holds its date. ``as_of`` is the last day that is over
    (None: the day of the last fact); later facts stay out, and so do quotas that start later,
    unless ``year`` asks for all quotas that start in one fiscal year. ``edition`` is a folder of
    editions, in place of ``quota``: each period counts by the one in force. ``assign`` is a file
    that says whose each fact is, in place of the facts' own column; quotas then need all levels. A
    fact whose ``origin`` (a column) lies before a change of hands is held over ``hold_over`` days.
    """

    facts: tuple[Path, ...] | pl.DataFrame
    quota: tuple[Path, ...]
    by: str
    edition: Path | None = None
    date: str | None = None
    amount: str | None = None
    quota_date: str | None = None
    quota_amount: str | None = None
    join: tuple[str, ...] = ()
    where: str | None = None
    alias: tuple[str, ...] = ()
    assign: Path | None = None
    origin: str | None = None
    hold_over: int = 0
    time: ReportKind = "quarter"
    year: int | None = None
    as_of: dt.date | None = None
    fiscal_start: int = 1
    cutoff_day: int = 0
    country: str = "CN"


def refuse_without_files(request: TrackRequest) -> None:
    """Refuse a request that names no facts or no quotas."""
    quotas = request.quota if request.edition is None else ("",)
    missing = [
        error("track.no_files", name)
        for name, files in (("FACTS", request.facts), ("--quota", quotas))
        if isinstance(files, tuple) and not files
    ]
    if missing:
        raise UsageRefused(missing)
