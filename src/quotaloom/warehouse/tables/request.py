"""What is asked of a reading of files as facts of a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quotaloom.core.model.periods import FiscalCalendar
from quotaloom.warehouse.intake.raw_table import RawOptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotaloom.warehouse.tables.column import Kind

Step = Callable[[str, int, int], None]  # told the stage, how far it is and of how many


def silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """Files to read as facts of a kind.

    ``named`` gives the column of headers that a person settled. With ``valid_only`` rows with
    faults are left out, where every fault is about one row. The rest is as for IntakeRequest.
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
    valid_only: bool = False
