"""Bytes under a name, read or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity
from quotaloom.warehouse.intake.raw import RawOptions, RawTable, read_raw

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.core.model.findings import Finding


def read(folder: Path, name: str, data: bytes | str, **options: object) -> RawTable:
    """The table of a file with these bytes; text is written as UTF-8."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_raw(path, RawOptions(**options))


def refused(folder: Path, name: str, data: bytes | str, **options: object) -> list[Finding]:
    """The errors with which a file with these bytes is refused; it must be."""
    try:
        table = read(folder, name, data, **options)
    except DataRefused as refusal:
        errors = [found for found in refusal.findings if found.severity is Severity.ERROR]
        assert errors, "a refusal says why"
        assert all(found.params.get("file") == name for found in errors)
        return errors
    raise AssertionError(f"read without a word: {table.frame}")


def codes(found: list[Finding] | tuple[Finding, ...]) -> list[str]:
    """The codes without their part."""
    return [finding.code.removeprefix("intake.") for finding in found]


def cells(table: RawTable) -> list[tuple[str | None, ...]]:
    """The body, row by row."""
    return table.frame.rows()
