"""Whether real cells meet all wishes, and if not which ones clash, for a great many cells.

Of a million cells a few thousand decide. The program is solved over some cells; the prices of its
wishes then tell which other cells would help, and those join. When none would, the answer holds
for all cells, and only wishes with a price can be part of the conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.conflict import irreducible, shrunk
from quotaloom.core.numeric.program import doubles, has_real

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.numeric.program import Program

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

FEW = 5_000  # up to so many cells the program is solved as a whole
FIRST, MORE = 3, 2_000
TOLERANCE = 1e-7
MISSED = 1e-3  # units


@dataclass
class Pool:
    """The cells of a program that have been let in so far."""

    program: Program
    chosen: Ints = field(init=False)

    def __post_init__(self) -> None:
        rows = self.program.rows
        some = [
            rows.indices[rows.indptr[r] : rows.indptr[r + 1]][:: self._stride(r)]
            for r in range(rows.shape[0])
        ]
        self.chosen = np.unique(np.concatenate([*some, np.zeros(0, dtype=np.int64)]))

    def _stride(self, row: int) -> int:
        length = self.program.rows.indptr[row + 1] - self.program.rows.indptr[row]
        return max(1, int(length) // FIRST)

    def clash(self, kept: list[int]) -> list[int]:
        """Of some wishes those that have a price: none where real cells meet them all."""
        program = self.program.only(kept)
        across = program.rows.T.tocsr()
        room = (program.most > program.least).astype(np.bool_)
        while True:
            worth, prices = _priced(program, self.chosen)
            if worth <= MISSED:
                return []
            helps = (across @ prices) * room
            helps[self.chosen] = 0
            wanted = np.flatnonzero(helps > TOLERANCE)
            if not len(wanted):
                return [kept[row] for row in np.flatnonzero(np.abs(prices) > TOLERANCE)]
            best = wanted[np.argsort(-helps[wanted], kind="stable")[:MORE]]
            self.chosen = np.unique(np.concatenate([self.chosen, best]))


def real_conflict(program: Program) -> list[int]:
    """An irreducible set of wishes that no real cells meet; empty where some do."""
    everything = list(range(program.rows.shape[0]))
    if len(program.least) <= FEW:
        return [] if has_real(program) else irreducible(program, whole=False)
    pool = Pool(program)
    clashing = pool.clash(everything)
    while clashing:
        fewer = pool.clash(clashing)
        if len(fewer) == len(clashing) or not fewer:
            return shrunk(clashing, lambda rows: not pool.clash(rows))
        clashing = fewer
    return []


def _priced(program: Program, chosen: Ints) -> tuple[float, Reals]:
    """How far the chosen cells miss the wishes, and what a unit of each wish would save."""
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy
    from scipy.sparse import csr_array, hstack, identity  # noqa: PLC0415 - heavy

    low, high, most, scale = _scaled(program)
    below = np.isinf(low)  # such a wish is measured from its upper end
    base = np.where(below, high, low)
    width = np.where(below, np.inf, high - base)
    one = identity(len(base), format="csr")
    slack = one.multiply(np.where(below, 1.0, -1.0)[:, None])
    matrix = csr_array(hstack([program.rows[:, chosen], one, -one, slack]))
    cost = np.repeat([0.0, 1.0, 0.0], [len(chosen), 2 * len(base), len(base)])
    ends = np.concatenate([most[chosen], np.full(2 * len(base), np.inf), width])
    done = linprog(
        cost,
        A_eq=matrix,
        b_eq=base,
        bounds=np.stack([np.zeros_like(ends), ends], axis=1),
        method="highs",
    )
    return float(done.fun) * scale, np.asarray(done.eqlin.marginals)


def _scaled(program: Program) -> tuple[Reals, Reals, Reals, float]:
    """The ends of the wishes above what the cells hold at least, the cells' room, the unit."""
    used = program.rows @ program.least
    low, high = doubles(program.low) - used, doubles(program.high) - used
    finite = np.concatenate([low, high])
    scale = float(np.abs(finite[np.isfinite(finite)]).max(initial=1.0))
    room = doubles(program.most) - program.least
    return low / scale, high / scale, room / scale, scale
