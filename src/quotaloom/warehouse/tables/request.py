"""What is asked of a reading of files as facts of a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.warehouse.intake.request import FileRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.warehouse.tables.column import Kind

Step = Callable[[str, int, int], None]  # told the stage, how far it is and of how many


def silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest(FileRequest):
    """Files to read as facts of a kind.

    ``named`` gives the column of headers that a person settled. With ``valid_only`` rows with
    faults are left out, where every fault is about one row.
    """

    kind: Kind
    named: Mapping[str, str] = field(default_factory=dict)
    valid_only: bool = False
