"""Cells that read but cannot be meant: control characters, mojibake, endless text, lost digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.raw_table import MAX_SHOWN, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import polars as pl

    from quotaloom.warehouse.intake.grid import Grid

# UTF-8 read as Windows-1252 turns each Chinese character into one of ã ä å æ ç è é and two signs
SIGNS = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
TWISTED = f"[ã-é][{SIGNS}]{{2}}"
LOST = "锟斤拷|\ufffd"
SPOILT = (  # the bytes of these signs; 0xC3 leads each of ã-é, and no Chinese character
    (b"\xc3", b"\xc3"),
    (b"\xef", "\ufffd".encode()),
    ("锟".encode(), "锟斤拷".encode()),
)
CONTROL = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
CONTROLS = bytes(sorted({*range(32), 0x7F} - {*b"\t\n\r"}))
UNCONTROLLED = bytes(byte for byte in range(256) if byte not in CONTROLS)
ROUNDED = r"^[0-9](\.[0-9]+)?E\+[0-9]{2,}$"  # what Excel writes into a csv for a long number
CHINESE = re.compile("[\u4e00-\u9fff]")


def doubtful_text(grid: Grid, codes: Collection[str]) -> None:
    """Add the doubts of every text column, of these codes."""
    for place, column in enumerate(grid.frame.get_columns()):
        for code in codes:
            _note(grid, place, column, code, TESTS[code](column))


def suspected(utf8: bytes, *, controls: bool = True) -> list[str]:
    """The codes that cells of this text may have: a quick look at its bytes rules out the rest.

    Without ``controls`` it is known that the text holds no control characters.
    """
    ruled_out = {
        "intake.mojibake": not any(_holds(utf8, *sign) for sign in SPOILT),
        "intake.control_character": not (controls and utf8.translate(None, UNCONTROLLED)),
        "intake.precision_lost": not _holds(utf8, b"+", b"E+"),
    }
    return [code for code in TESTS if not ruled_out.get(code)]


def _holds(utf8: bytes, rare: bytes, whole: bytes) -> bool:
    """Whether some bytes occur; the rarest of them is looked for first, which is far quicker."""
    return rare in utf8 and whole in utf8


def _is_mojibake(column: pl.Series) -> pl.Series:
    lost = column.str.contains(LOST)
    twisted = column.str.contains(TWISTED)
    if not twisted.any():
        return lost
    texts = column.filter(twisted).unique().to_list()
    wrong = [text for text in texts if CHINESE.search(untwisted(text))]
    return lost | column.is_in(wrong)


def _is_too_long(column: pl.Series) -> pl.Series:
    long = column.str.len_bytes() > MAX_TEXT
    return column.str.len_chars() > MAX_TEXT if long.any() else long


TESTS: dict[str, Callable[[pl.Series], pl.Series]] = {
    "intake.mojibake": _is_mojibake,
    "intake.control_character": lambda column: column.str.contains(CONTROL),
    "intake.cell_too_long": _is_too_long,
    "intake.precision_lost": lambda column: column.str.contains(ROUNDED),
}
OF_WORKBOOKS = [code for code in TESTS if code != "intake.precision_lost"]  # Excel keeps a number


def untwisted(text: str) -> str:
    """What ``text`` was before UTF-8 was read as Windows-1252, "" where it never was that."""
    try:
        return b"".join(_byte(char) for char in text).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char < "\u0100" else char.encode("cp1252")


def _note(grid: Grid, place: int, column: pl.Series, code: str, hit: pl.Series) -> None:
    places = hit.arg_true()
    for at in places[:MAX_SHOWN]:
        grid.doubts.add(code, int(grid.rows[at]), place, repr(column[at])[1:-1])
    if len(places) > MAX_SHOWN:
        grid.doubts.counts[code, place] += len(places) - MAX_SHOWN
