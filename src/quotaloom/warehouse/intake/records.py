"""Where the records of a delimited text begin and how many fields each has, found in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE, NEWLINE = 0x22, 0x0A
CHUNK = 1 << 23


@dataclass(frozen=True, slots=True)
class Records:
    """One entry a record: the byte where it ends, its delimiters, the line where it starts.

    ``sane`` says that every quote opens at the start of a field and closes at its end; where it is
    False the rest means nothing and the text must be read one character at a time.
    """

    ends: np.ndarray
    delimiters: np.ndarray
    lines: np.ndarray
    sane: bool

    def starts(self) -> np.ndarray:
        """The byte where each record starts."""
        return np.concatenate([[0], self.ends[:-1] + 1]) if self.ends.size else self.ends

    def blank(self, data: bytes) -> np.ndarray:
        """True for the records that are lines of nothing, or of spaces between fuller ones."""
        starts = self.starts()
        empty: np.ndarray = (self.ends == starts) & (self.delimiters == 0)
        bare = np.flatnonzero((self.delimiters == 0) & ~empty)
        if self.delimiters.any():
            empty[bare] = [not data[starts[at] : self.ends[at]].strip() for at in bare]
        return empty


@dataclass(slots=True)
class Carry:
    """What one chunk leaves to the next."""

    inside: bool = False
    delimiters: int = 0
    newlines: int = 0


def scan(data: bytes, delimiter: str, *, chunk: int = CHUNK) -> Records:
    """The records of ``data``, whose lines end in line feeds. One pass, a few bytes a byte."""
    view = np.frombuffer(data, np.uint8)
    quoted = QUOTE in data
    if quoted and not _is_sane(view, ord(delimiter)):
        none = np.zeros(0, np.int64)
        return Records(none, none, none, sane=False)
    parts = list(_chunks(view, ord(delimiter), quoted=quoted, chunk=chunk))
    ends, counts, last_lines = (np.concatenate(part) for part in zip(*parts, strict=True))
    lines = np.concatenate([[1], last_lines[:-1] + 1]) if ends.size else last_lines
    return Records(ends, counts, lines.astype(np.uint32), sane=True)


def _is_sane(view: np.ndarray, delimiter: int) -> bool:
    """Every opening quote starts a field and every closing one ends it."""
    places = np.flatnonzero(view == QUOTE)
    if places.size % 2:
        return False
    edges = np.zeros(256, bool)
    edges[[delimiter, NEWLINE, QUOTE]] = True
    opening, closing = places[::2], places[1::2]
    before = opening[opening > 0] - 1
    after = closing[closing < view.size - 1] + 1
    return bool(edges[view[before]].all() and edges[view[after]].all())


Part = tuple[np.ndarray, np.ndarray, np.ndarray]


def _chunks(view: np.ndarray, delimiter: int, *, quoted: bool, chunk: int) -> Iterator[Part]:
    carry = Carry()
    for start in range(0, max(view.size, 1), chunk):
        part = view[start : start + chunk]
        is_last = start + chunk >= view.size
        yield _chunk(part, delimiter, carry, start=start, quoted=quoted, is_last=is_last)


def _chunk(
    part: np.ndarray, delimiter: int, carry: Carry, *, start: int, quoted: bool, is_last: bool
) -> Part:
    newlines, delimiters = part == NEWLINE, part == delimiter
    every = np.flatnonzero(newlines)
    if quoted:
        odd = np.cumsum(part == QUOTE, dtype=np.uint8) & 1
        outside = (odd ^ carry.inside) == 0
        newlines, delimiters = newlines & outside, delimiters & outside
        carry.inside = bool(odd.size and odd[-1] ^ carry.inside)
    ends, commas = np.flatnonzero(newlines), np.flatnonzero(delimiters)
    if is_last and part.size and part[-1] != NEWLINE:
        ends = np.append(ends, part.size)
    before = np.searchsorted(commas, ends)
    counts = np.diff(before, prepend=-carry.delimiters)
    open_from = before[-1] if ends.size else -carry.delimiters
    carry.delimiters = int(commas.size - open_from)
    lines = carry.newlines + 1 + (np.searchsorted(every, ends) if quoted else np.arange(ends.size))
    carry.newlines += every.size
    return ends + start, counts, lines
