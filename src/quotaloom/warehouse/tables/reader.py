"""Files of one kind of facts into a checked table, or everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, Severity, error
from quotaloom.warehouse.intake.members import Tally, alias_findings
from quotaloom.warehouse.intake.opened import file_digest, open_file
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.plain_text import NotPlainError, open_plain
from quotaloom.warehouse.tables.checked import cells_of, checked, headings_of, without_sums
from quotaloom.warehouse.tables.left_out import are_of_rows, faults, without
from quotaloom.warehouse.tables.mapping import choose_columns
from quotaloom.warehouse.tables.plain import plain_parts, told
from quotaloom.warehouse.tables.request import Step, TableRequest, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from quotaloom.warehouse.intake.mend import Mend
    from quotaloom.warehouse.intake.opened import Opened
    from quotaloom.warehouse.tables.mapping import Chosen

__all__ = ["Step", "Table", "TableRequest", "read_table", "silent"]


@dataclass(frozen=True, slots=True)
class Table:
    """Checked rows under the columns of their kind; texts of members are categories.

    ``headers`` gives the header of each column that the files have, as the last of them writes it.
    ``§file`` and ``§row`` say where a row stood. ``faults`` are those of rows that were left out,
    ``mended`` the cells that were put right.
    """

    frame: pl.DataFrame
    headers: Mapping[str, str]
    findings: tuple[Finding, ...]
    faults: tuple[Finding, ...] = ()
    mended: tuple[Mend, ...] = ()


def read_table(request: TableRequest, step: Step = silent) -> Table:
    """Read and check all files. ``step`` is told the stage and how far it is.

    Raises DataRefused with all findings of all files at once.
    """
    reader = _Reader(request, step)
    for number, path in enumerate(request.files, 1):
        step("read", number, len(request.files))
        try:
            reader.add(path)
        except DataRefused as refusal:
            reader.findings += refusal.findings
            reader.is_whole = False
    return reader.table()


@dataclass(slots=True)
class _Reader:
    request: TableRequest
    step: Step
    findings: list[Finding] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    mended: list[Mend] = field(default_factory=list)
    is_whole: bool = True  # whether every file could be read as a table

    def add(self, path: Path) -> None:
        """Read one file. Raises DataRefused where it is no table of the kind at all."""
        try:
            self._add_plain(path)
        except NotPlainError:
            self._add_with_care(open_file(path, self.request.raw))

    def _add_plain(self, path: Path) -> None:
        """Read a plain text block by block. Raises NotPlainError before anything is noted."""
        text = open_plain(path, self.request.raw)
        chosen = choose_columns(self.request.kind, text.headers, self.request.named, path.name)
        if has_errors(chosen.findings):
            raise NotPlainError
        parts = plain_parts(self.request, text, chosen, self.step)
        self.findings += chosen.findings
        self._note(path.name, lambda: file_digest(path))
        self.findings += [*text.layout.findings, *told(parts, chosen)]
        for name in parts[0].tallies:
            tally = self.tallies.setdefault(name, Tally())
            tally.take([part.tallies[name] for part in parts])
        self._keep_headers(chosen)
        self.frames += [part.frame for part in parts]

    def _add_with_care(self, opened: Opened) -> None:
        chosen = choose_columns(self.request.kind, opened.headers, self.request.named, opened.file)
        if has_errors(chosen.findings):
            raise DataRefused(chosen.findings)
        self.findings += chosen.findings
        self._note(opened.file, opened.digest)
        raw = opened.load([*chosen.headers.values(), *chosen.kept])
        self.findings += raw.findings
        self.mended += raw.mended
        self._keep_headers(chosen)
        cells = cells_of(self.request, raw, self.tallies)
        cells.star = without_sums(self.request, cells, headings_of(chosen))
        self.frames.append(checked(self.request, cells, chosen, self.step))
        self.findings += cells.findings

    def table(self) -> Table:
        """All rows, after the last words on all files."""
        for name, tally in self.tallies.items():
            self.findings += tally.findings(name)
        self.findings += alias_findings(self.tallies.values(), self.request.aliases)
        found = faults(self.findings)
        may_leave = self.request.valid_only and self.is_whole and are_of_rows(found)
        if (found and not may_leave) or not self.frames:
            raise DataRefused(self.findings)
        frame = pl.concat(self.frames, how="diagonal", rechunk=False)
        frame = without(frame, found) if found else frame
        if frame.is_empty():
            raise DataRefused([*self.findings, error("intake.no_facts")])
        notes = tuple(one for one in self.findings if one.severity is not Severity.ERROR)
        return Table(frame, self.headers, notes, tuple(found), tuple(self.mended))

    def _keep_headers(self, chosen: Chosen) -> None:
        self.headers |= {**chosen.headers, **{one: one for one in chosen.kept}}

    def _note(self, file: str, digest: Callable[[], str]) -> None:
        """Refuse a file of the same bytes as an earlier one: it would count everything again."""
        if len(self.request.files) == 1:
            return
        found = digest()
        if found in self.digests:
            first = self.digests[found]
            raise DataRefused([error("intake.file_twice", file=file, first=first)])
        self.digests[found] = file
