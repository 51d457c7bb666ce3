"""Small programs in whole numbers: cells within bounds whose sums lie in ranges, solved exactly.

HiGHS computes in doubles and allows a miss of 1e-6. So it is only ever asked about differences
from a whole start: a real solution of the large numbers becomes the start, and what is left over,
a small number, is computed in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.margins import UNBOUNDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

SMALL = 1 << 16  # misses up to it are left to the search in whole numbers
ROUNDING = 1e-9  # sums of doubles are trusted no further
SAME = 1e-6  # of a unit
WIDE = 1 << 20  # how far from its start the last search looks
REFINEMENTS = 6
UNSTOPPED = 1e9
INFEASIBLE = 2


@dataclass(frozen=True)
class Program:
    """Cells in ``[least, most]`` whose sums ``rows @ cells`` lie in ``[low, high]``, ends included.

    ``rows`` is a sparse matrix of int64, one row a wish. ``UNBOUNDED`` leaves an end open.
    """

    rows: csr_array
    low: Ints
    high: Ints
    least: Ints
    most: Ints

    def only(self, kept: Iterable[int]) -> Program:
        """The same cells under some of the wishes."""
        chosen = sorted(kept)
        return Program(
            self.rows[chosen], self.low[chosen], self.high[chosen], self.least, self.most
        )

    def within(self, least: Ints, most: Ints) -> Program:
        """The same wishes over tighter cells."""
        return Program(
            self.rows,
            self.low,
            self.high,
            np.maximum(least, self.least),
            np.minimum(most, self.most),
        )

    def since(self, start: Ints) -> Program:
        """The same program over the differences from ``start``."""
        used = self.rows @ start
        return Program(
            self.rows,
            _left(self.low, used),
            _left(self.high, used),
            _left(self.least, start),
            _left(self.most, start),
        )

    def nearby(self, reach: int) -> Program:
        """The same wishes over cells in ``[-reach, reach]``, so that doubles tell units apart."""
        far = np.full_like(self.least, reach)
        return self.within(-far, far)

    @property
    def is_hopeless(self) -> bool:
        """Whether some wish asks for more than its own cells can hold, or less than they must."""
        rows = self.rows.astype(np.float64)
        under, above = rows @ doubles(self.least), rows @ doubles(self.most)
        low = doubles(self.low) - ROUNDING * (np.abs(above) + SMALL)
        high = doubles(self.high) + ROUNDING * (np.abs(under) + SMALL)
        return bool(((low > above) | (high < under)).any())

    def allows(self, cells: Ints) -> bool:
        """Whether the cells keep their bounds and meet all wishes."""
        kept = (self.least <= cells) & (cells <= self.most)
        return bool(kept.all()) and self.miss(cells) == 0

    def miss(self, cells: Ints) -> int:
        """By how much the worst wish is missed."""
        sums = self.rows @ cells
        return int(np.maximum(self.low - sums, sums - self.high).max(initial=0))


def doubles(ends: Ints) -> Reals:
    """Ends as doubles, an open one infinite."""
    real = ends.astype(np.float64)
    real[ends >= UNBOUNDED] = np.inf
    real[ends <= -UNBOUNDED] = -np.inf
    return real


def _left(ends: Ints, used: Ints) -> Ints:
    return np.where(np.abs(ends) >= UNBOUNDED, ends, ends - used)


@dataclass(frozen=True)
class Answer:
    """Whole cells, or None; ``proven`` is False where the time ran out before it was known."""

    cells: Ints | None
    proven: bool = True


def start(program: Program, guess: Ints | None = None) -> Ints | None:
    """Whole cells within their bounds that miss the wishes by little.

    None where no real cells meet the wishes.
    """
    guess = np.zeros(len(program.least), dtype=np.int64) if guess is None else guess
    cells = np.clip(guess, program.least, program.most)
    if (program.least > program.most).any():
        return None
    for _ in range(REFINEMENTS):
        if program.miss(cells) <= SMALL:
            break
        moved = _real(program.since(cells))
        if moved is None:
            return None
        cells = np.clip(cells + np.rint(moved).astype(np.int64), program.least, program.most)
    return cells


def has_real(program: Program) -> bool:
    """Whether real cells meet all wishes."""
    if program.is_hopeless:
        return False
    cells = start(program)
    return cells is not None and _real(program.since(cells)) is not None


def has_whole(program: Program) -> bool:
    """Whether whole cells meet all wishes; True where that could not be decided."""
    answer = whole_cells(program)
    return answer.cells is not None or not answer.proven


def whole_cells(program: Program, *, seconds: float = UNSTOPPED) -> Answer:
    """Any whole cells that meet all wishes."""
    cells = None if program.is_hopeless else start(program)
    if cells is None:
        return Answer(None)
    return _shifted(program, cells, WIDE, np.zeros(2 * len(cells)), seconds)


def nearest_whole(program: Program, wish: Reals, *, seconds: float = UNSTOPPED) -> Answer:
    """Whole cells that meet all wishes and are nearest to ``wish`` by the sum of differences.

    The floors and ceilings of the wish are tried first, then a unit more, then all.
    """
    floor = np.floor(wish + SAME).astype(np.int64)
    ceiling = np.ceil(wish - SAME).astype(np.int64)
    nearest = np.rint(wish).astype(np.int64)
    if program.allows(nearest) and (np.abs(nearest - wish) < 0.5 - SAME).all():
        return Answer(nearest)
    for around in (0, 1):
        near = program.within(floor - around, ceiling + around)
        if (near.least > near.most).any() or near.miss(np.clip(nearest, 0, None)) > SMALL:
            continue
        found = _nearest(near, nearest, wish, seconds)
        if found.cells is not None:
            return found
    begin = start(program, nearest)
    return Answer(None) if begin is None else _nearest(program, begin, wish, seconds)


def least_sum(program: Program, counted: NDArray[np.bool_]) -> int | None:
    """The least that the counted cells must add up to, rounded up; None where nothing meets all."""
    cells = start(program)
    if cells is None:
        return None
    scale = float(max(program.miss(np.zeros_like(cells)), 1))
    while True:
        near = program.since(cells).nearby(int(min(scale * WIDE, float(UNBOUNDED))))
        found, _ = _solved(near, counted.astype(np.float64), scale=scale)
        if found is None:
            return None
        if scale <= 1.0:
            least = float(found[counted].sum()) - 1e-6
            return int(cells[counted].sum()) + int(np.ceil(least))
        cells = np.clip(cells + np.rint(found).astype(np.int64), program.least, program.most)
        scale = max(scale * 1e-6, 1.0)


def _nearest(program: Program, begin: Ints, wish: Reals, seconds: float) -> Answer:
    begin = np.clip(begin, program.least, program.most)
    away = np.clip(begin - wish, -0.5, 0.5)
    return _shifted(program, begin, WIDE, np.concatenate([1 + 2 * away, 1 - 2 * away]), seconds)


def _shifted(program: Program, begin: Ints, reach: int, cost: Reals, seconds: float) -> Answer:
    """Whole cells at most ``reach`` from ``begin``; ``cost`` of a unit more, and of one less."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - heavy

    left = program.since(begin)
    both = Program(
        csr_array(hstack([program.rows, -program.rows])),
        left.low,
        left.high,
        np.zeros(2 * len(begin), dtype=np.int64),
        np.clip(np.concatenate([left.most, -left.least]), 0, reach),
    )
    found, status = _solved(both, cost, whole=True, seconds=seconds)
    if found is None:
        return Answer(None, proven=status == INFEASIBLE)
    up, down = np.split(np.rint(found).astype(np.int64), 2)
    cells = begin + up - down
    return Answer(cells) if program.miss(cells) == 0 else Answer(None, proven=False)


def _real(program: Program) -> Reals | None:
    """Real cells that meet all wishes as far as doubles can tell."""
    scale = float(max(program.miss(np.zeros(len(program.least), dtype=np.int64)), 1))
    found, _ = _solved(program, np.zeros(len(program.least)), scale=scale)
    return found


def _solved(
    program: Program,
    cost: Reals,
    *,
    whole: bool = False,
    scale: float = 1.0,
    seconds: float = UNSTOPPED,
) -> tuple[Reals | None, int]:
    """What HiGHS finds at the least cost, and its status; numbers are divided by ``scale``."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy

    low, high, least, most = (
        doubles(ends) / scale for ends in (program.low, program.high, program.least, program.most)
    )
    if (least > most).any():
        return None, INFEASIBLE
    if not program.rows.shape[0]:
        return np.clip(0.0, least, most) * scale, 0
    if not len(least):
        fits = ((low <= 0) & (high >= 0)).all()
        return (least, 0) if fits else (None, INFEASIBLE)
    done = milp(
        cost,
        integrality=np.full(len(cost), int(whole)),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(program.rows.astype(np.float64), low, high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return (None if done.x is None else done.x * scale), int(done.status)
