"""What the records of an .xls say that its cell reader keeps silent about."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from struct import error as CutShort  # noqa: N812 - what a cut record raises everywhere here
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOF, EOF, FILEPASS, BOUND_SHEET, DATE_MODE = 0x809, 0x0A, 0x2F, 0x85, 0x22
ROW, BOOL_ERR, FORMULA = 0x208, 0x205, 0x06
CELLS = frozenset({0x203, 0x204, 0xFD, 0x27E, 0xBD, BOOL_ERR, FORMULA})
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
HIDDEN_ROW = 0x20
Record = tuple[int, bytes]


@dataclass(slots=True)
class SheetRecords:
    """0-based rows: hidden ones, error cells by (row, column), and the far corner of the cells."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1
    cells: int = 0


@dataclass(slots=True)
class BookRecords:
    """``sheets``: the name of each and where its records start, in the order of the tabs."""

    sheets: list[tuple[str, int]] = field(default_factory=list)
    is_encrypted: bool = False
    from_1904: bool = False


def book_records(stream: bytes) -> BookRecords:
    """The workbook's own records. Raises struct.error where a record is cut."""
    found = BookRecords()
    for kind, body in _records(stream, 0):
        if kind == FILEPASS:
            found.is_encrypted = True
        elif kind == DATE_MODE:
            found.from_1904 = struct.unpack_from("<H", body)[0] == 1
        elif kind == BOUND_SHEET:
            found.sheets.append((_name(body), struct.unpack_from("<I", body)[0]))
    return found


def _name(body: bytes) -> str:
    size, wide = body[6], body[7] == 1
    return body[8 : 8 + 2 * size].decode("utf-16-le" if wide else "gb18030", "replace")[:size]


def sheet_records(stream: bytes, offset: int) -> SheetRecords:
    """One sheet's records. Raises struct.error where a record is cut."""
    found = SheetRecords()
    for kind, body in _records(stream, offset):
        if kind == ROW:
            _note_row(found, body)
        elif kind in CELLS:
            _note_cell(found, kind, body)
    return found


def _note_row(found: SheetRecords, body: bytes) -> None:
    row, _, _, _, _, _, flags = struct.unpack_from("<7H", body)
    if flags & HIDDEN_ROW:
        found.hidden.add(row)


def _note_cell(found: SheetRecords, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    found.last_row = max(found.last_row, row)
    found.last_column = max(found.last_column, column)
    found.cells += max(1, len(body) // 6 - 1)  # several where one record holds a run
    if (code := _error(kind, body)) is not None:
        found.errors[row, column] = ERRORS.get(code, "#ERR!")


def _error(kind: int, body: bytes) -> int | None:
    """The error code of a cell record, None for a cell without."""
    if kind == BOOL_ERR and body[7]:
        return body[6]
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _records(stream: bytes, place: int) -> Iterator[Record]:
    """The records from one BOF to its EOF, those of embedded charts left out."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        if depth == 1:
            yield kind, body
        if depth <= 0:
            return
    raise CutShort("no end of sheet")
