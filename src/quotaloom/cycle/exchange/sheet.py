"""One measure of what was handed out: lines, columns, and figures that may be edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from quotaloom.core.allocation.journal.place import Slice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.place import Key

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


def sheet_read(told: dict[str, Any]) -> Sheet:
    """The sheet out of the JSON of a record."""
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
