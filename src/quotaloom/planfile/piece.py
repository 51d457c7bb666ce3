"""A piece of a text with its place in the file, and the findings that point there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import category

from quotaloom.core.allocation.wish_text import WIDE, quoted, split_marks, unquoted
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding, Param

ALL: Final = "*"
SHOWN: Final = 60
_UNWRITABLE: Final = {"Cc", "Cs", "Zl", "Zp"}  # control signs, halves of pairs, line ends


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and where it begins; row and column count from 1."""

    text: str
    row: int = 1
    column: int = 1
    file: str = ""

    def trimmed(self) -> Piece:
        """The piece without blanks at its ends."""
        bare = self.text.lstrip()
        column = self.column + len(self.text) - len(bare)
        return Piece(bare.rstrip(), self.row, column, self.file)

    def dropped(self, count: int) -> Piece:
        """The trimmed piece without its first signs."""
        return Piece(self.text[count:], self.row, self.column + count, self.file).trimmed()

    def split(self, mark: str) -> list[Piece]:
        """The trimmed pieces between a mark, plain or full-width, that stands outside quotes."""
        parts = self._parts(mark)
        found, column = [], self.column
        for part in parts:
            found.append(Piece(part, self.row, column, self.file).trimmed())
            column += len(part) + 1
        return found

    def name(self) -> str:
        """The name without its quotes; DataRefused where it is none."""
        try:
            name = unquoted(self.text)
        except UsageRefused:
            raise self.refused("planfile.name_unreadable") from None
        if not is_writable(name):
            raise self.refused("planfile.name_unwritable")
        return name

    def fault(self, code: str, **params: Param) -> Finding:
        """A finding that names this place."""
        value = self.text if len(self.text) <= SHOWN else self.text[:SHOWN] + "…"
        return error(code, value, **self._place(), **params)

    def refused(self, code: str, **params: Param) -> DataRefused:
        """The refusal of this piece, to be raised."""
        return DataRefused([self.fault(code, **params)])

    def placed(self, finding: Finding) -> Finding:
        """A finding of someone who does not know the file, with this place."""
        if "row" in finding.params:
            return finding
        return replace(finding, params={**finding.params, **self._place()})

    def _parts(self, mark: str) -> list[str]:
        if '"' not in self.text and chr(ord(mark) + WIDE) not in self.text:
            return self.text.split(mark)
        try:
            return split_marks(self.text, mark)
        except UsageRefused:
            raise self.refused("planfile.quote_open") from None

    def _place(self) -> dict[str, Param]:
        file: dict[str, Param] = {"file": self.file} if self.file else {}
        return file | {"row": self.row, "column": self.column}


def word(name: str) -> str:
    """The name as it stands in a file. DataRefused for an empty one or one with control signs."""
    if not name or not is_writable(name):
        raise DataRefused([error("planfile.name_unwritable", repr(name))])
    return f'"{ALL}"' if name == ALL else quoted(name)


def is_writable(name: str) -> bool:
    """Whether a line can hold the name: it has no control signs and no line ends."""
    return name.isprintable() or all(category(sign) not in _UNWRITABLE for sign in name)


def read_name(piece: Piece) -> str:
    """A name."""
    return piece.name()


def read_names(piece: Piece) -> tuple[str, ...]:
    """Names with commas between."""
    return tuple(one.name() for one in piece.split(","))
