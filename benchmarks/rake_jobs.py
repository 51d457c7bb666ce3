"""The tables that the raking benchmarks work on: a million cells under four nested margins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.margins import UNBOUNDED, Margin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SIZES = (50, 40, 42, 12)  # members of each axis: 1,008,000 combinations
NODES = (8, 5, 6, 4)  # nodes above them
WIDE = (160, 130, 133, 12)  # 33 million combinations, of which a million exist
HELD, ZEROS = 0.05, 0.97


@dataclass(frozen=True)
class Job:
    """A seed, what each member of each axis and each node above must hold, bounds; held: equal.

    A hidden whole ``table`` meets everything. ``margins`` has, axis by axis, the members and then
    the nodes above them.
    """

    sizes: tuple[int, ...]
    seed: NDArray[np.float64]
    table: Ints
    margins: tuple[Margin, ...]
    low: Ints
    high: Ints

    @property
    def is_held(self) -> NDArray[np.bool_]:
        """Which cells are held."""
        return np.asarray(self.low == self.high)

    def task(self) -> tuple[NDArray[np.float64], list[NDArray[np.int32]], list[Ints]]:
        """For a plain fit: the seed without held cells, codes and sums of the four fine margins."""
        kept = np.where(self.is_held, self.table, 0)
        fine = self.margins[::2]  # what the nodes ask follows from these
        sums = [margin.low - margin.sums(kept) for margin in fine]
        return np.where(self.is_held, 0.0, self.seed), [margin.codes for margin in fine], sums


def dense() -> Job:
    """Every combination, 5 % held."""
    return _job(SIZES, np.arange(np.prod(SIZES)))


def mostly_zero() -> Job:
    """The same with a seed of 0 in 97 % of the cells."""
    return _job(SIZES, np.arange(np.prod(SIZES)), zeros=ZEROS)


def sparse() -> Job:
    """A million cells of a cube that has 33 million: the others are not even listed."""
    rng = np.random.default_rng(97)
    return _job(WIDE, np.sort(rng.choice(np.prod(WIDE), 10**6, replace=False)))


def bounded() -> Job:
    """The dense table, each cell within a fifth of the hidden table; some end at a bound."""
    job = dense()
    held = job.is_held
    low, high = (job.table * 0.8).astype(np.int64), (job.table * 1.25).astype(np.int64) + 1
    return replace(job, low=np.where(held, job.table, low), high=np.where(held, job.table, high))


def _job(sizes: tuple[int, ...], places: Ints, *, zeros: float = 0.0) -> Job:
    rng = np.random.default_rng(2027)
    codes = [code.astype(np.int32) for code in np.unravel_index(places, sizes)]
    seed = rng.lognormal(6, 1, len(places)) * (rng.random(len(places)) >= zeros)
    grown = seed * rng.uniform(0.8, 1.25, len(seed))
    for code, size in zip(codes, sizes, strict=True):
        grown *= rng.lognormal(0, 0.2, size)[code]
    table = np.rint(grown).astype(np.int64)
    margins: list[Margin] = []
    for code, size, nodes in zip(codes, sizes, NODES, strict=True):
        above = (np.arange(size) * nodes // size).astype(np.int32)[code]
        for group, count in ((code, size), (above, nodes)):
            sums = np.bincount(group, table, count).astype(np.int64)
            margins.append(Margin.exact(group, sums))
    held = (rng.random(len(seed)) < HELD) & (seed > 0)
    low, high = np.where(held, table, 0), np.where(held, table, UNBOUNDED)
    return Job(sizes, seed, table, tuple(margins), low, high)
