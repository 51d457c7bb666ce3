"""Which sign separates the fields of a text, found by how steady it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info
from quotaloom.warehouse.intake.records import scan

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

CANDIDATES = (",", "\t", ";", "|")
SILENT = (",", "\t")
STEADY = 0.9  # share of records below which an unusual sign is just a sign
SAMPLE_BYTES = 1 << 18
SAMPLE_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter and the byte and line where the records start (behind a ``sep=`` line)."""

    delimiter: str
    start: int
    first_line: int
    findings: list[Finding]


def sniff(data: bytes, file: str, asked: str | None) -> Dialect:
    """The delimiter of UTF-8 text with line feeds. Raises DataRefused where two fit as well."""
    if asked is not None:
        asked = {"tab": "\t", "\\t": "\t"}.get(asked, asked)
        if len(asked) != 1 or not asked.isascii() or asked in '"\n\r':
            raise DataRefused([error("intake.delimiter_unusable", asked, file=file)])
    if (named := _named(data)) is not None:
        delimiter, start = named
        note = info("intake.delimiter_line", delimiter, file=file, row=1)
        return Dialect(asked or delimiter, start, 2, [note])
    if asked is not None:
        return Dialect(asked, 0, 1, [])
    steadiness = {sign: _steadiness(data[:SAMPLE_BYTES], sign) for sign in CANDIDATES}
    best = max(steadiness.values())
    fitting = [sign for sign in CANDIDATES if steadiness[sign] == best]
    if best == 0:
        return Dialect(",", 0, 1, [])
    if len(fitting) > 1:
        signs = " ".join("tab" if sign == "\t" else sign for sign in fitting)
        look = data[:80].decode("utf-8", "ignore").split("\n")[0]
        raise DataRefused(
            [error("intake.delimiter_ambiguous", file=file, row=1, value=look, signs=signs)]
        )
    if fitting[0] in SILENT:
        return Dialect(fitting[0], 0, 1, [])
    return Dialect(fitting[0], 0, 1, [info("intake.delimiter_taken", fitting[0], file=file)])


def _named(data: bytes) -> tuple[str, int] | None:
    """The delimiter that Excel's first line ``sep=;`` names, and where the next line starts."""
    line, _, _ = data[:16].partition(b"\n")
    sign = line.strip(b'"').lower().removeprefix(b"sep=")
    if len(sign) != 1 or not line.strip(b'"').lower().startswith(b"sep="):
        return None
    return sign.decode("ascii", "replace"), len(line) + 1


def _steadiness(data: bytes, sign: str) -> float:
    """The share of records with the most frequent number of delimiters, 0 where there is none."""
    whole = data if len(data) < SAMPLE_BYTES else data[: data.rfind(b"\n") + 1]
    records = scan(whole, sign)
    counts = records.delimiters[~records.blank(whole)][:SAMPLE_RECORDS]
    if not records.sane:
        lines = whole.split(b"\n")[:SAMPLE_RECORDS]
        counts = np.array([line.count(sign.encode()) for line in lines if line], dtype=np.int64)
    used = counts[counts > 0]
    share = float(np.bincount(used).max() / counts.size) if used.size else 0.0
    return share if sign in SILENT or share >= STEADY else 0.0
