"""One sheet of an xlsx workbook, streamed cell by cell into columns of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.grid import Area, Doubts, letter
from quotaloom.warehouse.intake.numbers import is_rounded, number_text, serial_text
from quotaloom.warehouse.intake.raw_table import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from quotaloom.warehouse.intake.workbook import unescaped
from quotaloom.warehouse.intake.xml_part import StopReading, local

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.workbook import Workbook

PLACES = {letter(place): place for place in range(16_384)}
MAX_MERGES = 100_000
MAX_NAMES = 1_000  # different tag names; SpreadsheetML has fewer
LAYOUT = re.compile(r"[\r\n]\s*$")  # between tags of an indented part, not of the cell
BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class SheetCells:
    """Listens to a sheet: ``columns`` of texts by position, ``rows`` their numbers.

    The dimension that the sheet declares is not believed. Speed matters here: two hundred
    thousand rows pass through ``start`` millions of times, so no tag's end is listened to: a cell
    is complete when the next one, the next row or ``finish`` comes.
    """

    end = None

    def __init__(self, book: Workbook, file: str, sheet: str) -> None:
        self.columns: list[list[str | None]] = [[] for _ in range(MAX_COLUMNS)]
        self.dates = [0] * MAX_COLUMNS
        self.rows: list[int] = []
        self.hidden: set[int] = set()
        self.merges: list[Area] = []
        self.doubts = Doubts()
        self.last_row = 0
        self.unknown_styles = 0
        self._strings = book.strings
        self._from_1904 = book.from_1904
        self._is_date: dict[str | None, bool] = {None: False}
        self._is_date.update(book.styles)
        self._where: dict[str, Param] = {"file": file, "sheet": sheet}
        self._tags: dict[str, str] = {}
        self._row_text = ""
        self._row_is_hidden = False
        self._row_is_new = False
        self._place = -1
        self._cell: dict[str, str] | None = None
        self._text = ""
        self._is_open = False
        self._has_formula = False
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        tag = self._tags.get(name) or self._learn(name)
        if tag == "v":
            self._is_open = True
        elif tag == "c":
            if self._cell is not None:
                self._end_cell(self._cell)
            self._cell = attributes
            self._text = ""
            self._is_open = self._has_formula = self._is_phonetic = False
        else:
            self._start_other(tag, attributes)

    def text(self, text: str) -> None:
        """Characters of a value, a formula or nothing."""
        if self._is_open and len(self._text) <= MAX_TEXT:
            self._text += text

    def _learn(self, name: str) -> str:
        if len(self._tags) > MAX_NAMES:
            raise DataRefused([error("intake.file_damaged", name[:40], **self._where)])
        return self._tags.setdefault(name, local(name))

    def finish(self) -> None:
        """Close the last cell."""
        if self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        self._is_open = False
        if tag == "row":
            self._start_row(attributes)
        elif tag == "t":
            self._is_open = not self._is_phonetic
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._is_phonetic = True  # hints for readers, no text of the cell
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.finish()
        stated = attributes.get("r", str(self.last_row + 1))
        number = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 8 else 0
        if number <= self.last_row:
            row = self.last_row + 1
            found = error("intake.rows_unordered", stated[:20], row=row, **self._where)
            raise DataRefused([found])
        self.last_row = number
        self._row_text = str(number)
        self._row_is_hidden = attributes.get("hidden") in {"1", "true"}
        self._row_is_new = True
        self._place = -1

    def _end_cell(self, cell: dict[str, str]) -> None:
        address = cell.get("r")
        place = self._place + 1
        if address is not None:
            place = PLACES.get(address.removesuffix(self._row_text), -1)
            if place <= self._place:
                self._refuse_place(address)
        self._place = place
        text = self._text
        if not text:
            if self._has_formula and cell.get("t") != "str":
                self.doubts.add("intake.formula_without_value", self.last_row, place)
            return
        if place >= MAX_COLUMNS or self.last_row > MAX_ROWS:
            self._refuse_far(place)
        if text[-1] <= " ":
            text = LAYOUT.sub("", text)
        kind, style = cell.get("t", "n"), cell.get("s")
        value = self._number(text, place, style) if kind == "n" else self._typed(text, place, kind)
        if value:
            self._keep(place, value)

    def _keep(self, place: int, value: str) -> None:
        if self._row_is_new:
            self._row_is_new = False
            self.rows.append(self.last_row)
            if self._row_is_hidden:
                self.hidden.add(self.last_row)
        column = self.columns[place]
        gap = len(self.rows) - 1 - len(column)
        if gap:
            column.extend([None] * gap)
        column.append(value)

    def _refuse_place(self, address: str) -> None:
        where = {**self._where, "row": self.last_row, "column": address[:20]}
        raise DataRefused([error("intake.cells_unordered", address[:20], **where)])

    def _refuse_far(self, place: int) -> None:
        where = {**self._where, "row": self.last_row, "column": letter(place)}
        caps = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        raise DataRefused([error("intake.far_cell", "", value=self._text[:60], **where, **caps)])

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = (*_corner(first), *_corner(last or first))
        if 0 in corners[::2] or len(self.merges) >= MAX_MERGES:
            raise DataRefused([error("intake.file_damaged", reference[:40], **self._where)])
        self.merges.append(corners)

    def _number(self, stored: str, place: int, style: str | None) -> str:
        is_date = self._is_date.get(style)
        if is_date:
            return self._date(stored, place)
        if is_date is None:
            self.unknown_styles += 1
        if len(stored) < 16 and stored.isdecimal() and stored[0] != "0" and stored.isascii():
            return stored
        text = number_text(stored)
        if text is None:
            self.doubts.add("intake.number_unreadable", self.last_row, place, stored)
            return stored
        if is_rounded(text):
            self.doubts.add("intake.precision_lost", self.last_row, place, text)
        return text

    def _date(self, stored: str, place: int) -> str:
        text = serial_text(stored, from_1904=self._from_1904)
        if text is None:
            self.doubts.add("intake.date_serial", self.last_row, place, stored)
            return stored
        self.dates[place] += 1
        return text

    def _typed(self, text: str, place: int, kind: str) -> str:
        if kind == "s":
            return self._shared(text, place)
        if kind in {"inlineStr", "str"}:
            return unescaped(text)
        if kind == "b":
            return BOOLEANS.get(text.strip(), text)
        if kind == "d":
            self.dates[place] += 1
            return text.removesuffix("Z").removesuffix(".000").removesuffix("T00:00:00")
        return text

    def _shared(self, text: str, place: int) -> str:
        try:
            at = int(text)
            return self._strings[at] if at >= 0 else self._strings[len(self._strings)]
        except (IndexError, ValueError):
            self.doubts.add("intake.string_missing", self.last_row, place, text)
            return text


class FirstValue:
    """Listens to a sheet until it holds anything at all."""

    end = None

    def __init__(self) -> None:
        self.found = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a protocol
        """A tag opens; a value, an inline text or a formula is enough."""
        if local(name) in {"v", "t", "f"}:
            self.found = True
            raise StopReading

    def text(self, text: str) -> None:
        """Nothing to do."""


def _corner(address: str) -> tuple[int, int]:
    """Row and 0-based column of an address; row 0 where it is none."""
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if letters not in PLACES or not 0 < len(digits) < 8:
        return 0, 0
    return int(digits), PLACES[letters]
