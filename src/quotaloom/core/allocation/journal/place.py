"""Where an edit points: a slice by coordinates, and the region of cells that it covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

Kind = TypeVar("Kind", bound=np.generic)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """Cells by their coordinates. An axis that is not named is meant whole, "" is every period.

    ``members`` holds (axis, member id), by axis name; the same slice is always the same value.
    """

    members: tuple[Key, ...] = ()
    period: str = ""
    measure: str = ""
    layer: str = ""

    @classmethod
    def of(cls, *, period: str = "", measure: str = "", layer: str = "", **members: str) -> Slice:
        """A slice by axis names as keywords."""
        return cls(tuple(sorted(members.items())), period, measure, layer)

    @property
    def key(self) -> Key:
        """The column of cells: measure and layer."""
        return self.measure, self.layer

    def member(self, axis: str) -> str:
        """The member of an axis, "" where it is meant whole."""
        return dict(self.members).get(axis, "")

    def at(self, axis: str, member: str) -> Slice:
        """The slice with another member on one axis; "" lets the axis go."""
        kept = {name: one for name, one in self.members if name != axis}
        if member:
            kept[axis] = member
        return replace(self, members=tuple(sorted(kept.items())))


@dataclass(frozen=True, eq=False)
class Region:
    """Some rows × some periods; ``inside`` leaves cells out where a tree changed in the year."""

    rows: Ints
    periods: Ints
    inside: Mask | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and periods."""
        return len(self.rows), len(self.periods)

    @property
    def size(self) -> int:
        """How many cells."""
        return len(self.rows) * len(self.periods) if self.inside is None else int(self.inside.sum())

    @cached_property
    def mask(self) -> Mask:
        """Which cells of the rectangle count. Not to be written into."""
        return np.ones(self.shape, np.bool_) if self.inside is None else self.inside

    def cut(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """The rectangle of a column's array."""
        if self.shape == values.shape:
            return values
        cut: NDArray[Kind] = values[np.ix_(self.rows, self.periods)]
        return cut

    def total(self, values: Ints) -> int:
        """The exact sum of the cells that count."""
        cut = self.cut(values)
        return int(cut.sum() if self.inside is None else cut[self.inside].sum())

    def whole_mask(self, shape: tuple[int, int]) -> Mask:
        """The cells in the whole leaf table."""
        found = np.zeros(shape, np.bool_)
        found[np.ix_(self.rows, self.periods)] = self.mask
        return found
