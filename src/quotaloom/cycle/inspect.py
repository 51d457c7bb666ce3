"""Look at a file before a plan is made of it: sheets, header, columns and why, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from quotaloom.core.allocation.wish_text import quoted
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.assembly import Terms
from quotaloom.cycle.reading import nested, read_request
from quotaloom.cycle.request import read_dimensions
from quotaloom.warehouse.intake.raw import RawOptions, read_raw, sheets_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.reading import Read
    from quotaloom.cycle.request import DecomposeRequest
    from quotaloom.warehouse.intake.raw import RawTable

SAMPLE: Final = 6


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it stands in the file: its sheets, the header row, the first lines."""

    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is taken for. ``amount`` is the sum in ten-thousandths of the currency unit.

    ``chosen`` maps a role (date, amount) to its column; ``members`` counts the members of each
    dimension column; ``by`` proposes hierarchies as ``--by`` texts. Findings of severity error
    mean that no plan can be made yet.
    """

    look: Look
    chosen: dict[str, str]
    members: dict[str, int]
    by: tuple[str, ...]
    rows: int
    first: date | None
    last: date | None
    amount: int
    findings: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether a plan can be made of it."""
        return bool(self.rows)


def inspect_facts(request: DecomposeRequest) -> Inspection:
    """Read the first file of the request as a decomposition would, and tell; nothing is raised."""
    if isinstance(request.facts, pl.DataFrame):
        raise TypeError("a frame needs no inspection")
    look, found = _look(request.facts[0], request)
    try:
        read = read_request(
            request, read_dimensions(request.by, request.tree), Terms.of(request).calendar
        )
    except QuotaLoomError as refusal:
        told = (*refusal.findings, *(one for one in found if one not in refusal.findings))
        return Inspection(look, {}, {}, (), 0, None, None, 0, told)
    return _told(look, read, request.by or _proposed(read))


def _proposed(read: Read) -> tuple[str, ...]:
    """The hierarchies that the recognised columns make."""
    chains = nested(read.facts) if read.facts.candidates else []
    return tuple(">".join(quoted(column) for column in chain) for chain in chains)


def _told(look: Look, read: Read, by: tuple[str, ...]) -> Inspection:
    frame = read.facts.frame
    days = frame["date"] if "date" in frame.columns else pl.Series([], dtype=pl.Date)
    roles = {role: name for role, name in read.facts.chosen.items() if role in ("date", "amount")}
    return Inspection(
        look=look,
        chosen=roles,
        members={column: frame[column].n_unique() for column in read.columns},
        by=by,
        rows=frame.height,
        first=days.min(),  # type: ignore[arg-type]
        last=days.max(),  # type: ignore[arg-type]
        amount=int(frame["amount"].sum()),
        findings=tuple(read.findings),
    )


def raw_table(request: DecomposeRequest) -> RawTable | None:
    """The first file's cells as they stand, None where they cannot be laid out."""
    if isinstance(request.facts, pl.DataFrame):
        return None
    try:
        return read_raw(request.facts[0], _options(request))
    except QuotaLoomError:
        return None


def _options(request: DecomposeRequest) -> RawOptions:
    return RawOptions(
        sheet=request.sheet,
        header_row=request.header_row,
        delimiter=request.delimiter,
        encoding=request.encoding,
        hidden_rows="read",
        fill_down=True,
    )


def _look(path: Path, request: DecomposeRequest) -> tuple[Look, tuple[Finding, ...]]:
    """The table as far as it can be seen, and what stands in the way."""
    try:
        look = Look(sheets=sheets_of(path))
        raw = read_raw(path, _options(request))
    except QuotaLoomError as refusal:
        return _sheets_only(path), tuple(refusal.findings)
    lines = tuple(
        tuple("" if cell is None else str(cell) for cell in row)
        for row in raw.frame.head(SAMPLE).iter_rows()
    )
    return Look(look.sheets, raw.sheet, raw.header_row, raw.headers, lines), ()


def _sheets_only(path: Path) -> Look:
    try:
        return Look(sheets=sheets_of(path))
    except QuotaLoomError:
        return Look()
