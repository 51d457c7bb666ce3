"""One sheet of an xlsx workbook, streamed cell by cell into columns of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.grid import Area, Doubts, letter
from quotaloom.warehouse.intake.numbers import is_rounded, number_text, serial_text
from quotaloom.warehouse.intake.raw_table import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from quotaloom.warehouse.intake.workbook import unescaped
from quotaloom.warehouse.intake.xml_part import StopReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.model.findings import Param
    from quotaloom.warehouse.intake.workbook import Workbook

PLACES = {letter(place): place for place in range(16_384)}
MAX_MERGES = 100_000
BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class SheetCells:
    """Listens to a sheet: ``columns`` of texts by position, ``rows`` their numbers.

    The dimension that the sheet declares is not believed. Speed matters here: two hundred
    thousand rows pass through ``end`` millions of times.
    """

    def __init__(self, book: Workbook, file: str, sheet: str) -> None:
        self.columns: list[list[str | None]] = []
        self.rows: list[int] = []
        self.dates: list[int] = []
        self.hidden: set[int] = set()
        self.merges: list[Area] = []
        self.doubts = Doubts()
        self.last_row = 0
        self.unknown_styles = 0
        self._book = book
        self._where: dict[str, Param] = {"file": file, "sheet": sheet}
        self._names: dict[str, str] = {}
        self._row_text = ""
        self._is_hidden = False
        self._place = -1
        self._cell: dict[str, str] = {}
        self._text = ""
        self._open = False
        self._formula = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        tag = self._names.get(name) or self._learn(name)
        if tag == "c":
            self._cell = attributes
            self._text = ""
            self._formula = False
        elif tag in {"v", "t"}:
            self._open = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """A tag closes."""
        tag = self._names[name]
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "t"}:
            self._open = False
        elif tag == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._open and len(self._text) <= MAX_TEXT:
            self._text += text

    def _learn(self, name: str) -> str:
        tag = name.rpartition(":")[2]
        if len(self._names) > 1_000:
            raise DataRefused([error("intake.file_damaged", tag[:40], **self._where)])
        self._names[name] = tag
        return tag

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        number = self.last_row + 1
        if stated is not None:
            number = (
                int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 8 else 0
            )
        if number <= self.last_row:
            row = self.last_row + 1
            raise DataRefused(
                [error("intake.rows_unordered", stated or "", row=row, **self._where)]
            )
        self.last_row = number
        self._row_text = str(number)
        self._is_hidden = attributes.get("hidden") in {"1", "true"}
        self._place = -1

    def _end_cell(self) -> None:
        kind = self._cell.get("t", "n")
        place = self._placed()
        if not self._text:
            if self._formula and kind != "str":
                self._doubt("intake.formula_without_value", place)
            return
        if place >= MAX_COLUMNS or self.last_row > MAX_ROWS:
            self._far(place)
            return
        value = READERS.get(kind, SheetCells._plain)(self, place)
        if value:
            self._keep(place, value)

    def _placed(self) -> int:
        """The column of the cell: by its address where it has one, else the next."""
        address = self._cell.get("r")
        if address is None:
            self._place += 1
            return self._place
        place = PLACES.get(address.removesuffix(self._row_text), -1)
        if place <= self._place or not address.endswith(self._row_text):
            where = {**self._where, "row": self.last_row, "column": address[:20]}
            raise DataRefused([error("intake.cell_unordered", address[:20], **where)])
        self._place = place
        return place

    def _keep(self, place: int, value: str) -> None:
        number = self.last_row
        if not self.rows or self.rows[-1] != number:
            self.rows.append(number)
            if self._is_hidden:
                self.hidden.add(number)
        while place >= len(self.columns):
            self.columns.append([])
            self.dates.append(0)
        column = self.columns[place]
        gap = len(self.rows) - 1 - len(column)
        if gap:
            column.extend([None] * gap)
        column.append(value)

    def _doubt(self, code: str, place: int) -> None:
        self.doubts.add(code, self.last_row, place, self._text)

    def _far(self, place: int) -> None:
        where = {**self._where, "row": self.last_row, "column": letter(place)}
        raise DataRefused(
            [
                error(
                    "intake.far_cell",
                    rows=MAX_ROWS,
                    columns=MAX_COLUMNS,
                    value=self._text[:60],
                    **where,
                )
            ]
        )

    def _merge(self, reference: str) -> None:
        corners = [_corner(corner) for corner in reference.split(":")]
        if len(corners) != 2 or None in corners or len(self.merges) >= MAX_MERGES:
            raise DataRefused([error("intake.file_damaged", reference[:40], **self._where)])
        (row, column), (last_row, last_column) = corners  # type: ignore[misc]
        self.merges.append((row, column, last_row, last_column))

    # one reader a cell type

    def _number(self, place: int) -> str | None:
        stored = self._text
        style = self._cell.get("s")
        if style is not None:
            if style in self._book.date_styles:
                return self._date(place)
            if not style.isdecimal() or int(style) >= self._book.style_count:
                self.unknown_styles += 1
        if len(stored) < 16 and stored.isdecimal() and stored.isascii():
            return stored if stored[0] != "0" else number_text(stored)
        text = number_text(stored)
        if text is None:
            self._doubt("intake.number_unreadable", place)
            return stored
        if is_rounded(text):
            self._doubt("intake.precision_lost", place)
        return text

    def _date(self, place: int) -> str:
        text = serial_text(self._text, from_1904=self._book.from_1904)
        if text is None:
            self._doubt("intake.date_serial", place)
            return self._text
        while place >= len(self.dates):
            self.columns.append([])
            self.dates.append(0)
        self.dates[place] += 1
        return text

    def _shared(self, place: int) -> str | None:
        try:
            return self._book.strings[int(self._text)] if self._text[0] != "-" else None
        except (IndexError, ValueError):
            self._doubt("intake.string_missing", place)
            return self._text

    def _boolean(self, _: int) -> str:
        return BOOLEANS.get(self._text.strip(), self._text)

    def _inline(self, _: int) -> str:
        return unescaped(self._text)

    def _plain(self, _: int) -> str:
        return self._text


READERS: dict[str, Callable[[SheetCells, int], str | None]] = {
    "n": SheetCells._number,
    "s": SheetCells._shared,
    "b": SheetCells._boolean,
    "inlineStr": SheetCells._inline,
    "str": SheetCells._inline,
}


class FirstValue:
    """Listens to a sheet until it holds anything at all."""

    def __init__(self) -> None:
        self.found = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a protocol
        """A tag opens; a value or an inline text is enough."""
        if name.rpartition(":")[2] in {"v", "t", "f"}:
            self.found = True
            raise StopReading

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


def _corner(address: str) -> tuple[int, int] | None:
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if letters not in PLACES or not 0 < len(digits) < 8:
        return None
    return int(digits), PLACES[letters]
