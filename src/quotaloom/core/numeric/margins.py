"""Margins: which cells add up to which whole number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Ints = "NDArray[np.int64]"
UNBOUNDED = np.int64(2**62)


@dataclass(frozen=True)
class Margin:
    """Groups of cells and what each group must add up to.

    ``codes`` holds the group of each cell, -1 for a cell in none. A group's sum lies in
    ``[low, high]``, both inclusive; equal ends make it exact. ``names`` label the groups in a
    refusal; they may be empty.
    """

    codes: NDArray[np.int32]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    names: tuple[str, ...] = ()

    @classmethod
    def exact(
        cls, codes: NDArray[np.int32], totals: NDArray[np.int64], names: tuple[str, ...] = ()
    ) -> Margin:
        """A margin whose every group has one right sum."""
        return cls(codes, totals, totals, names)

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.low)

    @property
    def is_exact(self) -> bool:
        """Whether every group has one right sum."""
        return bool(np.array_equal(self.low, self.high))

    def sums(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of each group, exact."""
        return group_sums(self.codes, cells, self.size)

    def name(self, group: int) -> str:
        """How a refusal calls the group."""
        return self.names[group] if self.names else str(group)


def group_sums(codes: NDArray[np.int32], cells: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Exact sums of whole numbers by group; code -1 is left out.

    The halves are added as doubles, each below 2**53, so nothing is lost for sums below 2**62.
    """
    inside = codes >= 0
    if not inside.all():
        codes, cells = codes[inside], cells[inside]
    if np.abs(cells).sum(dtype=np.float64) < 2**52:
        return np.bincount(codes, weights=cells, minlength=size).astype(np.int64)
    upper, lower = cells >> 24, cells & (2**24 - 1)
    tops = np.bincount(codes, weights=upper, minlength=size).astype(np.int64)
    return (tops << 24) + np.bincount(codes, weights=lower, minlength=size).astype(np.int64)


def violations(
    cells: NDArray[np.int64], margins: Sequence[Margin]
) -> list[tuple[int, int, int, int]]:
    """Every group whose sum leaves its range: (margin, group, sum, nearest allowed sum)."""
    found: list[tuple[int, int, int, int]] = []
    for number, margin in enumerate(margins):
        sums = margin.sums(cells)
        wrong = np.flatnonzero((sums < margin.low) | (sums > margin.high))
        nearest = np.clip(sums, margin.low, margin.high)
        found += [(number, int(g), int(sums[g]), int(nearest[g])) for g in wrong]
    return found
