"""Fit real cells to margins by iterative proportional fitting.

Each step multiplies the cells of a group so that the group meets its margin. An inequality keeps
the product of its own corrections and never pushes past 1 (the Kullback-Leibler projection of
Bregman). What the steps multiply are not the cells but the rows and the columns of a table of
them, so a round costs two sums over the cells however many margins there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.layout import lay_out
from quotaloom.core.numeric.margins import UNBOUNDED, real_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.layout import Layout, Side, Window
    from quotaloom.core.numeric.margins import Margin

    Reals = NDArray[np.float64]

TINY = 1e-200  # a factor of 0 could never be taken back
MOST_ROUNDS = 500
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

    def step(self, base: Reals, fixed: Reals | None = None) -> float:
        """Multiply ``base`` in place so that it meets the margin; how far it missed before.

        ``fixed`` counts towards each group's sum and is not moved.
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
        if self.inside is None:
            base *= change[self.codes]
        else:
            base[self.inside] *= change[self.codes]
        return float(miss)


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
        miss = max((wish.step(base, fixed) for wish in self.wishes), default=0.0)
        np.divide(base, sums, out=self.values, where=sums > 0)
        return miss


def fit(
    seed: Reals,
    margins: Sequence[Margin],
    *,
    low: Reals | None = None,
    high: Reals | None = None,
) -> Fit:
    """The cells nearest to ``seed`` in relative entropy that meet every margin.

    ``seed`` is >= 0; a zero stays zero unless ``low`` lifts it. Every cell ends within ``low`` and
    ``high``. Margins that contradict each other show as not ``met``.
    """
    least = np.zeros_like(seed) if low is None else low.astype(np.float64)
    most = np.full_like(seed, np.inf) if high is None else high.astype(np.float64)
    start = np.where((seed <= 0) & (least > 0), TINY, seed)
    if not margins or not len(seed):
        return Fit(np.clip(start, least, most), 0.0, met=True, rounds=0)
    layout = lay_out([margin.codes for margin in margins])
    free = low is None and high is None
    bounds = None if free else (layout.laid(least), layout.laid(most))
    done = fit_table(layout.laid(start.astype(np.float64)), layout, margins, bounds)
    return Fit(layout.given(done.cells), done.miss, done.met, done.rounds)


def fit_table(
    seed: Reals,
    layout: Layout,
    margins: Sequence[Margin],
    bounds: tuple[Reals, Reals] | None = None,
) -> Fit:
    """The same on cells that are laid out; the axes of the layout are the margins, in order."""
    from quotaloom.core.numeric.fit_bounds import fit_within  # noqa: PLC0415 - it builds on this

    scale = largest(margins)
    rows, columns = (Factors.of(side, margins) for side in (layout.rows, layout.columns))
    miss, rounds = _rounds(seed, layout, rows, columns, goal(scale))
    cells = product(seed, layout, rows.values, columns.values)
    if bounds is not None and ((cells < bounds[0]) | (cells > bounds[1])).any():
        return fit_within(seed, layout, margins, bounds)
    return Fit(cells, miss, miss <= close(scale), rounds)


def _rounds(
    seed: Reals, layout: Layout, rows: Factors, columns: Factors, goal: float
) -> tuple[float, int]:
    """Move rows and columns in turn until all margins are met or nothing gets better."""
    windows = list(layout.windows())
    best, since, rounds = np.inf, 0, 0
    while rounds < MOST_ROUNDS and since < PATIENCE and best > goal:
        rounds += 1
        miss = rows.move(row_sums(seed, windows, columns.values))
        if columns.wishes:
            miss = max(miss, columns.move(column_sums(seed, windows, rows.values, columns.values)))
        since = 0 if miss < 0.98 * best else since + 1
        best = min(best, miss)
    return best, rounds


def row_sums(seed: Reals, windows: Sequence[Window], factors: Reals) -> Reals:
    """The sum of each row, its cells multiplied by the factors of their columns."""
    sums = np.empty(windows[-1].rows.stop)
    for window in windows:
        scaled = factors[window.columns]
        scaled *= seed[window.cells]
        np.add.reduceat(scaled, window.starts, out=sums[window.rows])
    return sums


def column_sums(seed: Reals, windows: Sequence[Window], factors: Reals, like: Reals) -> Reals:
    """The sum of each column, its cells multiplied by the factors of their rows."""
    sums = np.zeros_like(like)
    for window in windows:
        scaled = np.repeat(factors[window.rows], window.sizes)
        scaled *= seed[window.cells]
        sums += real_sums(window.columns, scaled, len(sums))
    return sums


def product(seed: Reals, layout: Layout, rows: Reals, columns: Reals) -> Reals:
    """Each cell multiplied by the factors of its row and of its column."""
    cells = np.empty_like(seed)
    for window in layout.windows():
        scaled = np.repeat(rows[window.rows], window.sizes)
        scaled *= columns[window.columns]
        np.multiply(scaled, seed[window.cells], out=cells[window.cells])
    return cells


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
