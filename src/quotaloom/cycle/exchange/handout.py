"""A part of a plan that was handed out to be edited: its sheets, its stamp, and its record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.cycle.exchange.sheet import sheet_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.cycle.exchange.sheet import Sheet


FLAT: Final = 1  # one sheet of money, its fields beside the stamp
FORMAT: Final = 2
Cell = tuple[int, int, int]  # places of a sheet, and on it of a line and of a column


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of which plan was handed out, when, by whom, and of what part of it.

    ``hash`` is the journal's at the position; ``author`` is an opaque id.
    """

    id: str
    plan: str
    position: int
    hash: str
    time: str
    author: str
    scope: str


@dataclass(frozen=True, slots=True)
class Handout:
    """All that went out in one file: a sheet for each measure."""

    stamp: Stamp
    title: str
    sheets: tuple[Sheet, ...]

    def mark(self, sheet: int) -> str:
        """What the keys of a sheet's rows and columns begin with: no other sheet's do."""
        first = self.stamp.id[:8]
        return f"{first}-{sheet + 1}" if sheet else first

    def at(self, cell: Cell) -> Slice:
        """The slice of a cell."""
        return self.sheets[cell[0]].at(cell[1:])

    def base(self, cell: Cell) -> int | None:
        """The figure that was handed out, None for none."""
        return self.sheets[cell[0]].base(cell[1:])

    @property
    def entries(self) -> Iterator[Slice]:
        """The slice of each line that may be edited in some column, over all periods."""
        for one in self.sheets:
            yield from (Slice(line.members, "", *one.key) for line in one.lines if line.entry)

    @property
    def entry_count(self) -> int:
        """How many cells may be edited."""
        return sum(one.entry_count for one in self.sheets)

    def dumps(self) -> str:
        """As JSON, always the same for the same handout.

        One sheet of money is told as before there were several, so that its digest stays.
        """
        told = asdict(self)
        is_flat = len(self.sheets) == 1 and self.sheets[0].quantity == "money"
        if is_flat:
            (sheet,) = told.pop("sheets")
            del sheet["quantity"]
            told |= sheet
        told["format"] = FLAT if is_flat else FORMAT
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return hashlib.sha256(self.dumps().encode()).hexdigest()


def loads(text: str) -> Handout:
    """The handout that ``dumps`` wrote, and the house kept."""
    read: dict[str, Any] = json.loads(text)
    form = read.pop("format")
    if form not in (FLAT, FORMAT):
        raise ValueError("a handout of another format")
    stamp, title = Stamp(**read.pop("stamp")), read.pop("title")
    sheets = [read] if form == FLAT else read["sheets"]
    return Handout(stamp, title, tuple(map(sheet_read, sheets)))
