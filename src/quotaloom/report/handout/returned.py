"""A workbook that came back: which handout it is, by the stamp in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.handout.stamp import FIELDS, MARK, machine
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.outputs import OutputWorkbook, filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quotaloom.core.model.findings import Param
    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.warehouse.outputs import Rows

KEYS: Final = frozenset(MARK + field for field in FIELDS)
MOST_SHEETS: Final = 40
MOST_TAGS: Final = 8_000_000  # a sheet of a million cells has four millions

Place = dict[str, "Param"]


@dataclass(frozen=True, slots=True)
class Told:
    """A field of the stamp as the file has it, and where."""

    text: str
    place: Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Returned:
    """A file: its name, the SHA-256 of its bytes, all its sheets, and the stamps found in it."""

    file: str
    digest: str
    sheets: Mapping[str, Rows]
    stamps: Mapping[str, tuple[Told, ...]]

    @property
    def id(self) -> str:
        """The number of its handout. Raises DataRefused where there is none, or several."""
        found = {one.text for one in self.stamps.get("id", ())}
        if not found:
            raise DataRefused([error("handout.no_stamp", file=self.file)])
        if len(found) > 1:
            raise DataRefused([error("handout.two_stamps", file=self.file)])
        return found.pop()

    def refuse_other(self, handout: Handout) -> None:
        """Raise DataRefused with every field that is not as the house wrote it."""
        wanted = machine(handout)
        wrong = [
            error("handout.tampered", field, file=self.file, value=one.text[:80], **one.place)
            for field in FIELDS
            for one in self.stamps.get(field, ())
            if one.text != wanted[field]
        ]
        if wrong:
            raise DataRefused(wrong)


def open_return(path: Path) -> Returned:
    """Read a file whole. Raises DataRefused for what is no workbook, or made to do harm."""
    kind = kind_of(path)
    if kind != "zip":
        raise DataRefused([error("intake.format_refused", kind, file=path.name)])
    with contained(path.name), OutputWorkbook(path, most_tags=MOST_TAGS) as book:
        if len(book.titles) > MOST_SHEETS:
            count = len(book.titles)
            raise DataRefused([error("handout.sheets_too_many", file=path.name, count=count)])
        sheets = {title: book.rows(title) for title in book.titles}
        properties = book.properties()
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Returned(path.name, digest, sheets, _stamps(sheets, properties))


def _stamps(
    sheets: Mapping[str, Rows], properties: Mapping[str, str]
) -> dict[str, tuple[Told, ...]]:
    found: dict[str, tuple[Told, ...]] = {}
    for field, told in (*_on_sheets(sheets), *_in_properties(properties)):
        found[field] = (*found.get(field, ()), told)
    return found


def _on_sheets(sheets: Mapping[str, Rows]) -> Iterator[tuple[str, Told]]:
    keys = (
        (title, cell) for title, rows in sheets.items() for cell in filled(rows) if cell[2] in KEYS
    )
    for title, (row, place, value) in keys:
        beside = str(sheets[title][row].get(place + 1, ""))
        where: Place = {"sheet": title, "row": row, "column": letter(place + 1)}
        yield str(value).removeprefix(MARK), Told(beside, where)


def _in_properties(properties: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    for field in FIELDS:
        if text := properties.get(MARK + field):
            yield field, Told(text, {})
