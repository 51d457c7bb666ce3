"""Sheet titles that every spreadsheet program accepts, and file names that every disk accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 31
LONGEST_FILE: Final = 150  # bytes; file systems allow 255 and the stem comes before it
_SHEET_SIGNS: Final = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\x7f\ue000-\uf8ff\ufffe\uffff]")
_FILE_SIGNS: Final = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]')
_CALL: Final = re.compile(r"(?<=\w)\(")  # a title in a formula must not look like a function
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_BLANK: Final = "_"


class Titles:
    """Hands out titles of at most 31 signs, each once, whatever the case of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # Excel keeps this one for itself

    def take(self, wanted: str) -> str:
        """The wanted title, cleaned, shortened and numbered where it is taken already."""
        plain = _SHEET_SIGNS.sub(_BLANK, wanted).strip().strip("'") or _BLANK
        plain = _CALL.sub(" (", plain)
        return self._unique(lambda tail: _cut(plain, LONGEST - len(tail), "utf-16-le", 2) + tail)

    def take_file(self, wanted: str) -> str:
        """The same for a part of a file name."""
        plain = _FILE_SIGNS.sub(_BLANK, wanted).strip().strip(".") or _BLANK
        if _RESERVED.fullmatch(plain):
            plain += _BLANK
        return self._unique(lambda tail: _cut(plain, LONGEST_FILE - len(tail), "utf-8", 1) + tail)

    def _unique(self, build: Callable[[str], str]) -> str:
        title, number = build(""), 2
        while title.casefold() in self._taken:
            title, number = build(f" ({number})"), number + 1
        self._taken.add(title.casefold())
        return title


def _cut(text: str, longest: int, encoding: str, width: int) -> str:
    """As much of the text as fits: Excel counts units of UTF-16, disks count bytes of UTF-8."""
    kept = text
    while len(kept.encode(encoding)) > longest * width:
        kept = kept[:-1]
    return kept.rstrip(" .'") if kept != text else kept
