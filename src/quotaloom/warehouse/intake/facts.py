"""Files of any office into checked facts: read, join, filter, check, and say what was done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.warehouse.intake.amount_column import total_size
from quotaloom.warehouse.intake.amount_text import LARGEST
from quotaloom.warehouse.intake.choice import Choice, choose
from quotaloom.warehouse.intake.columns import FACTS
from quotaloom.warehouse.intake.gather import Gatherer, Plan
from quotaloom.warehouse.intake.join import Joined, find_links, hang, open_joins
from quotaloom.warehouse.intake.opened import Opened, open_file
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.request import Facts, IntakeRequest, Join, Source
from quotaloom.warehouse.intake.star import Star
from quotaloom.warehouse.intake.where_grammar import columns_of, parse_where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotaloom.warehouse.intake.where_grammar import Test

__all__ = ["Facts", "IntakeRequest", "Join", "Source", "gather_facts", "read_facts"]


def read_facts(
    request: IntakeRequest, *, opening: Callable[[int, int], None] | None = None
) -> Facts:
    """Read, join, filter and check the files of the request, in their order.

    ``opening`` is told before each file its number, from 1, and how many there are. Raises
    DataRefused with all findings of all files at once, or UsageRefused where the request
    itself cannot be read.
    """
    count = len(request.files)

    def opened(number: int, path: Path) -> Opened:
        if opening is not None:
            opening(number, count)
        return open_file(path, request.raw)

    return gather_facts(
        request, [partial(opened, number, path) for number, path in enumerate(request.files, 1)]
    )


def gather_facts(request: IntakeRequest, openers: Sequence[Callable[[], Opened]]) -> Facts:
    """The same for anything that opens as a table; an opener may raise DataRefused."""
    test = parse_where(request.where) if request.where else None
    options = replace(request.raw, sheet=None, header_row=None)
    joined = open_joins(request.joins, options, _mentioned(request, test))
    gatherer = Gatherer(request, test)
    gatherer.findings += [finding for one in joined for finding in one.table.findings]
    first: Choice | None = None
    sources: list[Source] = []
    for opener in openers:
        try:
            choice, source = _add(gatherer, opener(), joined, first)
        except DataRefused as refusal:
            gatherer.findings += refusal.findings
        else:
            first = first or choice
            gatherer.findings += _twice(source, sources)
            sources.append(source)
    if first is None:
        raise DataRefused(gatherer.findings)
    frame = _frame(gatherer, first.names()["amount"])
    tables = {one.join.name: one.table.frame.cast(pl.String) for one in joined}
    findings = tuple(gatherer.findings)
    scale = gatherer.scale
    return Facts(frame, first.names(), first.candidates, tables, tuple(sources), findings, scale)


def _twice(source: Source, before: Sequence[Source]) -> list[Finding]:
    """A file of the same bytes as an earlier one would count everything again."""
    same = next((one.file for one in before if one.sha256 and one.sha256 == source.sha256), None)
    return [] if same is None else [error("intake.file_twice", file=source.file, first=same)]


def _mentioned(request: IntakeRequest, test: Test | None) -> list[str]:
    """Every column that the request names anywhere."""
    lefts = [join.left for join in request.joins]
    tested = columns_of(test) if test else ()
    return [*request.columns, *lefts, *tested, *([request.date] if request.date else [])]


def _frame(gatherer: Gatherer, amount: str) -> pl.DataFrame:
    """All facts in one frame, after the last words on all files."""
    gatherer.findings += gatherer.closing(amount)
    if has_errors(gatherer.findings):
        raise DataRefused(gatherer.findings)
    frame = pl.concat(gatherer.frames, rechunk=False)
    if frame.is_empty():
        raise DataRefused([*gatherer.findings, error("intake.no_facts")])
    if total_size(frame["amount"]) > LARGEST:
        raise DataRefused([*gatherer.findings, error("intake.total_too_large", amount)])
    return frame


def _add(
    gatherer: Gatherer, opened: Opened, joined: Sequence[Joined], first: Choice | None
) -> tuple[Choice, Source]:
    """Read one table of facts into the gatherer. Raises DataRefused where its columns are not."""
    request = _as_first(gatherer.request, first)
    choice, plan = _plan(gatherer, request, opened, joined)
    # two rows of weights are the same row only if they agree in every column
    raw = opened.load(plan.headers() if request.dated else opened.headers)
    gatherer.findings += raw.findings
    star = Star({FACTS: raw, **{one.join.name: one.table for one in joined}}, raw.rows, raw.frame)
    for link in plan.links:
        star = hang(star, link, request.aliases)
    used = gatherer.add(star, plan)
    encoding = raw.about.get("encoding", "")
    rows, digest = raw.frame.height, opened.digest()
    return choice, Source(raw.file, raw.sheet, rows, used, digest, encoding)


def _plan(
    gatherer: Gatherer, request: IntakeRequest, opened: Opened, joined: Sequence[Joined]
) -> tuple[Choice, Plan]:
    """The columns of one table, or everything that is wrong with them."""
    shelves, links, faults = find_links(joined, opened.headers, opened.file)
    choice = choose(shelves, request)
    names = columns_of(gatherer.test) if gatherer.test else ()
    tested = {name: shelves.find(name) for name in names}
    faults += choice.findings
    faults += [found for found in tested.values() if isinstance(found, Finding)]
    if has_errors(faults) or choice.amount is None:
        raise DataRefused(faults)
    gatherer.findings += faults
    found = {name: one for name, one in tested.items() if not isinstance(one, Finding)}
    return choice, Plan(choice.date, choice.amount, choice.dimensions, found, links)


def _as_first(request: IntakeRequest, first: Choice | None) -> IntakeRequest:
    """The request with the columns that the first file settled."""
    if first is None:
        return request
    names = first.names()
    columns = tuple(first.dimensions)
    return replace(request, date=names.get("date"), amount=names["amount"], columns=columns)
