"""Real cells as a whole part and a fraction in 1/GRID units: what rounding works on.

The sums of whole parts stay exact however large the cells are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

GRID_BITS = 20
GRID = 1 << GRID_BITS
BLOCK = 1 << 16


@dataclass(frozen=True)
class Real:
    """Cell i is worth ``whole[i] + part[i] / GRID``, 0 <= part < GRID."""

    whole: Ints
    part: NDArray[np.int32]

    @classmethod
    def of(cls, cells: NDArray[np.float64]) -> Real:
        """The nearest values on the grid."""
        whole = np.empty(len(cells), dtype=np.int64)
        part = np.empty(len(cells), dtype=np.int32)
        kernels = fast.kernels_for(len(cells))
        if kernels is not None:
            kernels.on_grid(cells, GRID, whole, part)
            return cls(whole, part)
        for first in range(0, len(cells), BLOCK):
            some = slice(first, first + BLOCK)
            floor = np.floor(cells[some])
            over = (cells[some] - floor) * GRID
            parts = np.rint(over, out=over).astype(np.int32)
            whole[some] = floor
            whole[some] += parts >> GRID_BITS
            np.bitwise_and(parts, GRID - 1, out=part[some])
        return cls(whole, part)
