"""Random tables to rake: dense ones that have an answer, sparse ones that may have none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from quotaloom.core.numeric.margins import Margin, group_sums


@dataclass(frozen=True)
class Case:
    """What ``rake`` is asked."""

    seed: np.ndarray
    margins: tuple[Margin, ...]
    low: np.ndarray | None = None
    high: np.ndarray | None = None

    @property
    def least(self):
        """Every cell's lower bound, that of a cell without seed included."""
        return np.zeros(len(self.seed), np.int64) if self.low is None else self.low

    @property
    def most(self):
        """Every cell's upper bound, that of a cell without seed included."""
        most = np.full(len(self.seed), 2**62) if self.high is None else self.high
        return np.where(self.seed > 0, most, self.least)


def exact(name, codes, table, size):
    """The margin that a table happens to have."""
    names = tuple(f"{name}{group}" for group in range(size))
    return Margin.exact(codes.astype(np.int32), group_sums(codes, table, size), names)


def loosened(margin, draw):
    """The same groups with ranges around their sums, some of them open."""
    spare = np.array(draw(st.lists(st.integers(0, 3), min_size=margin.size, max_size=margin.size)))
    return replace(margin, low=np.maximum(margin.low - spare, 0), high=margin.high + spare)


def coarser(draw, margin, table, name):
    """A margin of nodes above the groups of another one."""
    size = draw(st.integers(1, margin.size))
    above = np.array(
        draw(st.lists(st.integers(0, size - 1), min_size=margin.size, max_size=margin.size))
    )
    return exact(name, above[margin.codes], table, size)


def partly(draw, margin):
    """The same margin over some of its groups only."""
    kept = np.array(draw(st.lists(st.booleans(), min_size=margin.size, max_size=margin.size)))
    if not kept.any():
        return margin
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    names = tuple(name for name, is_kept in zip(margin.names, kept, strict=True) if is_kept)
    codes = number[margin.codes].astype(np.int32)
    return Margin(codes, margin.low[kept], margin.high[kept], names)


def grid(sizes):
    """The code of each cell along each axis of a full table."""
    return [codes.ravel() for codes in np.indices(sizes)]


@st.composite
def dense_cases(draw):
    """A full table on one to six axes, nested margins, often holds, bounds and ranges.

    A hidden whole table meets everything, so an answer exists.
    """
    width = {1: 12, 2: 9, 3: 6, 4: 4, 5: 3, 6: 3}
    count = draw(st.integers(1, 6))
    sizes = tuple(draw(st.integers(1, width[count])) for _ in range(count))
    axes = grid(sizes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    seed = rng.lognormal(1, draw(st.sampled_from([0.1, 1, 2])), len(axes[0]))
    table = rng.poisson(seed * draw(st.sampled_from([0.05, 1, 30, 10**5])))
    margins = [
        exact(name, codes, table, size)
        for name, codes, size in zip("abcdef", axes, sizes, strict=False)
    ]
    for name, margin in zip("ABCDEF", list(margins), strict=False):
        if draw(st.booleans()):
            margins.append(coarser(draw, margin, table, name))
    case = Case(seed, tuple(draw(st.permutations(margins))))
    return bounded(draw, rng, case, table) if draw(st.booleans()) else case


def bounded(draw, rng, case, table):
    """The case with some cells held and some bounded around the hidden table."""
    count = len(table)
    low, high = np.zeros(count, np.int64), np.full(count, 2**62)
    held = rng.random(count) < draw(st.sampled_from([0, 0.05, 0.3]))
    low[held] = high[held] = table[held]
    tight = ~held & (rng.random(count) < draw(st.sampled_from([0, 0.2, 1])))
    low[tight] = (table[tight] * rng.uniform(0.5, 1, tight.sum())).astype(np.int64)
    high[tight] = (table[tight] * rng.uniform(1, 1.5, tight.sum())).astype(np.int64) + 1
    return replace(case, low=low, high=high)


@st.composite
def sparse_cases(draw):
    """Few cells of a small cube, margins that often contradict each other or whole units."""
    sizes = tuple(draw(st.integers(1, 4)) for _ in range(draw(st.integers(1, 4))))
    axes = grid(sizes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kept = rng.random(len(axes[0])) < draw(st.sampled_from([0.15, 0.4, 0.7]))
    kept[0] |= not kept.any()
    axes = [codes[kept] for codes in axes]
    seed = np.where(rng.random(kept.sum()) < 0.9, rng.lognormal(0, 1, kept.sum()), 0.0)
    table = rng.poisson(seed * draw(st.sampled_from([0.3, 1, 5])))
    margins = [
        exact(name, codes, table, size)
        for name, codes, size in zip("abcd", axes, sizes, strict=False)
    ]
    if len(axes) > 1 and draw(st.booleans()):
        pair = axes[0] * sizes[1] + axes[1]
        margins.append(exact("x", pair, table, sizes[0] * sizes[1]))
    if draw(st.booleans()):
        margins.append(coarser(draw, margins[0], table, "A"))
    margins = [disturbed(draw, margin) for margin in margins]
    margins = [partly(draw, margin) if draw(st.booleans()) else margin for margin in margins]
    case = Case(seed, tuple(margins))
    return bounded(draw, rng, case, table) if draw(st.booleans()) else case


def disturbed(draw, margin):
    """The margin as it is, with ranges, or with a unit moved between two groups."""
    change = draw(st.sampled_from(["none", "range", "moved", "more"]))
    if change == "range":
        return loosened(margin, draw)
    sums = margin.low.copy()
    if change == "more":
        sums[draw(st.integers(0, margin.size - 1))] += 1
    if change == "moved" and sums.any():
        sums[int(sums.argmax())] -= 1
        sums[draw(st.integers(0, margin.size - 1))] += 1
    return replace(margin, low=sums, high=sums)
