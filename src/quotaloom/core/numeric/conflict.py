"""Whether wishes can be met in whole units, and if not, a smallest set of them that cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

UNSTOPPED = 10.0**9
WIDEST = 2.0**52


@dataclass(frozen=True)
class Program:
    """Cells in ``[least, most]`` whose weighted sums ``rows @ cells`` lie in ``[low, high]``.

    ``rows`` is sparse, one row a wish. All four ranges include their ends.
    """

    rows: csr_array
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]

    def only(self, kept: Iterable[int]) -> Program:
        """The same cells under some of the wishes."""
        chosen = sorted(kept)
        return Program(
            self.rows[chosen], self.low[chosen], self.high[chosen], self.least, self.most
        )


@dataclass(frozen=True)
class Answer:
    """A solution, or None; ``proven`` is False where the time ran out before either was known."""

    cells: NDArray[np.float64] | None
    proven: bool


def solve(
    program: Program,
    *,
    cost: NDArray[np.float64] | None = None,
    whole: bool = True,
    seconds: float = UNSTOPPED,
) -> Answer:
    """Cells that meet every wish at the least ``cost``, found by HiGHS."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy

    count = program.rows.shape[1]
    least, most = np.maximum(program.least, -WIDEST), np.minimum(program.most, WIDEST)
    if (least > most).any():
        return Answer(None, proven=True)
    if program.rows.shape[0] == 0:
        return Answer(np.clip(np.zeros(count), least, most), proven=True)
    done = milp(
        np.zeros(count) if cost is None else cost,
        integrality=np.full(count, int(whole)),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(program.rows, program.low, program.high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0 if cost is not None else 0.01},
    )
    if done.x is None:
        return Answer(None, proven=done.status == 2)
    return Answer(np.rint(done.x) if whole else done.x, proven=True)


def irreducible(program: Program, *, whole: bool = True) -> list[int]:
    """Wishes that cannot be met together, though all but any one of them can.

    Order of the answer: that of the rows. The program itself must be infeasible.
    """
    kept = list(range(program.rows.shape[0]))
    step = max(1, len(kept) // 2)
    while step >= 1:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + step :]
            if _meets(program.only(fewer), whole=whole):
                start += step
            else:
                kept = fewer
        step //= 2
    return kept


def _meets(program: Program, *, whole: bool) -> bool:
    return solve(program, whole=whole).cells is not None
