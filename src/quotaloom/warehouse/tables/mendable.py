"""Which faults somebody can put right by typing one cell anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.core.model.findings import Severity
from quotaloom.warehouse.tables.left_out import OF_COLUMNS

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

Cell = tuple[str, int, str]  # the sheet, the row, and the header of the column

_OF_SEVERAL: Final = OF_COLUMNS | {"intake.merged_cells"}


def cell_of(finding: Finding) -> Cell | None:
    """The cell that is wrong by itself; None for what is no error, or of more than one cell."""
    params = finding.params
    if finding.severity is not Severity.ERROR or not {"row", "column", "value"} <= params.keys():
        return None
    if finding.code in _OF_SEVERAL:
        return None
    header = str(params["column"]).partition(" ")[2]
    return str(params.get("sheet", "")), int(params["row"]), header
