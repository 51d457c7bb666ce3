"""A table of a plan that was handed out to be edited: lines, columns, figures, and its stamp."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.allocation.journal.place import Slice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.place import Key

FORMAT: Final = 1
Cell = tuple[int, int]  # places of a line and of a column


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
    the measure. ``members`` are empty for the whole plan, and of a line that is the rest of a
    branch, which nobody edits. ``last_year`` is in 分.
    """

    name: str
    members: tuple[Key, ...]
    depth: int
    below: int
    entry: tuple[int, ...]
    figures: tuple[int, ...]
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
class Handout:
    """The whole table. One unit of the measure is ``unit`` 分, one of the sheet ``size`` 分."""

    stamp: Stamp
    title: str
    key: Key
    unit: int
    size: int
    decimals: int
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """What the keys of its rows and columns begin with: no other handout's do."""
        return self.stamp.id[:8]

    def at(self, cell: Cell) -> Slice:
        """The slice of a cell."""
        line, head = cell
        return Slice(self.lines[line].members, self.heads[head].label, *self.key)

    def base(self, cell: Cell) -> int:
        """The figure that was handed out."""
        return self.lines[cell[0]].figures[cell[1]]

    def is_entry(self, cell: Cell) -> bool:
        """Whether the cell was meant to be edited."""
        return cell[1] in self.lines[cell[0]].entry

    def dumps(self) -> str:
        """As JSON, always the same for the same handout."""
        told = {"format": FORMAT, **asdict(self)}
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
        lines = list(handout.lines)
        for (line, head), figure in self.figures.items():
            figures = list(lines[line].figures)
            figures[head] = figure
            lines[line] = replace(lines[line], figures=tuple(figures))
        return replace(handout, lines=tuple(lines))


NOTHING_TAKEN: Final = Taken({})


def loads(text: str) -> Handout:
    """The handout that ``dumps`` wrote, and the house kept."""
    read: dict[str, Any] = json.loads(text)
    if read.pop("format") != FORMAT:
        raise ValueError("a handout of another format")
    lines = tuple(
        Line(
            **{
                **one,
                "members": tuple((axis, member) for axis, member in one["members"]),
                "entry": tuple(one["entry"]),
                "figures": tuple(one["figures"]),
            }
        )
        for one in read["lines"]
    )
    heads = tuple(Head(**{**one, "parts": tuple(one["parts"])}) for one in read["heads"])
    key = (read["key"][0], read["key"][1])
    return Handout(
        **{**read, "stamp": Stamp(**read["stamp"]), "key": key, "heads": heads, "lines": lines}
    )
