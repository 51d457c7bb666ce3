"""What an import is asked for, as the command and a Python call both say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.intake.mend import Mend


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Files for one dataset. Texts are as typed; every field is an option of the command.

    A dataset that is named as a kind of facts (docs/reference/facts.md) is read by the columns of
    that kind, and updated by its key unless ``append`` or ``replace`` say otherwise; ``map`` names
    columns that are not recognised (``header=column``), and is remembered for the ``source``.

    Of any other dataset the date, the amount, the columns recognised as dimensions, and those of
    ``column`` and ``key`` are kept. With a ``key`` a row takes the place of the one of the same
    key; with ``replace`` (a period, such as 2026-03 or 2026Q1) the files take the place of all rows
    of that period; else rows are added.

    With ``valid_only`` the rows of a kind that have faults are left out and told; else a fault
    refuses all. ``mends`` put single cells right; the page asks for them, the command does not.
    """

    files: tuple[Path, ...]
    into: str
    append: bool = False
    source: str = ""
    map: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    replace: str | None = None
    date: str | None = None
    amount: str | None = None
    where: str | None = None
    alias: tuple[str, ...] = ()
    fiscal_start: int = 1
    cutoff_day: int = 0
    subtotals: Literal["drop", "refuse"] | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    hidden_rows: Literal["refuse", "read", "skip"] = "refuse"
    fill_down: bool = False
    date_order: Literal["dmy", "mdy"] | None = None
    decimal_mark: Literal[".", ","] = "."
    valid_only: bool = False
    mends: tuple[Mend, ...] = ()

    def calendar(self) -> FiscalCalendar:
        """The calendar by which periods are read."""
        return FiscalCalendar(start_month=self.fiscal_start, cutoff_day=self.cutoff_day)

    def raw(self) -> RawOptions:
        """What only a person can know about the files."""
        return RawOptions(
            sheet=self.sheet,
            header_row=self.header_row,
            delimiter=self.delimiter,
            encoding=self.encoding,
            hidden_rows=self.hidden_rows,
            fill_down=self.fill_down,
            mends=self.mends,
        )
