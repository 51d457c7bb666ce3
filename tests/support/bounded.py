"""Random plans with bounds and holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import strategies as st

from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from tests.support.groups import shuffled
from tests.support.split_oracles import ENDLESS


@dataclass(frozen=True)
class Plan:
    """Cells group by group; ``low`` and ``high`` are ENDLESS where there is no bound."""

    totals: list[int]
    ends: list[int]
    weights: list[int]
    low: list[int]
    high: list[int]
    held: list[bool]
    kept: list[int]
    rank: list[int]

    def groups(self):
        """(total, weights, low, high, rank) of each group, held cells as two equal bounds."""
        low = np.where(self.held, self.kept, self.low).tolist()
        high = np.where(self.held, self.kept, self.high).tolist()
        free = np.where(self.held, 0, self.weights).tolist()
        cuts = [slice(*pair) for pair in pairwise(self.ends)]
        return [
            (total, free[cut], low[cut], high[cut], self.rank[cut])
            for total, cut in zip(self.totals, cuts, strict=True)
        ]

    def split(self, cells):
        """The cells of each group."""
        return [cells[first:past].tolist() for first, past in pairwise(self.ends)]

    def bounds(self):
        """The bounds as the library takes them."""
        return Bounds.of(low=self.low, high=self.high, held=self.held, kept=self.kept)

    def spread(self):
        """What the library answers."""
        return spread_bounded(self.totals, self.weights, self.ends, self.bounds(), rank=self.rank)

    def mirrored(self):
        """The plan with every sign changed."""
        turned = {name: [-value for value in getattr(self, name)] for name in ("totals", "kept")}
        low, high = [-value for value in self.high], [-value for value in self.low]
        return replace(self, low=low, high=high, **turned)


@st.composite
def plans(draw, *, feasible=False):
    """Groups of up to 7 cells. Where ``feasible``, bounds are drawn around a plan that exists."""
    chance = Random(draw(st.integers(0, 2**48)))
    sizes = [chance.randint(1, 7) for _ in range(chance.randint(1, 5))]
    rows = [_group(chance, size, feasible=feasible) for size in sizes]
    columns = [[value for row in rows for value in row[place]] for place in range(1, 6)]
    rank = [value for size in sizes for value in shuffled(chance.random(), range(size))]
    return Plan([row[0] for row in rows], np.cumsum([0, *sizes]).tolist(), *columns, rank)


def _group(chance, size, *, feasible):
    """(total, weights, low, high, held, kept) of one group."""
    top = chance.choice([9, 1000, 2**44])
    bottom = -top if chance.random() < 0.3 else 0
    heavy = chance.choice([3, 10**6, 2**50])
    weights = [chance.choice([0, chance.randint(0, heavy), heavy]) for _ in range(size)]
    held = [chance.random() < 0.15 for _ in range(size)]
    inside = [chance.randint(bottom, top) // size for _ in range(size)]
    low = [_below(chance, value, top) for value in inside]
    high = [max(_above(chance, value, top), edge) for value, edge in zip(inside, low, strict=True)]
    if not feasible:
        return chance.randint(bottom, top), weights, low, high, held, inside
    weights = [weight or 1 for weight in weights]
    return sum(inside), weights, low, high, held, inside


def _below(chance, value, top):
    return chance.choice([-ENDLESS, value - chance.randint(0, top), value, min(0, value)])


def _above(chance, value, top):
    return chance.choice([ENDLESS, value + chance.randint(0, top), value])
