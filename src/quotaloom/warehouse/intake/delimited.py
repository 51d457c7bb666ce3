"""Delimited text of any size into a grid: checked in bulk, then parsed in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.dialect import sniff
from quotaloom.warehouse.intake.doubtful import doubtful_text, suspected
from quotaloom.warehouse.intake.encoding import decode
from quotaloom.warehouse.intake.grid import Grid
from quotaloom.warehouse.intake.raw_table import MAX_SHOWN
from quotaloom.warehouse.intake.records import scan
from quotaloom.warehouse.intake.strict_text import read_strictly

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.intake.dialect import Dialect
    from quotaloom.warehouse.intake.raw_table import RawOptions

TITLE_BYTES = 4096  # a text that is not blank says so here, without a copy of the whole
TITLE_LINES = 20  # so many of them may stand above the header


@dataclass(frozen=True, slots=True)
class Parsed:
    """The records from the first full one on, the line of each, and the titles above them."""

    frame: pl.DataFrame
    lines: np.ndarray
    skipped: int


def read_delimited(data: bytes, file: str, options: RawOptions) -> Grid:
    """The grid of a text file. Raises DataRefused with all ragged records, quotes and bytes."""
    decoded = decode(data, file, options.encoding)
    text = _with_line_feeds(decoded.utf8)
    if _is_blank(text):
        raise DataRefused([error("intake.file_empty", file=file)])
    dialect = sniff(text, file, options.delimiter)
    if _is_blank(text[dialect.start :]):
        raise DataRefused([error("intake.no_rows", file=file)])
    parsed = _parsed(text[dialect.start :], file, dialect, options.header_row)
    keep = is_filled(parsed.frame)
    grid = Grid(
        file,
        "",
        parsed.frame.filter(keep),
        parsed.lines[keep.to_numpy()],
        blank=int((~keep).sum()),
        skipped=parsed.skipped,
        findings=[*decoded.findings, *dialect.findings],
        about={"encoding": decoded.encoding, "delimiter": dialect.delimiter},
    )
    doubtful_text(grid, suspected(text))
    return grid


def is_filled(frame: pl.DataFrame) -> pl.Series:
    """Which rows hold more than blanks. Most have something in their first cell."""
    first = frame.to_series()
    filled = (first.str.strip_chars() != "").fill_null(value=False)
    if filled.all():
        return filled
    anything = pl.any_horizontal(pl.all().str.strip_chars() != "").fill_null(value=False)
    return frame.select(anything).to_series()


def _is_blank(text: bytes) -> bool:
    return not text[:TITLE_BYTES].strip() and not text.strip()


def _with_line_feeds(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _parsed(text: bytes, file: str, dialect: Dialect, header_row: int | None) -> Parsed:
    records = scan(text, dialect.delimiter)
    if not records.sane:
        return _parsed_strictly(text, file, dialect, header_row)
    lines = records.lines + np.uint32(dialect.first_line - 1)
    blank = records.blank(text)
    first, width = _shape(records.delimiters, blank, lines, header_row)
    _check_ragged(records.delimiters[first:], blank[first:], lines[first:], file, width)
    frame = pl.read_csv(
        text[int(records.starts()[first]) :],
        has_header=False,
        infer_schema=False,
        separator=dialect.delimiter,
        quote_char='"' if b'"' in text else None,
        schema={str(place): pl.String for place in range(width + 1)},
    )
    if b'""' in text:
        frame = _without_empty(frame)
    return Parsed(frame, lines[first:], int((~blank[:first]).sum()))


def _parsed_strictly(text: bytes, file: str, dialect: Dialect, header_row: int | None) -> Parsed:
    strict = read_strictly(text, dialect.delimiter, file, dialect.first_line)
    delimiters = np.array([len(record) - 1 for record in strict.fields], dtype=np.int64)
    blank = np.array([len(record) == 1 and not record[0].strip() for record in strict.fields])
    lines = np.array(strict.lines, dtype=np.uint32)
    first, width = _shape(delimiters, blank, lines, header_row)
    _check_ragged(delimiters[first:], blank[first:], lines[first:], file, width)
    full = [record if len(record) > width else [""] * (width + 1) for record in strict.fields]
    columns = zip(*full[first:], strict=True)
    frame = pl.DataFrame({str(place): column for place, column in enumerate(columns)})
    return Parsed(_without_empty(frame), lines[first:], int((~blank[:first]).sum()))


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """Null for the empty text: a quoted empty cell is as empty as a bare one."""
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _shape(
    delimiters: np.ndarray, blank: np.ndarray, lines: np.ndarray, header_row: int | None
) -> tuple[int, int]:
    """The first record that has as many delimiters as most, and that number.

    Records above it of less than half the width are titles. A header row that a person named
    decides both.
    """
    if header_row is not None and (named := np.flatnonzero(lines == header_row)).size:
        return int(named[0]), int(delimiters[named[0]])
    filled = np.flatnonzero(~blank)
    counts = np.bincount(delimiters[filled[:200]])
    width = int(counts.size - 1 - counts[::-1].argmax())
    first = int(filled[(delimiters[filled] == width).argmax()])
    above = filled[filled < first]
    is_title = above.size <= TITLE_LINES and bool((2 * delimiters[above] < width).all())
    return (first if is_title else int(filled[0])), width


def _check_ragged(
    delimiters: np.ndarray, blank: np.ndarray, lines: np.ndarray, file: str, width: int
) -> None:
    ragged = np.flatnonzero((delimiters != width) & ~blank)
    if not ragged.size:
        return
    found: list[Finding] = [
        error(
            "intake.row_ragged",
            file=file,
            row=int(lines[place]),
            found=int(delimiters[place]) + 1,
            expected=width + 1,
        )
        for place in ragged[:MAX_SHOWN]
    ]
    if ragged.size > MAX_SHOWN:
        rest = int(ragged.size) - MAX_SHOWN
        found.append(error("intake.more", "intake.row_ragged", file=file, count=rest))
    raise DataRefused(found)
