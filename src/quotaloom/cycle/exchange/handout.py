"""A part of a plan that was handed out to be edited: its sheets of figures, and its stamp."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal

from quotaloom.core.allocation.journal.place import Slice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quotaloom.core.allocation.journal.place import Key

FLAT: Final = 1  # one sheet of money, its fields beside the stamp
FORMAT: Final = 2
Cell = tuple[int, int, int]  # places of a sheet, and on it of a line and of a column
Spot = tuple[int, int]  # places of a line and of a column
Quantity = Literal["money", "count", "rate"]


@dataclass(frozen=True, slots=True)
class Head:
    """One column: a period's label ("" for all), its title, and the columns that add up to it."""

    label: str
    title: str
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``below`` counts the lines of its branch; a line without any holds figures itself.

    ``entry`` are the columns in which it may be edited, ``figures`` has one a column, in units of
    the measure, None where none is given yet. ``members`` are empty for the whole plan, and of a
    line that is the rest of a branch, which nobody edits. ``last_year`` is in 分.
    """

    name: str
    members: tuple[Key, ...]
    depth: int
    below: int
    entry: tuple[int, ...]
    figures: tuple[int | None, ...]
    last_year: int | None = None


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
class Sheet:
    """One measure in one layer. One unit of it is ``unit`` 分, one of the sheet ``size`` 分.

    Of what is counted both are in pieces, of a rate in millionths: rates do not add up.
    """

    key: Key
    unit: int
    size: int
    decimals: int
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    quantity: Quantity = "money"

    @property
    def adds(self) -> bool:
        """Whether its branches and wider periods are sums."""
        return self.quantity != "rate"

    def at(self, spot: Spot) -> Slice:
        """The slice of a cell."""
        line, head = spot
        return Slice(self.lines[line].members, self.heads[head].label, *self.key)

    def base(self, spot: Spot) -> int | None:
        """The figure that was handed out, None for none."""
        return self.lines[spot[0]].figures[spot[1]]

    def is_entry(self, spot: Spot) -> bool:
        """Whether the cell was meant to be edited."""
        return spot[1] in self.lines[spot[0]].entry

    def is_lowest(self, spot: Spot) -> bool:
        """Whether a cell holds a figure itself, and is no total."""
        return not self.heads[spot[1]].parts and not self.lines[spot[0]].below

    @property
    def entry_count(self) -> int:
        """How many cells may be edited."""
        return sum(len(line.entry) for line in self.lines)

    def over(self, figures: Mapping[Spot, int]) -> Sheet:
        """The sheet with some figures in place of what it began with."""
        lines = list(self.lines)
        for (line, head), units in figures.items():
            told = list(lines[line].figures)
            told[head] = units
            lines[line] = replace(lines[line], figures=tuple(told))
        return replace(self, lines=tuple(lines))


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


@dataclass(frozen=True, slots=True)
class Taken:
    """What earlier returns of a handout said, cell by cell, and the edits that wrote it."""

    figures: Mapping[Cell, int]
    edits: frozenset[int] = frozenset()

    def over(self, handout: Handout) -> Handout:
        """The handout with what was returned since in place of what it began with."""
        sheets = [
            one.over({cell[1:]: units for cell, units in self.figures.items() if cell[0] == place})
            for place, one in enumerate(handout.sheets)
        ]
        return replace(handout, sheets=tuple(sheets))


NOTHING_TAKEN: Final = Taken({})


def taken_of(
    returns: Iterable[tuple[Iterable[Sequence[int]], int]], batch: Callable[[int], Iterable[int]]
) -> Taken:
    """What returns said that stand: the figures of each, oldest first, and an edit that wrote them.

    ``batch`` answers the edits that were written as one with an edit. Figures come as cells tell
    them: sheet, line, column and units; without the sheet where there was but one.
    """
    every = list(returns)
    figures = {_cell(one): one[-1] for told, _ in every for one in told}
    edits = chain.from_iterable(batch(edit) for _, edit in every)
    return Taken(figures, frozenset(edits)) if every else NOTHING_TAKEN


def _cell(told: Sequence[int]) -> Cell:
    *sheet, line, head, _units = told
    return (sheet[0] if sheet else 0), line, head


def loads(text: str) -> Handout:
    """The handout that ``dumps`` wrote, and the house kept."""
    read: dict[str, Any] = json.loads(text)
    form = read.pop("format")
    if form not in (FLAT, FORMAT):
        raise ValueError("a handout of another format")
    stamp, title = Stamp(**read.pop("stamp")), read.pop("title")
    sheets = [read] if form == FLAT else read["sheets"]
    return Handout(stamp, title, tuple(map(_sheet, sheets)))


def _sheet(told: dict[str, Any]) -> Sheet:
    lines = tuple(
        Line(
            **{
                **one,
                "members": tuple((axis, member) for axis, member in one["members"]),
                "entry": tuple(one["entry"]),
                "figures": tuple(one["figures"]),
            }
        )
        for one in told["lines"]
    )
    heads = tuple(Head(**{**one, "parts": tuple(one["parts"])}) for one in told["heads"])
    key = (told["key"][0], told["key"][1])
    return Sheet(**{**told, "key": key, "heads": heads, "lines": lines})
