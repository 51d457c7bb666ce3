"""The plan that every spreading benchmark works on: 6 million cells under 60,000 parents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

PARENTS, CHILDREN = 60_000, 100


@dataclass(frozen=True)
class Arena:
    """Totals of parents; weights, holds (5 %) and bounds of cells."""

    totals: Ints
    weights: Ints
    starts: Ints
    held: NDArray[np.bool_]
    kept: Ints
    low: Ints
    high: Ints

    @property
    def parents(self) -> Ints:
        """The parent of each cell."""
        return np.repeat(np.arange(len(self.totals)), np.diff(self.starts))


@cache
def arena(parents: int = PARENTS, children: int = CHILDREN) -> Arena:
    """A plan with last year as weights and bounds of 0.64 to 1.56 of the fair share or so."""
    rng = np.random.default_rng(2027)
    cells = parents * children
    weights = rng.integers(10**9, 10**10, cells)
    starts = np.arange(0, cells + 1, children)
    totals = rng.integers(10**9, 10**11, parents)
    fair = weights * np.repeat(totals / np.add.reduceat(weights, starts[:-1]), children)
    middle = fair * rng.uniform(0.8, 1.25, cells)
    low, high = (middle * 0.8).astype(np.int64), (middle * 1.25).astype(np.int64) + 1
    return Arena(totals, weights, starts, rng.random(cells) < 0.05, (low + high) // 2, low, high)
