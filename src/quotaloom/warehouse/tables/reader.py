"""Files of one kind of facts into a checked table, or everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.columns import FACTS, Heading
from quotaloom.warehouse.intake.date_text import Habits
from quotaloom.warehouse.intake.gather import FILE, ROW
from quotaloom.warehouse.intake.members import Tally, alias_findings
from quotaloom.warehouse.intake.opened import open_file
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.raw_table import RawOptions
from quotaloom.warehouse.intake.star import Star
from quotaloom.warehouse.intake.subtotals import (
    Ledger,
    find_subtotals,
    may_hold_sums,
    subtotal_findings,
)
from quotaloom.warehouse.tables.cell import Cells
from quotaloom.warehouse.tables.mapping import choose_columns
from quotaloom.warehouse.tables.rule import filled, row_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from quotaloom.warehouse.intake.raw_table import RawTable
    from quotaloom.warehouse.tables.column import Kind
    from quotaloom.warehouse.tables.mapping import Chosen

    Step = Callable[[str, int, int], None]

AMOUNTS: Final = ("amount", "net_amount", "tax", "cost", "spent")
_FEW_BLANKS: Final = 5  # a key is blank in at most one row of so many, or says nothing of sums


def silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """Files to read as facts of a kind.

    ``named`` gives the column of headers that a person settled. The rest is as for IntakeRequest.
    """

    files: tuple[Path, ...]
    kind: Kind
    named: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    subtotals: Literal["drop", "refuse"] | None = None
    raw: RawOptions = field(default_factory=RawOptions)
    date_order: Literal["dmy", "mdy"] | None = None
    decimal_mark: Literal[".", ","] = "."
    zone: str = "Asia/Shanghai"
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)


@dataclass(frozen=True, slots=True)
class Table:
    """Checked rows under the columns of their kind; texts of members are categories.

    ``headers`` gives the header of each column that the files have, as the last of them writes it.
    ``§file`` and ``§row`` say where a row stood.
    """

    frame: pl.DataFrame
    headers: Mapping[str, str]
    findings: tuple[Finding, ...]


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

    def add(self, path: Path) -> None:
        """Read one file. Raises DataRefused where it is no table of the kind at all."""
        kind, opened = self.request.kind, open_file(path, self.request.raw)
        chosen = choose_columns(kind, opened.headers, self.request.named, opened.file)
        if has_errors(chosen.findings):
            raise DataRefused(chosen.findings)
        self.findings += chosen.findings
        self._note(opened.file, opened.digest())
        raw = opened.load([*chosen.headers.values(), *chosen.kept])
        self.findings += raw.findings
        self.headers |= {**chosen.headers, **{one: one for one in chosen.kept}}
        self.frames.append(self._frame(raw, chosen))

    def table(self) -> Table:
        """All rows, after the last words on all files."""
        for name, tally in self.tallies.items():
            self.findings += tally.findings(name)
        self.findings += alias_findings(self.tallies.values(), self.request.aliases)
        if has_errors(self.findings) or not self.frames:
            raise DataRefused(self.findings)
        frame = pl.concat(self.frames, how="diagonal", rechunk=False)
        if frame.is_empty():
            raise DataRefused([*self.findings, error("intake.no_facts")])
        return Table(frame, self.headers, tuple(self.findings))

    def _note(self, file: str, digest: str) -> None:
        """Refuse a file of the same bytes as an earlier one: it would count everything again."""
        if digest in self.digests:
            first = self.digests[digest]
            raise DataRefused([error("intake.file_twice", file=file, first=first)])
        self.digests[digest] = file

    def _frame(self, raw: RawTable, chosen: Chosen) -> pl.DataFrame:
        star = Star({FACTS: raw}, raw.rows, raw.frame)
        headings = {name: Heading(FACTS, header) for name, header in chosen.headers.items()}
        from_1904 = raw.about.get("date_system") == "1904"
        request = self.request
        habits = Habits(request.calendar, request.date_order, request.zone, from_1904)
        cells = Cells(star, habits, request.decimal_mark, request.aliases, self.tallies)
        cells.star = self._without_sums(cells, headings)
        columns: dict[str, pl.Series] = {}
        wanted = [one for one in request.kind.columns if one.name in headings]
        for number, column in enumerate(wanted, 1):
            self.step("check", number, len(wanted))
            columns[column.name] = cells.read(column, headings[column.name])
        for header in chosen.kept:
            columns[header] = cells.member(Heading(FACTS, header))
        columns[FILE] = pl.Series([raw.file]).new_from_index(0, len(cells.star.rows))
        columns[ROW] = cells.star.rows
        frame = pl.DataFrame(columns)
        places = {name: cells.star.place(heading) for name, heading in headings.items()}
        blanks = {name: cells.blank(heading) for name, heading in headings.items()}
        self.findings += cells.findings
        self.findings += filled(request.kind, blanks, places)
        self.findings += row_findings(request.kind, frame, places)
        return frame

    def _without_sums(self, cells: Cells, headings: Mapping[str, Heading]) -> Star:
        """The rows that are no sums of others; sums are refused or told, as the request says."""
        star = cells.star
        amount = next((headings[name] for name in AMOUNTS if name in headings), None)
        if amount is None:
            return star
        dates = star.column(headings["date"]) if "date" in headings else None
        keys = [one for name, one in headings.items() if self._is_key(name)]
        star.prime(keys)
        coded = [star.coded(one) for one in keys]
        coded = [one for one in coded if one.blanks() * _FEW_BLANKS <= len(one)]
        if not may_hold_sums(coded, dates):
            return star
        if dates is not None:
            coded = [star.coded(headings["date"]), *coded]
        values = cells.amounts(amount).values
        others = star.frame.select(pl.col(pl.String).exclude([one.header for one in keys]))
        found = find_subtotals(Ledger(values, coded, others.get_columns()))
        policy = self.request.subtotals
        self.findings += subtotal_findings(found, values, star.place(amount), policy)
        if not found.rows:
            return star
        keep = pl.Series([True]).new_from_index(0, len(star.rows))
        return star.kept(keep.scatter(list(found.rows), False))  # noqa: FBT003 - a value

    def _is_key(self, name: str) -> bool:
        return self.request.kind.column(name).value in ("code", "member")
