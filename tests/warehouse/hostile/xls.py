"""Old .xls workbooks written record by record (BIFF8 in a compound file)."""

from __future__ import annotations

import struct

SECTOR = 512
END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def text_record(row: int, column: int, text: str) -> bytes:
    """A LABEL cell."""
    raw = text.encode("utf-16-le", "replace")
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(raw) // 2, 1) + raw)


def number_record(row: int, column: int, value: float) -> bytes:
    """A NUMBER cell."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def error_record(row: int, column: int, code: int) -> bytes:
    """A BOOLERR cell that holds an error."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def failed_formula(row: int, column: int, code: int) -> bytes:
    """A FORMULA cell whose result is an error."""
    result = struct.pack("<BBBBBBH", 2, 0, code, 0, 0, 0, 0xFFFF)
    formula = struct.pack("<HIHBH", 0, 0, 3, 0x1E, 1)  # the number 1
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + formula)


def row_record(row: int, *, hidden: bool) -> bytes:
    """A ROW record."""
    flags = 0x120 if hidden else 0x100
    return record(0x208, struct.pack("<8H", row, 0, 5, 255, 0, 0, flags, 0))


def book_stream(sheets: dict[str, bytes], *, extra: bytes = b"") -> bytes:
    """The Workbook stream; ``extra`` are more records of the workbook itself."""
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 1996, 0, 6))
    page = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 1996, 0, 6))
    code_page = record(0x42, struct.pack("<H", 1200))
    style = record(0xE0, bytes(20))
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    size = sum(len(record(0x85, bytes(6) + name)) for name in names)
    start = len(bof + extra + code_page + style) + size + len(record(0x0A))
    bounds, body = b"", b""
    for name, cells in zip(names, sheets.values(), strict=True):
        bounds += record(0x85, struct.pack("<IBB", start + len(body), 0, 0) + name)
        body += page + cells + record(0x0A)
    return bof + extra + code_page + style + bounds + record(0x0A) + body


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of the streams, each padded over the cut-off of small ones."""
    padded = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    sectors: list[bytes] = [b"", b""]  # the FAT, the directory
    chains: list[int] = [FAT_SECTOR, END]
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for at, (name, body) in enumerate(padded.items(), 1):
        start = len(sectors)
        pieces = [body[place : place + SECTOR] for place in range(0, len(body), SECTOR)]
        sectors += [piece.ljust(SECTOR, b"\0") for piece in pieces]
        chains += [*range(start + 1, start + len(pieces)), END]
        right = at + 1 if at < len(padded) else FREE
        entries.append(_entry(name, 2, start, len(body), right=right))
    sectors[0] = b"".join(struct.pack("<I", n) for n in chains).ljust(SECTOR, b"\xff")
    sectors[1] = b"".join(entries).ljust(SECTOR, b"\0")
    assert len(chains) <= 128, "one FAT sector only"
    assert len(entries) <= 4, "one directory sector only"
    return _header() + b"".join(sectors)


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE
) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return (
        head + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108)


def workbook(sheets: dict[str, bytes], *, extra: bytes = b"") -> bytes:
    """A whole .xls."""
    return compound({"Workbook": book_stream(sheets, extra=extra)})


def table(rows: list[list[object]]) -> bytes:
    """The cell records of rows of texts and numbers."""
    cells = [
        text_record(row, column, cell)
        if isinstance(cell, str)
        else number_record(row, column, cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    ]
    return b"".join(cells)
