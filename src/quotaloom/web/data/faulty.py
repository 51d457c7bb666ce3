"""The cells of a file that its page offers to put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.tables.mendable import cell_of
from quotaloom.web.data.kept import upload_path
from quotaloom.web.jobs.selectors import findings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.findings import Finding
    from quotaloom.warehouse.tables.mendable import Cell
    from quotaloom.web.data.models import Upload

MOST: Final = 200  # cells of a file that may be put right on its page
LONGEST: Final = 200  # characters of such a cell


@dataclass(frozen=True, slots=True)
class Faulty:
    """A cell with everything that is wrong in it, and what it says."""

    cell: Cell
    value: str
    faults: list[Finding] = field(default_factory=list)


def faulty_cells(row: Upload) -> list[Faulty]:
    """The cells that can be put right now; none of a file that is taken or that a job has in hand.

    Cells that are put right already count among the most that a file may have. Columnar files
    come from programs and have no cells that anybody types.
    """
    if row.position is not None or row.is_busy or not _has_cells(row):
        return []
    found = _by_cell(findings_of(row.findings))
    before = {mended_cell(one) for one in row.mends} - found.keys()
    return list(found.values())[: max(0, MOST - len(before))]


def mended_cell(told: Mapping[str, Any]) -> Cell:
    """The cell of a mend as an upload keeps it."""
    return told["sheet"], told["row"], told["column"]


def _by_cell(findings: Iterable[Finding]) -> dict[Cell, Faulty]:
    found: dict[Cell, Faulty] = {}
    for one in findings:
        if cell := cell_of(one):
            found.setdefault(cell, Faulty(cell, str(one.params["value"]))).faults.append(one)
    return found


def _has_cells(row: Upload) -> bool:
    try:
        return kind_of(upload_path(row)) != "parquet"
    except DataRefused:
        return False
