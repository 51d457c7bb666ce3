"""A figure of a block: where it is meant for, and what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Wish

if TYPE_CHECKING:
    from fractions import Fraction

    from quotaloom.core.allocation.journal.place import Slice


@dataclass(frozen=True, slots=True)
class Place:
    """One figure of a block: its text, the slice that it is meant for, and where that is."""

    text: str
    at: Slice
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was read: units of the measure, and how it came about.

    ``bare`` is the number where its unit was not said. ``is_rounded`` where the text was no
    multiple of the plan's unit: a spreadsheet's formulas know nothing of it.
    """

    place: Place
    amount: int
    bare: Fraction | None = None
    is_rounded: bool = False

    @property
    def wish(self) -> Wish:
        """The figure as the engine takes it."""
        return Wish(self.place.at, self.amount)
