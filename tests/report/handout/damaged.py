"""A handed-out workbook, damaged by chance: the same seed always damages it in the same way."""

from __future__ import annotations

import io
import random
import re
import zipfile

import openpyxl

VALUES = (
    None,
    "",
    0,
    -5,
    1e300,
    1.5,
    10**17,
    True,
    "很多",
    "=1/0",
    "=SUM(F6:F9)",
    "#REF!",
    "１２万",
    "NaN",
    "1_000",
    "（5）",
    "x" * 40_000,
    "ab12cd34|3",
    "ab12cd34:2027-01",
    "quotaloom:id",
    "\u202e5",
    "=cmd|' /C calc'!A0",
)
TEXTS = (b"", b"<", b"&#x0;", b"\x00", b"1e999999", b"A1", b"XFD1048576", b"<!DOCTYPE x>", b"\xff")


def damaged(content, seed):
    """The bytes of the workbook after some damage."""
    chance = random.Random(seed)
    harm = chance.choice((_typed, _typed, _typed, _shape, _shape, _xml, _xml, _bytes, _parts))
    return harm(chance, content)


def _typed(chance, content):
    """Anything typed anywhere: into figures, sums, keys, names and the stamp."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(chance.randrange(1, 12)):
        sheet = chance.choice(book.worksheets)
        row, column = chance.randrange(1, sheet.max_row + 2), chance.randrange(1, 26)
        sheet.cell(row, column).value = chance.choice(VALUES)
    return _saved(book)


def _shape(chance, content):
    """Rows and columns deleted, inserted and moved, sheets copied, renamed and dropped."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(chance.randrange(1, 4)):
        sheet = book.worksheets[0]
        at, count = chance.randrange(1, 30), chance.randrange(1, 4)
        chance.choice(
            (
                lambda sheet=sheet, at=at, count=count: sheet.delete_rows(at, count),
                lambda sheet=sheet, at=at, count=count: sheet.insert_rows(at, count),
                lambda sheet=sheet, at=at, count=count: sheet.delete_cols(at % 24 + 1, count),
                lambda sheet=sheet, at=at, count=count: sheet.insert_cols(at % 24 + 1, count),
                lambda sheet=sheet, at=at: sheet.move_range(f"A{at}:X{at + 2}", rows=3),
                lambda sheet=sheet: book.copy_worksheet(sheet),
                lambda sheet=sheet: setattr(sheet, "title", "别的"),
                lambda: book.remove(book.worksheets[-1]) if len(book.worksheets) > 1 else None,
            )
        )()
    return _saved(book)


def _xml(chance, content):
    """A tag or a text of a part replaced."""

    def harm(name, text):
        if not name.endswith((".xml", ".rels")) or chance.random() < 0.5:
            return text
        spots = [found.span() for found in re.finditer(rb"(?<=[\">])[^<>\"]{1,40}(?=[<\"])", text)]
        for _ in range(chance.randrange(1, 4)):
            start, end = chance.choice(spots) if spots else (0, 0)
            text = text[:start] + chance.choice(TEXTS) + text[end:]
        return text

    return _repacked(content, harm)


def _parts(chance, content):
    """A part that is missing, empty or cut."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        target = chance.choice(package.namelist())
    left = chance.choice((None, 0, 0.5, 0.99))

    def harm(name, text):
        if name != target:
            return text
        return None if left is None else text[: int(len(text) * left)]

    return _repacked(content, harm)


def _bytes(chance, content):
    """Bytes of the file itself, cut or turned over."""
    found = bytearray(content)
    if chance.random() < 0.3:
        return bytes(found[: chance.randrange(len(found))])
    for _ in range(chance.randrange(1, 20)):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _repacked(content, harm):
    fresh = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(fresh, "w") as new:
        for name in old.namelist():
            text = harm(name, old.read(name))
            if text is not None:
                new.writestr(name, text)
    return fresh.getvalue()


def _saved(book):
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()
