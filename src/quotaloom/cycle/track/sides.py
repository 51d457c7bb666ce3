"""The two sides of a tracking, read through the intake: credit a day, and quotas in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.attainment.in_force import in_force
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.core.model.money import facts_to_minor
from quotaloom.cycle.request import read_join, read_pairs
from quotaloom.cycle.track.assign import assigned, read_assigning
from quotaloom.cycle.track.edition import quotas_in_force, rows_of
from quotaloom.warehouse.intake.aliases import QUOTAS, headline
from quotaloom.warehouse.intake.facts import IntakeRequest, Join, read_facts
from quotaloom.warehouse.intake.frame_facts import facts_of_frame
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.model.periods import FiscalCalendar
    from quotaloom.cycle.track.request import TrackRequest
from quotaloom.warehouse.intake.facts import Facts

FLAGS: Final = {"--date": "--quota-date", "--amount": "--quota-amount"}
_PARTS_OF_FEN: Final = 100  # of the facts' scale


@dataclass(frozen=True, slots=True)
class Sides:
    """Both under the columns of all levels.

    ``credit``: a row a member and day, with ``date`` and ``credit`` (scale 4), and ``overlay``
    where the facts were assigned. ``quotas``: with ``start``, ``end`` (null: open) and ``quota``
    (分); a level that no file of quotas has is taken from the facts.
    """

    credit: pl.DataFrame
    quotas: pl.DataFrame
    findings: tuple[Finding, ...]


def read_sides(request: TrackRequest, levels: Sequence[str], calendar: FiscalCalendar) -> Sides:
    """Read both. Raises DataRefused with everything that is wrong in either."""
    assigning = read_assigning(request, levels)
    asked = assigning.columns if assigning else levels
    refused: list[Finding] = []
    try:
        facts = _facts(request, asked, calendar)
    except DataRefused as refusal:
        refused += refusal.findings
    try:
        rows, told = _quotas(request, levels, calendar)
    except DataRefused as refusal:
        refused += refusal.findings
    if refused:
        raise DataRefused(refused)
    if assigning:
        _refuse_unplaced(rows, levels)
        credit = assigned(_texts(facts, asked), assigning, rows, levels)
    else:
        credit = _credit(facts, levels)
        rows = _placed(rows, credit, levels)
    return Sides(credit, rows, (*facts.findings, *told))


def _flagged(findings: Sequence[Finding], flags: Mapping[str, str]) -> list[Finding]:
    """Findings about an option of the intake, under the option by which this side names it."""
    return [replace(one, subject=flags.get(one.subject, one.subject)) for one in findings]


def _facts(request: TrackRequest, levels: Sequence[str], calendar: FiscalCalendar) -> Facts:
    files = request.facts if isinstance(request.facts, tuple) else ()
    intake = IntakeRequest(
        files=files,
        columns=tuple(levels),
        date=request.date,
        amount=request.amount,
        joins=tuple(_join(text) for text in request.join),
        where=request.where,
        aliases=read_pairs(request.alias),
        calendar=calendar,
    )
    if isinstance(request.facts, tuple):
        return read_facts(intake)
    return facts_of_frame(request.facts, intake)


def _join(text: str) -> Join:
    file, left, right, alias = read_join(text)
    return Join(Path(file), left, right, alias)


def _quotas(
    request: TrackRequest, levels: Sequence[str], calendar: FiscalCalendar
) -> tuple[pl.DataFrame, list[Finding]]:
    """The quotas in force, of the editions or of the files, and what is said of them."""
    if request.edition is not None:
        found = quotas_in_force(request.edition, request.as_of or date.max)
        lacking = [level for level in levels if level not in found.levels]
        if lacking:
            known = "、".join(found.levels)
            raise DataRefused([error("track.level_not_planned", ">".join(lacking), known=known)])
        return rows_of(found, levels), []
    try:
        facts = _quota_files(request, levels, calendar)
    except DataRefused as refusal:
        raise DataRefused(_flagged(refusal.findings, FLAGS)) from refusal
    return _in_force(facts, levels), _flagged(facts.findings, FLAGS)


def _quota_files(request: TrackRequest, levels: Sequence[str], calendar: FiscalCalendar) -> Facts:
    """The quotas' files: the member's column, and the levels above it that the first one has."""
    headers = open_file(request.quota[0], RawOptions()).headers
    above = [level for level in levels[:-1] if level in headers]
    quotas = [header for header in headers if headline(header).name in QUOTAS]
    intake = IntakeRequest(
        files=request.quota,
        columns=(*above, levels[-1]),
        date=request.quota_date,
        amount=request.quota_amount or (quotas[0] if len(quotas) == 1 else None),
        aliases=read_pairs(request.alias),
        calendar=calendar,
    )
    return read_facts(intake)


def _texts(facts: Facts, columns: Sequence[str]) -> pl.DataFrame:
    return facts.frame.with_columns(pl.col(columns).cast(pl.String))


def _refuse_unplaced(quotas: pl.DataFrame, levels: Sequence[str]) -> None:
    """Whoever is credited stands where the quotas say: they must say it."""
    lacking = [level for level in levels if level not in quotas.columns]
    if lacking:
        raise DataRefused([error("credit.quotas_without_place", ">".join(lacking))])


def _credit(facts: Facts, levels: Sequence[str]) -> pl.DataFrame:
    frame = _texts(facts, levels)
    sums = frame.group_by(*levels, "date").agg(pl.col("amount").sum().alias("credit"))
    return sums.sort(*levels, "date")


def _in_force(facts: Facts, levels: Sequence[str]) -> pl.DataFrame:
    """The quotas of a member and day added up (over products and the like), then in force."""
    have = [level for level in levels if level in facts.frame.columns]
    frame = _texts(facts, have)
    sums = frame.group_by(*have, pl.col("date").alias("start")).agg(pl.col("amount").sum())
    broken = sums.filter(pl.col("amount") % _PARTS_OF_FEN != 0).sort(*have, "start")
    if broken.height:
        first = broken.row(0, named=True)
        start, count = str(first["start"]), broken.height
        member = first[levels[-1]]
        raise DataRefused([error("track.quota_parts", member, start=start, count=count)])
    minor = pl.Series("quota", facts_to_minor(sums["amount"].to_numpy()))
    return in_force(sums.drop("amount").with_columns(minor), have)


def _placed(quotas: pl.DataFrame, credit: pl.DataFrame, levels: Sequence[str]) -> pl.DataFrame:
    """The quotas under all levels. Refuses members whose place the facts do not settle."""
    have = [level for level in levels if level in quotas.columns]
    if len(have) == len(levels):
        return quotas
    places = credit.select(levels).unique().sort(levels)
    torn = places.group_by(have, maintain_order=True).len()
    torn = torn.filter(pl.col("len") > 1).join(quotas, on=have, how="semi").sort(have)
    if torn.height:
        lacking = ">".join(level for level in levels if level not in have)
        raise DataRefused(
            error("track.member_torn", row[levels[-1]], places=row["len"], levels=lacking)
            for row in torn.iter_rows(named=True)
        )
    placed = quotas.join(places, on=have, how="left", maintain_order="left")
    return placed.with_columns(pl.col(levels).fill_null(UNASSIGNED))
