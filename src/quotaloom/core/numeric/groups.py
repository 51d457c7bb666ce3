"""Cells laid out group by group in one flat array, and what is done to all groups at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]
    Reals = NDArray[np.float64]

Kind = TypeVar("Kind", bound=np.generic)
SCRATCH = 1 << 24  # bytes
BLOCK = 1 << 15  # cells worked on at once: their scratch arrays stay in the processor's cache


def whole(values: ArrayLike) -> Ints:
    """The values as an int64 array. Floats, and what int64 cannot hold, are the caller's bug."""
    found = np.asarray(values)
    if found.size and found.dtype.kind not in "iu":
        raise TypeError(f"whole numbers are wanted, not {found.dtype}")
    if found.dtype == np.uint64 and found.size and int(found.max()) >= 1 << 63:
        raise OverflowError("a number passes 63 bits")
    return np.ascontiguousarray(found, dtype=np.int64)


def keep_scratch() -> None:
    """Let the process keep the memory of arrays up to SCRATCH bytes for the next ones.

    The GNU allocator maps larger blocks anew each time, page by page, until one of their size has
    been freed; nothing is touched here. Other allocators do not mind.
    """
    np.empty(SCRATCH, np.uint8)


@dataclass(frozen=True, slots=True)
class Groups:
    """Group g owns the cells [starts[g], starts[g + 1]); groups may be empty."""

    starts: Ints
    sizes: Ints

    @classmethod
    def of(cls, starts: ArrayLike, cells: int) -> Groups:
        """The groups that ``starts`` cuts ``cells`` cells into. ValueError where it does not."""
        edges = whole(starts)
        sizes = np.diff(edges)
        if not edges.size or edges[0] != 0 or edges[-1] != cells or (sizes < 0).any():
            raise ValueError(f"starts must rise from 0 to the number of cells, {cells}")
        return cls(edges, sizes)

    @classmethod
    def sized(cls, sizes: Ints) -> Groups:
        """Groups of these sizes, one after the other."""
        return cls(np.concatenate(([0], np.cumsum(sizes))), sizes)

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def cells(self) -> int:
        """How many cells all groups own together."""
        return int(self.starts[-1])

    def sums(self, values: NDArray[np.generic]) -> Ints:
        """The int64 sum of each group (wrapping); an empty group sums to 0."""
        full = self.sizes > 0
        answer = np.zeros(len(self), np.int64)
        if full.any():
            first = self.starts[:-1][full]
            answer[full] = np.add.reduceat(values, first, dtype=np.int64)
        return answer

    def each(self, per_group: NDArray[Kind]) -> NDArray[Kind]:
        """One value a group, written on each of its cells."""
        return np.repeat(per_group, self.sizes)

    def blocks(self, cells: int = BLOCK) -> Iterator[tuple[slice, slice, Groups]]:
        """Runs of whole groups of about ``cells`` cells: (groups, cells, the run as Groups)."""
        keep_scratch()
        first = 0
        while first < len(self):
            goal = self.starts[first] + cells
            past = int(np.searchsorted(self.starts, goal, side="right")) - 1
            past = min(max(past, first + 1), len(self))
            begin, end = int(self.starts[first]), int(self.starts[past])
            edges = self.starts[first : past + 1] - begin
            yield slice(first, past), slice(begin, end), Groups(edges, self.sizes[first:past])
            first = past
