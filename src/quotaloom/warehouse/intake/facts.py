"""Files of any office into checked facts: read, join, filter, check, and say what was done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.warehouse.intake.aliases import headline
from quotaloom.warehouse.intake.amount_column import amount_findings, read_amounts, total_size
from quotaloom.warehouse.intake.amount_text import LARGEST
from quotaloom.warehouse.intake.choice import Choice, choose
from quotaloom.warehouse.intake.columns import FACTS, Heading
from quotaloom.warehouse.intake.date_column import date_findings, read_dates
from quotaloom.warehouse.intake.date_text import Habits
from quotaloom.warehouse.intake.join import (
    Link,
    Misses,
    count_misses,
    find_links,
    hang,
    miss_findings,
)
from quotaloom.warehouse.intake.members import Tally, alias_findings, read_members
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.raw import read_raw
from quotaloom.warehouse.intake.request import Facts, IntakeRequest, Join, Source
from quotaloom.warehouse.intake.star import Star

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.warehouse.intake.raw_table import RawTable

__all__ = ["Facts", "IntakeRequest", "Join", "Source", "read_facts"]


@dataclass(slots=True)
class _Intake:
    """What is gathered while the files are read, one after the other."""

    request: IntakeRequest
    tables: Mapping[str, RawTable]
    findings: list[Finding] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: dict[str, Misses] = field(default_factory=dict)
    choice: Choice | None = None


def read_facts(request: IntakeRequest) -> Facts:
    """Read, join, filter and check the files of the request.

    Rows keep the order of the files. Raises DataRefused with all findings of all files at once,
    or UsageRefused where the request itself cannot be read.
    """
    intake = _Intake(request, _joined_tables(request))
    for path in request.files:
        try:
            _read_file(intake, path)
        except DataRefused as refusal:
            intake.findings += refusal.findings
    for misses in intake.misses.values():
        intake.findings += miss_findings(misses)
    for name, tally in intake.tallies.items():
        intake.findings += tally.findings(name)
    intake.findings += alias_findings(intake.tallies.values(), request.aliases)
    if intake.choice is None or has_errors(intake.findings):
        raise DataRefused(intake.findings)
    return _facts(intake, intake.choice)


def _facts(intake: _Intake, choice: Choice) -> Facts:
    frame = pl.concat(intake.frames, rechunk=False)
    if not len(frame):
        raise DataRefused([*intake.findings, error("intake.no_facts")])
    if total_size(frame["amount"]) > LARGEST:
        raise DataRefused(
            [*intake.findings, error("intake.total_too_large", choice.names()["amount"])]
        )
    return Facts(
        frame,
        choice.names(),
        choice.candidates,
        {name: table.frame.cast(pl.String) for name, table in intake.tables.items()},
        tuple(intake.sources),
        tuple(intake.findings),
    )


def _joined_tables(request: IntakeRequest) -> dict[str, RawTable]:
    names = [FACTS, *(join.name for join in request.joins)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageRefused(error("join.alias_twice", name) for name in twice)
    options = replace(request.raw, sheet=None, header_row=None)
    tables: dict[str, RawTable] = {}
    refused: list[Finding] = []
    for join in request.joins:
        try:
            tables[join.name] = read_raw(join.file, options)
        except DataRefused as refusal:
            refused += refusal.findings
    if refused:
        raise DataRefused(refused)
    return tables


def _read_file(intake: _Intake, path: Path) -> None:
    """Read one file of facts and add what it holds; its faults are raised or added."""
    request = intake.request
    raw = read_raw(path, request.raw)
    intake.findings += raw.findings
    shelves, links, faults = find_links(request.joins, intake.tables, raw.headers, raw.file)
    choice = choose(shelves, _as_first(request, intake.choice))
    intake.findings += faults + list(choice.findings)
    if has_errors([*faults, *choice.findings]):
        return
    intake.choice = intake.choice or choice
    star = Star({FACTS: raw, **intake.tables}, raw.rows, raw.frame)
    for link in links:
        star = hang(star, link, request.aliases)
    _check(intake, star, choice, links)
    encoding = str(raw.about.get("encoding", ""))
    digest = _digest(path)
    intake.sources.append(
        Source(raw.file, raw.sheet, len(raw.frame), len(intake.frames[-1]), digest, encoding)
    )


def _as_first(request: IntakeRequest, first: Choice | None) -> IntakeRequest:
    """The request with the columns that the first file settled."""
    if first is None:
        return request
    names = first.names()
    return replace(
        request, date=names.get("date"), amount=names["amount"], columns=tuple(first.dimensions)
    )


def _check(intake: _Intake, star: Star, choice: Choice, links: list[Link]) -> None:
    request = intake.request
    for link in links:
        count_misses(star, intake.misses.setdefault(link.name, Misses(link)))
    columns = {}
    if choice.date is not None:
        columns["date"] = _dates(intake, star, choice.date)
    if choice.amount is not None:
        columns["amount"] = _amounts(intake, star, choice.amount)
    for name, heading in choice.dimensions.items():
        tally = intake.tallies.setdefault(name, Tally())
        columns[name], found = read_members(
            star.coded(heading), request.aliases, star.place(heading), tally
        )
        intake.findings += found
    intake.frames.append(pl.DataFrame(columns))


def _dates(intake: _Intake, star: Star, heading: Heading) -> pl.Series:
    request = intake.request
    column = star.column(heading)
    dates = read_dates(column, Habits(request.calendar, request.date_order, request.zone))
    intake.findings += date_findings(dates, column, star.place(heading))
    return dates.values


def _amounts(intake: _Intake, star: Star, heading: Heading) -> pl.Series:
    column, head = star.column(heading), headline(heading.header)
    amounts = read_amounts(column, head, decimal_mark=intake.request.decimal_mark)
    intake.findings += amount_findings(amounts, column, star.place(heading), head)
    return amounts.values


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
