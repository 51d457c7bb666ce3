"""Margins: which cells add up to which whole number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

UNBOUNDED = np.int64(2**62)
EXACT_DOUBLE = float(2**52)
SAMPLE = 4096


@dataclass(frozen=True)
class Margin:
    """Groups of cells and what each group must add up to.

    ``codes`` holds the group of each cell, -1 for a cell in none. A group's sum lies in
    ``[low, high]``, both inclusive; equal ends make it exact, ``UNBOUNDED`` leaves an end open.
    ``names`` label the groups in a refusal; they may be empty.
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

    @cached_property
    def is_exact(self) -> bool:
        """Whether every group has one right sum."""
        return bool(np.array_equal(self.low, self.high))

    @cached_property
    def is_full(self) -> bool:
        """Whether every cell lies in a group."""
        return bool(self.codes.min(initial=0) >= 0)

    @cached_property
    def sample(self) -> NDArray[np.int32]:
        """The codes of a few thousand cells."""
        return np.ascontiguousarray(self.codes[:: max(1, len(self.codes) // SAMPLE)])

    def sums(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of each group, exact."""
        return group_sums(self.codes, cells, self.size)

    def on(self, codes: NDArray[np.int32]) -> Margin:
        """The same wishes over other cells."""
        return Margin(codes, self.low, self.high, self.names)

    def less(self, spent: NDArray[np.int64]) -> Margin:
        """What is left of the wishes where some cells already hold ``spent``."""
        low = np.where(self.low <= -UNBOUNDED, self.low, self.low - spent)
        high = np.where(self.high >= UNBOUNDED, self.high, self.high - spent)
        return Margin(self.codes, low, high, self.names)

    def name(self, group: int) -> str:
        """How a refusal calls the group."""
        return self.names[group] if self.names else str(group)


def group_sums(codes: NDArray[np.int32], cells: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Exact sums of whole numbers by group; code -1 is left out.

    The halves are added as doubles, each below 2**53, so nothing is lost for sums below 2**62.
    """
    kernels = fast.kernels_for(len(cells))
    if kernels is not None:
        sums = np.zeros(size, dtype=np.int64)
        kernels.group_sums(codes, cells, sums)
        return sums
    if codes.min(initial=0) < 0:
        inside = codes >= 0
        codes, cells = codes[inside], cells[inside]
    if _is_small(cells):
        return np.bincount(codes, weights=cells, minlength=size).astype(np.int64)
    upper, lower = cells >> 24, cells & (2**24 - 1)
    tops = np.bincount(codes, weights=upper, minlength=size).astype(np.int64)
    return (tops << 24) + np.bincount(codes, weights=lower, minlength=size).astype(np.int64)


def _is_small(cells: NDArray[np.int64]) -> bool:
    """Whether no sum of these cells can pass what doubles hold exactly."""
    widest = max(abs(int(cells.max(initial=0))), abs(int(cells.min(initial=0))))
    return widest * len(cells) < EXACT_DOUBLE


def real_sums(
    codes: NDArray[np.integer], cells: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Sums of real cells by group; every cell is in one."""
    return np.bincount(codes, weights=cells, minlength=size).astype(np.float64, copy=False)


def violations(
    cells: NDArray[np.int64], margins: Sequence[Margin]
) -> list[tuple[int, int, int, int]]:
    """Every group whose sum leaves its range: (margin, group, sum, nearest allowed sum)."""
    found: list[tuple[int, int, int, int]] = []
    if np.count_nonzero(cells) < len(cells) // 4:
        used = np.flatnonzero(cells)
        margins = [margin.on(margin.codes[used]) for margin in margins]
        cells = cells[used]
    slow = fast.kernels_for(len(cells)) is None and _is_small(cells)
    doubles = cells.astype(np.float64) if slow else None
    for number, margin in enumerate(margins):
        if doubles is None or not margin.is_full:
            sums = margin.sums(cells)
        else:
            sums = np.bincount(margin.codes, doubles, margin.size).astype(np.int64)
        wrong = np.flatnonzero((sums < margin.low) | (sums > margin.high))
        nearest = np.clip(sums, margin.low, margin.high)
        found += [(number, int(g), int(sums[g]), int(nearest[g])) for g in wrong]
    return found
