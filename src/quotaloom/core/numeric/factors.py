"""What iterative proportional fitting multiplies: a factor a group, over the sides of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.margins import UNBOUNDED, real_sums
from quotaloom.core.numeric.mixing import Mixing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.groups import Bytes
    from quotaloom.core.numeric.layout import Layout, Side
    from quotaloom.core.numeric.margins import Margin

    Reals = NDArray[np.float64]

TINY = 1e-200  # a factor of 0 could never be taken back
FARTHEST = 100.0  # logarithm of a mixed factor: a handful of them stay finite doubles
ALIKE = 1e-3
PATIENCE = 25  # rounds without a better miss
RELATIVE, UNITS, DOUBLES = 1e-11, 1e-3, 4e-15


@dataclass(frozen=True)
class Fit:
    """The fitted cells, the largest miss of any margin in units, whether that is next to nothing.

    ``met`` allows 1e-9 of the largest margin, and what double precision cannot tell.
    """

    cells: Reals
    miss: float
    met: bool
    rounds: int


def fitted(cells: Reals, miss: float, margins: Sequence[Margin], rounds: int) -> Fit:
    """How a fit ended. Where it failed, cells beyond any margin are cut back to the largest."""
    scale = largest(margins)
    met = bool(miss <= close(scale))
    if not met:
        cells = np.clip(np.nan_to_num(cells), 0.0, max(scale, 1.0))
    return Fit(cells, miss, met, rounds)


@dataclass
class Wish:
    """One margin over the combinations of a side, with the product of its own corrections."""

    codes: NDArray[np.int32]
    inside: NDArray[np.int64] | None
    low: Reals
    high: Reals
    exact: bool
    factors: Reals

    @classmethod
    def on(cls, side: Side, margin: Margin) -> Wish:
        """The margin restated over the combinations of a side."""
        codes = margin.codes[side.sample]
        inside = None if codes.min() >= 0 else np.flatnonzero(codes >= 0)
        low, high = margin.low.astype(np.float64), margin.high.astype(np.float64)
        return cls(
            codes if inside is None else codes[inside],
            inside,
            np.where(margin.low <= -UNBOUNDED, -np.inf, low),
            np.where(margin.high >= UNBOUNDED, np.inf, high),
            margin.is_exact,
            np.ones(margin.size),
        )

    def sums(self, cells: Reals) -> Reals:
        """The sum of each group."""
        inside = cells if self.inside is None else cells[self.inside]
        return real_sums(self.codes, inside, len(self.low))

    def step(self, base: Reals, values: Reals, fixed: Reals | None = None) -> float:
        """Multiply ``base`` and ``values`` in place so that the base meets the margin.

        ``fixed`` counts towards each group's sum and is not moved. Answers how far the margin
        was missed before.
        """
        still = np.zeros_like(self.low) if fixed is None else self.sums(fixed)
        sums = self.sums(base)
        together = sums + still
        miss = np.maximum(self.low - together, together - self.high).max(initial=0.0)
        if self.exact:
            change = _change(sums, self.low - still, free=fixed is None)
        else:
            raw = np.divide(sums, self.factors)
            wish = np.clip(raw, self.low - still, self.high - still)
            change = _change(raw, wish, free=fixed is None) / self.factors
        self.factors *= change
        inside = slice(None) if self.inside is None else self.inside
        base[inside] *= change[self.codes]
        values[inside] *= change[self.codes]
        return float(miss)

    def missed(self, cells: Reals) -> float:
        """How far the cells miss the margin."""
        sums = self.sums(cells)
        return float(np.maximum(self.low - sums, sums - self.high).max(initial=0.0))


def _change(sums: Reals, wish: Reals, *, free: bool) -> Reals:
    """What takes each sum to its wish; beside fixed cells never more than a factor of 8."""
    if free:
        change = np.divide(wish, sums, out=np.ones_like(sums), where=sums > 0)
        return np.maximum(change, TINY)
    lost = np.where(wish > 0, 2.0, np.where(wish < 0, 0.5, 1.0))
    change = np.divide(wish, sums, out=lost, where=sums > 0)
    return np.clip(change, 0.125, 8.0)


@dataclass
class Factors:
    """What the rows, or the columns, of the table are multiplied by."""

    wishes: list[Wish]
    values: Reals

    @classmethod
    def of(cls, side: Side, margins: Sequence[Margin]) -> Factors:
        """Ones, and the margins of the side."""
        return cls([Wish.on(side, margins[axis]) for axis in side.axes], np.ones(side.size))

    def move(self, sums: Reals, fixed: Reals | None = None) -> float:
        """Meet the side's margins, ``sums`` being what the other side makes of the seed."""
        base = sums * self.values
        return max((wish.step(base, self.values, fixed) for wish in self.wishes), default=0.0)


def logarithms(sides: Sequence[Factors]) -> Reals:
    """The factors of all margins, as one vector of logarithms."""
    factors = [wish.factors for side in sides for wish in side.wishes]
    return np.clip(np.log(np.maximum(np.concatenate(factors), TINY)), -FARTHEST, FARTHEST)


def restore(sides: Sequence[Factors], vector: Reals) -> None:
    """Set the factors of all margins."""
    factors = np.exp(np.clip(np.nan_to_num(vector), -FARTHEST, FARTHEST))
    for side in sides:
        side.values[:] = 1.0
        for wish in side.wishes:
            wish.factors, factors = np.split(factors, [len(wish.factors)])
            inside = slice(None) if wish.inside is None else wish.inside
            side.values[inside] *= wish.factors[wish.codes]


@dataclass
class Progress:
    """How the rounds get on, and their shortening where they are slow."""

    miss: float = np.inf
    best: float = np.inf
    since: int = 0
    walks: bool = False  # the last rounds were alike and did not help: each went one short step
    mixing: Mixing = field(default_factory=Mixing)

    def goes_on(self, goal: float) -> bool:
        """Whether another round makes sense."""
        return self.miss > goal and self.since < PATIENCE

    def mark(self, miss: float, before: Reals, sides: Sequence[Factors]) -> None:
        """One round is done that began with the factors ``before``."""
        alike = abs(miss - self.miss) < ALIKE * miss
        self.miss = miss
        self.since += 1
        self.walks = alike and self.since > 1
        if miss < 0.98 * self.best:
            self.best, self.since = miss, 0
        onward = self.mixing.onward(before, logarithms(sides), miss)
        if onward is not None:
            restore(sides, onward)

    def end(self, sides: Sequence[Factors]) -> None:
        """Go back to the best round; margins that clash drive the factors out of all bounds."""
        if not self.miss <= self.mixing.best and self.mixing.known is not None:
            restore(sides, self.mixing.known)
            self.miss = self.mixing.best


def row_sums(seed: Reals, layout: Layout, factors: Reals) -> Reals:
    """The sum of each row, its cells multiplied by the factors of their columns."""
    sums = np.empty(layout.rows.size)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        kernels.row_sums(seed, layout.starts, layout.columns.codes, factors, sums)
        return sums
    for window in layout.windows:
        scaled = factors[window.columns]
        scaled *= seed[window.cells]
        sums[window.rows] = real_sums(window.lines, scaled, len(window.sizes))
    return sums


def column_sums(
    seed: Reals, layout: Layout, factors: Reals, *, moving: Bytes | None = None
) -> Reals:
    """The sum of each column, its cells multiplied by the factors of their rows.

    Only the cells marked with 1 in ``moving`` count, if it is given.
    """
    sums = np.zeros(layout.columns.size)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        table = seed, layout.starts, layout.edges, layout.columns.codes
        if moving is None:
            kernels.column_sums(table, factors, sums)
        else:
            kernels.free_column_sums(table, moving, factors, sums)
        return sums
    for window in layout.windows:
        scaled = np.repeat(factors[window.rows], window.sizes)
        scaled *= seed[window.cells]
        if moving is not None:
            scaled *= moving[window.cells]
        sums += real_sums(window.columns, scaled, len(sums))
    return sums


def product(seed: Reals, layout: Layout, rows: Reals, columns: Reals) -> Reals:
    """Each cell multiplied by the factors of its row and of its column; 0 where undefined."""
    cells = np.empty_like(seed)
    kernels = fast.kernels_for(len(seed))
    if kernels is not None:
        codes = layout.columns.codes
        kernels.product(seed, layout.starts, codes, (rows, columns), cells)
    else:
        for window in layout.windows:
            scaled = np.repeat(rows[window.rows], window.sizes)
            scaled *= columns[window.columns]
            np.multiply(scaled, seed[window.cells], out=cells[window.cells])
    return cells if np.isfinite(cells.sum()) else np.nan_to_num(cells)


def largest(margins: Sequence[Margin]) -> float:
    """The largest end of any margin that has one."""
    ends = [
        np.where(np.abs(end) >= UNBOUNDED, 0, np.abs(end)).max(initial=0)
        for margin in margins
        for end in (margin.low, margin.high)
    ]
    return float(max(ends, default=0))


def goal(scale: float) -> float:
    """How small a miss ends the rounds."""
    return max(min(RELATIVE * scale, UNITS), DOUBLES * scale)


def close(scale: float) -> float:
    """How small a miss counts as none."""
    return max(1e-9 * scale, UNITS)
