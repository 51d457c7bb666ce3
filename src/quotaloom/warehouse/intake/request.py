"""What is asked of the intake, and the checked facts that it answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from quotaloom.core.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Join:
    """A file whose rows describe a key of the facts: ``left`` there equals ``right`` in it.

    ``alias`` qualifies its columns (``alias.Column``); None means the file's name up to its dot.
    """

    file: Path
    left: str
    right: str
    alias: str | None = None

    @property
    def name(self) -> str:
        """The qualifier of the joined columns."""
        return self.alias or self.file.name.split(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Files of facts, and what only a person can know of what stands in them.

    ``aliases`` rename members. ``date_order``, ``decimal_mark`` and ``zone`` say how the files
    write 03/04/2025, 1.234,56 and instants; ``calendar`` reads 2025Q1 as a date.
    """

    files: tuple[Path, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    subtotals: Literal["drop", "refuse"] | None = None
    raw: RawOptions = field(default_factory=RawOptions)
    date_order: Literal["dmy", "mdy"] | None = None
    decimal_mark: Literal[".", ","] = "."
    zone: str = "Asia/Shanghai"
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRequest(FileRequest):
    """Files to read as facts. Columns are named as the user wrote them, () and None: recognise.

    ``dated`` is False for a basis without dates. ``where`` is an expression of
    docs/reference/filters.md. With ``traced`` every fact keeps its file and row, in columns FILE
    and ROW.
    """

    columns: tuple[str, ...] = ()
    date: str | None = None
    amount: str | None = None
    dated: bool = True
    joins: tuple[Join, ...] = ()
    where: str | None = None
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: ``rows`` are its records, ``used`` those that became facts."""

    file: str
    sheet: str
    rows: int
    used: int
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Checked facts. ``frame`` has ``date`` (absent without dates), ``amount`` and the dimensions.

    ``amount`` is Int64 in 1/``10**scale`` of the currency unit; dimension columns are categories,
    blanks as 未归属, under the names asked for. ``chosen`` maps a role or a wanted column to its
    header; ``candidates`` are the columns recognised as dimensions, taken where none was asked.
    ``tables`` holds the joined tables by alias, all Strings.
    """

    frame: pl.DataFrame
    chosen: Mapping[str, str]
    candidates: tuple[str, ...]
    tables: Mapping[str, pl.DataFrame]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    scale: int = 4
