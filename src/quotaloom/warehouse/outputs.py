"""Workbooks that the house wrote and people may have edited, read cell by cell."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.grid import letter
from quotaloom.warehouse.intake.numbers import number_text
from quotaloom.warehouse.intake.workbook import read_workbook, unescaped
from quotaloom.warehouse.intake.xml_part import MANY_TAGS, local, read_part
from quotaloom.warehouse.intake.zip_package import ZipPackage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

MAX_ROW: Final = 1_048_576
PROPERTIES: Final = "docProps/custom.xml"
PLACES: Final = {letter(place): place for place in range(16_384)}


class Odd(Enum):
    """A cell that shows no value that could be used."""

    UNSAVED = "a formula without a saved value"
    BROKEN = "an error or a number that is none"


Value = str | int | Decimal | Odd
Rows = dict[int, dict[int, Value]]  # row as Excel counts it → column from 0 → value


def filled(rows: Rows) -> Iterator[tuple[int, int, Value]]:
    """All cells of a sheet: row, column, value."""
    return ((row, place, value) for row, cells in rows.items() for place, value in cells.items())


class OutputWorkbook:
    """The sheets of a workbook, by title, each read when it is asked for. Use as a context.

    Numbers are exact: the shortest text of what is stored. Raises DataRefused for what is no
    workbook, is damaged or was made to do harm.
    """

    def __init__(self, path: Path, *, most_tags: int = MANY_TAGS) -> None:
        """``most_tags`` bounds what is read of each sheet."""
        self._most_tags = most_tags
        self._package = ZipPackage(path)
        try:
            self._book = read_workbook(self._package)
        except BaseException:
            self._package.__exit__()
            raise
        self._parts = {sheet.name: sheet.part for sheet in self._book.sheets if sheet.part}
        self.titles = tuple(self._parts)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._package.__exit__()

    def rows(self, title: str) -> Rows:
        """All filled cells of a sheet; a hidden one counts like any other."""
        part, file = self._parts[title], self._package.file
        cells = _Cells(self._book.strings, file, title)
        chunks = self._package.chunks(part)
        read_part(chunks, cells, file=file, part=part, most_tags=self._most_tags)
        cells.finish()
        return cells.rows

    def properties(self) -> dict[str, str]:
        """The document's own properties, by name; empty where it has none."""
        listener = _Properties()
        if PROPERTIES in self._package:
            chunks, file = self._package.chunks(PROPERTIES), self._package.file
            read_part(chunks, listener, file=file, part=PROPERTIES)
        return listener.found


class _Properties:
    """Listens to the part with the document's own properties."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if local(name) == "property":
            self._name = attributes.get("name", "")

    def end(self, name: str) -> None:
        """A tag closes."""
        if local(name) == "property":
            self._name = ""

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._name:
            self.found[self._name] = self.found.get(self._name, "") + text.strip()


class _Cells:
    """Listens to a sheet's XML. A cell is complete when the next one or ``finish`` comes."""

    end = None

    def __init__(self, strings: list[str], file: str, title: str) -> None:
        self.rows: Rows = {}
        self._strings = strings
        self._at = {"file": file, "sheet": title}
        self._row = 0
        self._place = -1
        self._cell: dict[str, str] | None = None
        self._parts: list[str] = []
        self._is_open = self._is_phonetic = self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        tag = local(name)
        self._is_open = tag == "v" or (tag == "t" and not self._is_phonetic)
        if tag == "c":
            self.finish()
            self._cell, self._parts = attributes, []
            self._has_formula = self._is_phonetic = False
        elif tag == "row":
            self._start_row(attributes.get("r", str(self._row + 1)))
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._is_phonetic = True

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._is_open:
            self._parts.append(text)

    def finish(self) -> None:
        """Keep the last cell, if it holds anything."""
        if self._cell is None:
            return
        cell, self._cell = self._cell, None
        address = cell.get("r", "")
        place = PLACES.get(address.removesuffix(str(self._row)), -1) if address else self._place + 1
        if place <= self._place or place not in range(len(PLACES)):
            raise DataRefused([error("intake.cells_unordered", address[:20], **self._at)])
        self._place = place
        value = self._value(cell.get("t", "n"), "".join(self._parts))
        if value is not None:
            self.rows.setdefault(self._row, {})[place] = value

    def _start_row(self, stated: str) -> None:
        self.finish()
        is_number = stated.isascii() and stated.isdecimal() and len(stated) < 8
        number = int(stated) if is_number else 0
        if not self._row < number <= MAX_ROW:
            raise DataRefused([error("intake.rows_unordered", stated[:20], **self._at)])
        self._row, self._place = number, -1

    def _value(self, kind: str, text: str) -> Value | None:
        if not text:
            return Odd.UNSAVED if self._has_formula and kind != "str" else None
        if kind == "s":
            known = text.isascii() and text.isdecimal() and int(text[:9]) < len(self._strings)
            return self._strings[int(text)] if known and len(text) < 9 else Odd.BROKEN
        if kind in {"inlineStr", "str"}:
            return unescaped(text)
        if kind == "n":
            return _number(text)
        return Odd.BROKEN if kind == "e" else text


def _number(stored: str) -> Value:
    text = number_text(stored)
    if text is None:
        return Odd.BROKEN
    return int(text) if len(text) < 16 and "." not in text else Decimal(text)
