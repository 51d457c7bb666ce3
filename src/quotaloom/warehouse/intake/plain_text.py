"""Delimited text in which nothing is doubtful, read a block of lines at a time.

Plain is UTF-8 whose lines all have the same delimiters, without quotes, blank lines, control
characters, endless cells or signs of a spoilt encoding. Of such a text this reads what
``delimited`` reads, with the memory of a few blocks; any other text is left to that.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.assemble import lay_out
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.intake.delimited import is_filled, read_delimited
from quotaloom.warehouse.intake.dialect import SAMPLE_BYTES
from quotaloom.warehouse.intake.doubtful import CONTROLS, doubtful_text, suspected
from quotaloom.warehouse.intake.grid import Grid, letter
from quotaloom.warehouse.intake.header_row import WINDOW
from quotaloom.warehouse.intake.headers import clean_header
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.raw_table import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotaloom.warehouse.intake.assemble import Layout
    from quotaloom.warehouse.intake.raw_table import RawOptions

LEAST: Final = 2 * SAMPLE_BYTES  # bytes; the careful way is quick enough for less
BLOCK: Final = 1 << 24  # bytes of lines that are read at a time


class NotPlainError(Exception):
    """The text must be read with care."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text whose beginning is plain; ``start`` is the byte behind its header line."""

    path: Path
    layout: Layout
    start: int

    @property
    def headers(self) -> tuple[str, ...]:
        """The cleaned headers, in the order of the file."""
        return tuple(self.layout.headers.values())

    def blocks(self, size: int = BLOCK) -> Iterator[bytes]:
        """Whole lines below the header, about so many bytes at a time."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            while lines := file.read(size):
                yield lines + file.readline()

    def table(self, block: bytes) -> RawTable:
        """The table of some lines, whose rows count from that below the header.

        Raises NotPlainError where anything in them needs care.
        """
        grid, headers = self.layout.grid, self.headers
        lines = block.replace(b"\r\n", b"\n") if b"\r" in block else block
        lines = lines if lines.endswith(b"\n") else lines + b"\n"
        frame = _frame(lines, grid.about["delimiter"], headers)
        rows = np.arange(2, 2 + frame.height, dtype=np.uint32)
        part = Grid(grid.file, "", frame, rows)
        doubtful_text(part, suspected(lines, controls=False))
        if part.doubts.counts:
            raise NotPlainError
        return RawTable(
            file=grid.file,
            sheet="",
            header_row=1,
            headers=headers,
            letters=tuple(letter(place) for place in self.layout.headers),
            frame=frame,
            rows=pl.Series("row", rows),
            findings=self.layout.findings,
            about=dict(grid.about),
        )


def open_plain(path: Path, options: RawOptions, least: int = LEAST) -> PlainText:
    """The text with the headers of its first line.

    Raises NotPlainError where it has fewer than ``least`` bytes, or needs care at once.
    """
    head, is_whole = _head(path, options, least)
    start = head.find(b"\n") + 1
    if not start or (not is_whole and len(head) < SAMPLE_BYTES):
        raise NotPlainError
    try:
        layout = lay_out(read_delimited(head, path.name, options), None)
    except DataRefused:
        raise NotPlainError from None
    is_told = is_whole or layout.grid.frame.height > WINDOW
    if not is_told or not _has_plain_top(layout):
        raise NotPlainError
    return PlainText(path, layout, start)


def _head(path: Path, options: RawOptions, least: int) -> tuple[bytes, bool]:
    """The first lines of a text, and whether they are all there are."""
    try:
        is_text = kind_of(path) == "text"
    except DataRefused:
        raise NotPlainError from None
    is_told = options.header_row or options.encoding or options.mends
    if not is_text or path.stat().st_size < least or is_told:
        raise NotPlainError
    with path.open("rb") as file:
        head = file.read(LEAST)
        is_whole = not file.read(1)
    return head if is_whole else head[: head.rfind(b"\n") + 1], is_whole


def _has_plain_top(layout: Layout) -> bool:
    """Whether the first line is the header, all columns have one, and all lines are rows."""
    grid = layout.grid
    names = [clean_header(name or "") for name in grid.frame.row(0)]
    is_first = grid.blank == grid.skipped == layout.at == 0 and grid.rows[0] == 1
    is_clear = all(names) and len(names) > 1 and not has_errors(layout.findings)
    return bool(is_first and is_clear and grid.about["encoding"] == "utf-8")


def _frame(lines: bytes, delimiter: str, headers: Sequence[str]) -> pl.DataFrame:
    """The cells of lines, each of which has all of them."""
    marks = lines.translate(None, _ordinary(delimiter))
    line = delimiter.encode() * (len(headers) - 1) + b"\n"
    count = len(marks) // len(headers)
    if marks != line * count or lines.startswith(codecs.BOM_UTF8):
        raise NotPlainError
    try:
        frame = pl.read_csv(
            lines,
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            quote_char=None,
            schema=dict.fromkeys(headers, pl.String()),
        )
    except pl.exceptions.PolarsError:  # not UTF-8, above all
        raise NotPlainError from None
    if frame.height != count or not is_filled(frame).all():
        raise NotPlainError
    return frame


@cache
def _ordinary(delimiter: str) -> bytes:
    """The bytes that make up cells, whatever stands in them."""
    marks = {*CONTROLS, *b'"\n\r', ord(delimiter)}
    return bytes(byte for byte in range(256) if byte not in marks)
