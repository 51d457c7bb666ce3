"""What kind of facts a file holds, by its headers, and which sheet, header row and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.raw import sheets_of
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.warehouse.tables.mapping import choose_columns, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.raw_table import RawOptions
    from quotaloom.warehouse.tables.column import Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """A file at first sight: its sheets and headers, or why it has none that are clear."""

    sheets: tuple[str, ...]
    headers: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A header, the stored name of the column that it is taken for ("" for none), and how."""

    header: str
    column: str
    how: str


def first_sight(path: Path, options: RawOptions) -> Seen:
    """Open the file without reading its rows."""
    sheets: tuple[str, ...] = ()
    try:
        sheets = sheets_of(path)
        return Seen(sheets, tuple(open_file(path, options).headers))
    except DataRefused as refusal:
        return Seen(sheets, (), tuple(refusal.findings))


def likely_kind(headers: Sequence[str]) -> str:
    """The kind that knows the most of the headers and lacks the least; the first of equals."""
    return max(KINDS, key=lambda name: _fit(KINDS[name], headers))


def _fit(kind: Kind, headers: Sequence[str]) -> tuple[int, int]:
    known = [found for header in headers if (found := kind.recognised(header))]
    have = {column.name for column, _ in known}
    met = sum(any(name in have for name in group) for group in kind.groups())
    own = sum(rank == 0 for _, rank in known)
    return 2 * met - len(kind.groups()), own + len(have)


def matches(kind: Kind, headers: Sequence[str], named: Mapping[str, str]) -> list[Match]:
    """What each header is taken for: named by a person, known, near, kept as it is, or left."""
    chosen = choose_columns(kind, headers, named, "")
    taken = {header: column for column, header in chosen.headers.items()}
    found = []
    for header in headers:
        if header in named:
            found.append(Match(header, named[header], "named"))
        elif header in taken:
            found.append(Match(header, taken[header], "known"))
        elif header in chosen.kept:
            found.append(Match(header, "", "kept"))
        else:
            near = suggestion(kind, header, chosen.headers)
            found.append(Match(header, near.name if near else "", "near" if near else "left"))
    return found
