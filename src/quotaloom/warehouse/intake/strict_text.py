"""Delimited text read one record at a time: slow, and able to say what is wrong and where."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True)
class StrictRecords:
    """The fields of every record, the line where each starts; an empty line is one empty field."""

    fields: list[list[str]]
    lines: list[int]


def read_strictly(utf8: bytes, delimiter: str, file: str, first_line: int) -> StrictRecords:
    """Every record of ``utf8``. Raises DataRefused naming the line where a quote opened.

    A quote inside a field that does not start with one is a plain character (5" pipe).
    """
    text = utf8.decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    fields: list[list[str]] = []
    lines: list[int] = []
    before = 0
    try:
        for record in reader:
            fields.append(record or [""])
            lines.append(before + first_line)
            before = reader.line_num
    except csv.Error:
        broken = _after_lines(text, before)
        raise DataRefused([_finding(broken, delimiter, file, before + first_line)]) from None
    return StrictRecords(fields, lines)


def _after_lines(text: str, count: int) -> str:
    """``text`` from behind its first ``count`` lines, as far as a field may reach."""
    place = 0
    for _ in range(count):
        place = text.index("\n", place) + 1
    return text[place : place + csv.field_size_limit() + 2]


def _finding(record: str, delimiter: str, file: str, line: int) -> Finding:
    opened, closed = _last_quote(record, delimiter)
    row = line + record.count("\n", 0, opened)
    shown = record[opened : opened + 40].split("\n", maxsplit=1)[0]
    if opened < 0:
        return error("intake.cell_too_long", file=file, row=line, value=record[:40])
    if closed >= 0 and "\n" not in record[opened:closed]:
        return error("intake.quote_stray", file=file, row=row, value=shown)
    if "\n" not in record[opened:] and len(record) > csv.field_size_limit():
        return error("intake.cell_too_long", file=file, row=row, value=shown)
    return error("intake.quote_unclosed", file=file, row=row, value=shown)


def _last_quote(record: str, delimiter: str) -> tuple[int, int]:
    """Where the last quoted field opened and where it closed wrongly, -1 for what is not there."""
    opened, place = -1, 0
    while place < len(record):
        if record[place] != '"':
            stop = min(_find(record, delimiter, place), _find(record, "\n", place))
            place = stop + 1
            continue
        opened, place = place, _closing(record, place)
        if place < 0:
            return opened, -1
        if record[place + 1 : place + 2] not in {delimiter, "\n", ""}:
            return opened, place
        place += 2
    return opened, -1


def _find(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return found if found >= 0 else len(text)


def _closing(record: str, opened: int) -> int:
    """The quote that closes the field opened at ``opened``, doubled quotes skipped, else -1."""
    place = record.find('"', opened + 1)
    while place >= 0 and record[place + 1 : place + 2] == '"':
        place = record.find('"', place + 2)
    return place
