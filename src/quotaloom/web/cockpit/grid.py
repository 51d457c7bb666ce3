"""A module of the cockpit as tiles and tables, for its page and its workbook alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from quotaloom.report.module_file import Figured
    from quotaloom.web.cockpit.told import Told

BAR: Final = 100
"""How long the longest bar of a table is, in its own units."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as measures scale it (money, prices: 分), and its rows' address parameters."""

    value: int | None
    unit: Figured
    at: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A member and its figures; ``at`` leads to its branch, ``bar`` is 0 to 100, -1 for none."""

    name: str
    cells: tuple[Cell, ...]
    at: str = ""
    bar: int = -1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, what its members are, what its columns are."""

    title: str
    of: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def has_bars(self) -> bool:
        """Whether a column of bars stands before the figures."""
        return any(one.bar >= 0 for one in self.lines)

    @property
    def has_money(self) -> bool:
        """Whether a figure is an amount, whose unit has to be said."""
        return any(cell.unit == "money" for one in self.lines for cell in one.cells)


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a module shows; ``messages`` say what it means."""

    tiles: tuple[Told, ...]
    grids: tuple[Grid, ...]
    messages: tuple[str, ...] = ()
