"""Why wishes cannot be met: a smallest set of them that cannot stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.numeric.program import has_real, has_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotaloom.core.numeric.program import Program


def irreducible(program: Program, *, whole: bool = True) -> list[int]:
    """Wishes that cannot be met together, though all but any one of them can.

    Numbers of rows, rising. The program itself must be infeasible, in whole numbers or, unless
    ``whole``, in real ones.
    """
    meets = has_whole if whole else has_real
    return shrunk(range(program.rows.shape[0]), lambda rows: meets(program.only(rows)))


def shrunk(rows: Sequence[int], meets: Callable[[list[int]], bool]) -> list[int]:
    """The same for any test: leave out halves, then quarters … as long as the rest fails."""
    kept = list(rows)
    step = max(1, len(kept) // 2)
    while step >= 1:
        kept = _thinned(kept, step, meets)
        step //= 2
    return kept


def _thinned(kept: list[int], step: int, meets: Callable[[list[int]], bool]) -> list[int]:
    """Leave out ``step`` neighbours at a time wherever the rest still fails."""
    start = 0
    while start < len(kept):
        fewer = kept[:start] + kept[start + step :]
        if meets(fewer):
            start += step
        else:
            kept = fewer
    return kept
