"""A watched folder: what comes to rest in it is imported, then moved to done or refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.facts.take import Taken, take

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.facts.request import ImportRequest
    from quotaloom.warehouse.batches.shelf import Shelf

ENDS: Final = (".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xlsm", ".xls", ".parquet")
UNFINISHED: Final = (".", "~")  # how office programs begin the name of what they still write


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, and where it lies now. ``taken`` is None where it was refused."""

    path: Path
    request: ImportRequest
    taken: Taken | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Watched:
    """One folder whose files go into one dataset.

    A file whose import was cut off between its commit and its move is taken again without effect.
    """

    folder: Path
    shelf: Shelf
    request: ImportRequest
    author: str
    known: Mapping[str, Collection[str]]
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def sweep(self, *, at_once: bool = False) -> Iterator[Outcome]:
        """Import the files that did not change since the last sweep, by name; or all at once."""
        found = {path: _state(path) for path in self._files()}
        settled = [path for path in found if at_once or self.seen.get(path) == found[path]]
        self.seen = found
        for path in settled:
            yield self._taken(path)

    def _files(self) -> list[Path]:
        wanted = (path for path in self.folder.iterdir() if path.is_file())
        names = (path for path in wanted if not path.name.startswith(UNFINISHED))
        return sorted(path for path in names if path.suffix.lower() in ENDS)

    def _taken(self, path: Path) -> Outcome:
        request = replace(self.request, files=(path,))
        try:
            done = take(self.shelf, request, author=self.author, known=self.known)
        except QuotaLoomError as refusal:
            return Outcome(self._moved(path, "refused"), request, None, tuple(refusal.findings))
        findings = (*done.findings, *done.faults)
        return Outcome(self._moved(path, "done"), request, done, findings)

    def _moved(self, path: Path, into: str) -> Path:
        """Where the file went, under a name that no earlier file there has."""
        folder = self.folder / into
        folder.mkdir(exist_ok=True)
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.stem} ({number}){path.suffix}"
        return path.rename(target)


def _state(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns
