"""Look at files before a plan is made of them: sheets, headers, columns and why, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.allocation.wish_text import quoted
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import Severity
from quotaloom.cycle.assembly import Terms
from quotaloom.cycle.reading import intake_of, nested, raw_options, read_request
from quotaloom.cycle.request import read_dimensions
from quotaloom.warehouse.intake.aliases import AMOUNTS, DATES
from quotaloom.warehouse.intake.columns import recognise
from quotaloom.warehouse.intake.match import Match, guess_keys, match_joins
from quotaloom.warehouse.intake.raw import RawOptions, read_raw, sheets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.reading import Read
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.intake.raw import RawTable

SAMPLE: Final = 6
NO_DIMENSION: Final = "decompose.no_dimension"


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it stands in its file: sheets, header row, first lines, what is in the way."""

    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def has_facts(self) -> bool:
        """Whether some columns are called as dates and amounts of orders are."""
        roles = (("--date", DATES), ("--amount", AMOUNTS))
        found = [recognise(self.headers, words, flag=flag, file="") for flag, words in roles]
        return all(isinstance(one, str) or one.code.endswith("unclear") for one in found)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the files are taken for. ``amount`` is the sum in ten-thousandths of the currency unit.

    ``chosen`` maps a role (date, amount) to its column; ``members`` counts the members of each
    dimension column; ``by`` proposes hierarchies as ``--by`` texts; ``weights`` counts the rows of
    weights without dates, beside which the rest tells of the dated facts. Findings of severity
    error mean that no plan can be made yet.
    """

    chosen: Mapping[str, str]
    members: Mapping[str, int]
    by: tuple[str, ...]
    rows: int
    first: date | None
    last: date | None
    amount: int
    findings: tuple[Finding, ...]
    weights: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether a plan can be made of it."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def look_at(path: Path, options: RawOptions) -> Look:
    """The table as far as it can be seen; nothing is raised."""
    sheets: tuple[str, ...] = ()
    try:
        sheets = sheets_of(path)
        raw = read_raw(path, _lenient(options))
    except QuotaLoomError as refusal:
        return Look(sheets, findings=tuple(refusal.findings))
    lines = tuple(
        tuple("" if cell is None else str(cell) for cell in row)
        for row in raw.frame.head(SAMPLE).iter_rows()
    )
    return Look(sheets, raw.sheet, raw.header_row, raw.headers, lines, len(raw.rows))


def raw_table(path: Path, options: RawOptions) -> RawTable | None:
    """The cells of a file as they stand, None where they cannot be laid out."""
    try:
        return read_raw(path, _lenient(options))
    except QuotaLoomError:
        return None


def guess_join(tables: Mapping[str, Sequence[str]], path: Path) -> tuple[str, str] | None:
    """The columns that could join a file to ``tables`` (headers by name), None for no idea."""
    right = raw_table(path, RawOptions())
    return guess_keys(tables, right) if right else None


def inspect_joins(request: DecomposeRequest) -> dict[str, Match]:
    """How many rows each join of the request finds, by its name; empty where it is unreadable."""
    files = request.facts if request.weights is None else (request.weights,)
    if isinstance(files, pl.DataFrame):
        return {}
    try:
        dimensions = read_dimensions(request.by, request.tree)
        intake = intake_of(request, dimensions, Terms.of(request).calendar)
    except QuotaLoomError:
        return {}
    paths = tuple(path for path in files if not isinstance(path, pl.DataFrame))
    return match_joins(replace(intake, files=paths))


def inspect_request(request: DecomposeRequest) -> Inspection:
    """Read the files of the request as a decomposition would, and tell; nothing is raised."""
    try:
        read = _read(request)
    except QuotaLoomError as refusal:
        if [one.code for one in refusal.findings] == [NO_DIMENSION]:
            return _without_dimension(request, refusal.findings)
        seen = [one for one in _in_the_way(request) if one not in refusal.findings]
        return _nothing((*refusal.findings, *seen))
    return _told(read, request.by or _proposed(request, read))


def _read(request: DecomposeRequest) -> Read:
    dimensions = read_dimensions(request.by, request.tree)
    return read_request(request, dimensions, Terms.of(request).calendar)


def _nothing(findings: tuple[Finding, ...]) -> Inspection:
    return Inspection({}, {}, (), 0, None, None, 0, findings)


def _without_dimension(request: DecomposeRequest, findings: tuple[Finding, ...]) -> Inspection:
    """What the files are but for a dimension, which nobody has named yet."""
    if isinstance(request.facts, pl.DataFrame) or not request.facts or request.weights is not None:
        return _nothing(findings)
    headers = look_at(request.facts[0], raw_options(request)).headers
    try:
        read = _read(replace(request, by=tuple(map(quoted, headers[:1]))))
    except QuotaLoomError:
        return _nothing(findings)
    return replace(_told(read, ()), members={}, findings=findings)


def _in_the_way(request: DecomposeRequest) -> list[Finding]:
    """What keeps the facts' tables from being seen at all."""
    if isinstance(request.facts, pl.DataFrame):
        return []
    looks = [look_at(path, raw_options(request)) for path in request.facts]
    return [one for look in looks for one in look.findings]


def _proposed(request: DecomposeRequest, read: Read) -> tuple[str, ...]:
    """The hierarchies that the recognised columns make, where no tree was asked for."""
    chains = nested(read.facts) if read.facts.candidates and not request.tree else []
    return tuple(">".join(quoted(column) for column in chain) for chain in chains)


def _told(read: Read, by: tuple[str, ...]) -> Inspection:
    dated = read.dated or read.facts
    has_dates = "date" in dated.frame.columns
    days = dated.frame["date"] if has_dates else pl.Series([], dtype=pl.Date)
    roles = {role: name for role, name in dated.chosen.items() if role in ("date", "amount")}
    return Inspection(
        chosen=roles,
        members={column: read.facts.frame[column].n_unique() for column in read.columns},
        by=by,
        rows=dated.frame.height if has_dates else 0,
        first=days.min(),  # type: ignore[arg-type]
        last=days.max(),  # type: ignore[arg-type]
        amount=int(dated.frame["amount"].sum()) if has_dates else 0,
        findings=tuple(read.findings),
        weights=0 if has_dates and read.dated is None else read.facts.frame.height,
    )


def _lenient(options: RawOptions) -> RawOptions:
    """The same with hidden rows and merged cells shown, whatever becomes of them later."""
    return replace(options, hidden_rows="read", fill_down=True)
