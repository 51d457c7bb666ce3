"""Whether real cells meet all wishes, for a great many cells.

Of a million cells a few thousand decide. The program is solved over some cells; the prices of its
wishes then tell which other cells would help, and those join. When none would, the answer holds
for all cells, and only wishes with a price can be part of the conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.program import doubles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotaloom.core.numeric.program import Program

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

FIRST = 3  # cells of each wish to begin with
MORE = 4  # cells a wish that join at once
TOLERANCE = 1e-7
MISSED = 1e-3  # units


def priced_rows(program: Program) -> list[int]:
    """Wishes that no real cells meet together; none where some do. Not always the fewest."""
    across = program.rows.T.tocsr()
    room = program.most > program.least
    chosen = _first(program)
    most = MORE * program.rows.shape[0]
    while True:
        worth, prices, used = _priced(program, chosen)
        if worth <= MISSED:
            return []
        helps = np.where(room, across @ prices, 0.0)
        helps[chosen] = 0.0
        wanted = np.flatnonzero(helps > TOLERANCE)
        if not len(wanted):
            return np.flatnonzero(np.abs(prices) > TOLERANCE).tolist()
        if len(wanted) > most:
            wanted = wanted[np.argpartition(-helps[wanted], most)[:most]]
        chosen = np.union1d(chosen[used > 0], wanted)


def _first(program: Program) -> Ints:
    rows = program.rows
    ends = zip(rows.indptr[:-1].tolist(), rows.indptr[1:].tolist(), strict=True)
    some = [rows.indices[a : b : max(1, (b - a) // FIRST)] for a, b in ends]
    return np.unique(np.concatenate([*some, [0]])).astype(np.int64)


def _priced(program: Program, chosen: Ints) -> tuple[float, Reals, Reals]:
    """How far the chosen cells miss the wishes, what a unit of each wish would save, the cells."""
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
    return float(done.fun) * scale, np.asarray(done.eqlin.marginals), done.x[: len(chosen)]


def _scaled(program: Program) -> tuple[Reals, Reals, Reals, float]:
    """The ends of the wishes above what the cells hold at least, the cells' room, the unit."""
    used = program.rows @ program.least
    low, high = doubles(program.low) - used, doubles(program.high) - used
    finite = np.concatenate([low, high])
    scale = float(np.abs(finite[np.isfinite(finite)]).max(initial=1.0))
    room = doubles(program.most) - program.least
    return low / scale, high / scale, room / scale, scale
