"""Where a column stands in its file, and the findings that point at one of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.model.findings import Finding, Severity, error

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from quotaloom.core.model.findings import Param

CELLS_SHOWN: Final = 1_000
VALUE_SHOWN: Final = 60
_EXCEL_ERROR: Final = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One column of one file; ``rows`` are the numbers that the file's own program shows."""

    file: str
    sheet: str
    letter: str
    header: str
    rows: pl.Series

    def narrowed(self, keep: pl.Series) -> Place:
        """The same column with only the rows kept."""
        return replace(self, rows=self.rows.filter(keep))

    def address(self, index: int, value: object) -> dict[str, Param]:
        """The params of a finding about the cell at this place in ``rows``."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": int(self.rows[index]),
            "column": f"{self.letter} {self.header}".strip(),
            "value": shown(value),
        }


def shown(value: object) -> str:
    """A cell's value as a message shows it: one line, at most 60 characters."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= VALUE_SHOWN else text[:VALUE_SHOWN] + "…"


def cell_errors(place: Place, bad: pl.Series, values: pl.Series, *, code: str) -> list[Finding]:
    """An error for each row where ``bad`` is true; beyond 1,000 one more that counts the rest.

    A cell that holds an error of Excel is told as such, whatever else is wrong with it.
    """
    where = np.flatnonzero(bad.fill_null(value=False).to_numpy())
    addresses = [place.address(index, values[index]) for index in where[:CELLS_SHOWN].tolist()]
    found = [
        Finding(_cause(address["value"], code), Severity.ERROR, place.header, address)
        for address in addresses
    ]
    if len(where) > CELLS_SHOWN:
        more, file = len(where) - CELLS_SHOWN, place.file
        found.append(
            error("intake.more_cells", place.header, file=file, count=more, shown=CELLS_SHOWN)
        )
    return found


def _cause(value: Param, code: str) -> str:
    return "intake.error_cell" if _EXCEL_ERROR.fullmatch(str(value)) else code


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings stops the work."""
    return any(finding.severity is Severity.ERROR for finding in findings)
