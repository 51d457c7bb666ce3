"""The cells of a plan: tuples of members × periods, with the weight that history gave each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.numeric.layout import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.hierarchies import Hierarchy
    from quotaloom.core.model.periods import Period

WishKind = Literal["fix", "hold", "bound"]
WORD = 16  # masks read as one number


@dataclass(frozen=True)
class Cube:
    """Tuples in canonical order (hierarchies by name, then tree order), each over all periods.

    ``members`` has one array a hierarchy: the leaf of each tuple. The weight of a cell is
    ``basis[tuple] * profiles[shape[tuple], period]``, whole numbers >= 0. ``rollups`` gives each
    period's labels above it, finest first.
    """

    hierarchies: tuple[Hierarchy, ...]
    members: tuple[NDArray[np.int32], ...]
    periods: tuple[Period, ...]
    rollups: dict[str, tuple[str, ...]]
    basis: NDArray[np.int64]
    shape: NDArray[np.int32]
    profiles: NDArray[np.int64]

    @property
    def size(self) -> tuple[int, int]:
        """How many tuples and how many periods."""
        return len(self.basis), len(self.periods)

    def seasonal(self) -> NDArray[np.int64]:
        """The period weights of each tuple, shape (tuples, periods)."""
        return self.profiles[self.shape]


@dataclass(frozen=True)
class Wish:
    """A sum asked for: the cells of some tuples in some periods, in ``[low, high]`` units.

    ``high`` is None where there is no upper end. A fix and a hold have both ends equal.
    """

    text: str
    kind: WishKind
    tuples: NDArray[np.bool_]
    periods: NDArray[np.bool_]
    low: int
    high: int | None

    def reached(self, cells: NDArray[np.int64]) -> int:
        """What the cells of the wish add up to."""
        return int(cells[self.tuples][:, self.periods].sum())


def pattern(
    masks: Sequence[NDArray[np.bool_]], count: int
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Number the different combinations of masks: the number of each entry, and its masks.

    Shapes (count,) and (numbers, masks). The order of the entries does not change the numbers.
    """
    keys = []
    for first in range(0, len(masks), WORD):
        word = np.zeros(count, dtype=np.int32)
        for place, mask in enumerate(masks[first : first + WORD]):
            word |= mask.astype(np.int32) << place
        keys.append(word)
    numbers, size = numbered(keys, count)
    sample = np.empty(size, dtype=np.int64)
    sample[numbers] = np.arange(count)
    found = [mask[sample] for mask in masks]
    return numbers, np.stack(found, axis=1) if found else np.zeros((size, 0), dtype=np.bool_)
