"""The log of batches: the interface, and the store of a folder; the pages have one of their own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Protocol

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.batches.entry import loads

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.batches.entry import Entry

LOG: Final = "log.jsonl"


class BatchLog(Protocol):
    """Lines that are only ever added: what they say counts, and nothing else does.

    Whoever appends holds the lock of the shelf, so positions follow each other without a gap.
    """

    def entries(self) -> list[Entry]:
        """The whole log, by position. Raises DataRefused where a line of it was damaged."""
        ...

    def append(self, entry: Entry) -> None:
        """Add a line; it counts, and lasts, when this returns."""
        ...

    def mend(self) -> None:
        """Remove what a killed writer left of a line."""
        ...


class FolderLog:
    """A file of lines; what follows its last line end was never finished."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG

    def entries(self) -> list[Entry]:
        """The whole log."""
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []
        return [read_line(number, line) for number, line in enumerate(lines, 1)]

    def append(self, entry: Entry) -> None:
        """Add a line, on the disk when this returns."""
        with self.path.open("ab") as log:
            log.write((entry.dumps() + "\n").encode())
            log.flush()
            os.fsync(log.fileno())

    def mend(self) -> None:
        """Cut off a line without its end."""
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(self.path, whole)


def read_line(number: int, line: str) -> Entry:
    """The entry of a line whose position must be ``number``. Raises DataRefused for any other."""
    try:
        found = loads(line)
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise DataRefused([error("batch.log_damaged", str(number))]) from cause
    if found.position != number:
        raise DataRefused([error("batch.log_damaged", str(number))])
    return found
