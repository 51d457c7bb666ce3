"""A table as it stands in a file, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.warehouse.intake.raw import read_raw, sheets_of

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.raw import RawOptions

SAMPLE: Final = 6


@dataclass(frozen=True, slots=True)
class Look:
    """The sheets of a file, the one looked at, its header row and headers, its first lines."""

    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()


def look_at(path: Path, options: RawOptions) -> tuple[Look, tuple[Finding, ...]]:
    """The table as far as it can be seen, and what stands in the way; nothing is raised."""
    try:
        look = Look(sheets=sheets_of(path))
        raw = read_raw(path, options)
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
