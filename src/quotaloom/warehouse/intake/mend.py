"""A cell put right without its file: what somebody typed in place of what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OLD_KEPT: Final = 200  # characters of what stands in the file; the file has the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """``new`` is read where ``old`` stands: in a row, as its own program counts, of a column.

    ``column`` is the header as findings name it. ``author`` is an opaque id, ``time`` an ISO
    instant; the file itself stays as it is.
    """

    file: str
    sheet: str
    row: int
    column: str
    new: str
    old: str = ""
    author: str = ""
    time: str = ""

    @property
    def cell(self) -> tuple[str, str, int, str]:
        """Which cell it is."""
        return self.file, self.sheet, self.row, self.column
