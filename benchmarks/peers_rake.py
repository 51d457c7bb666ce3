"""Plain iterative proportional fitting in NumPy, as an analyst would write it: nothing rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]

ROUNDS, NEAR = 500, 1e-3  # units by which a sum may be missed: our fit ends there, too


def change(sums: Reals, wish: Ints) -> Reals:
    """What each group is multiplied by."""
    return np.divide(wish, sums, out=np.ones_like(sums), where=sums > 0)


def listed(seed: Reals, codes: Sequence[Codes], wishes: Sequence[Ints]) -> Reals:
    """Cells as a list with their codes; those of seed 0 are left out first."""
    live = np.flatnonzero(seed)
    cells, own = seed[live], [code[live].astype(np.intp) for code in codes]
    for _ in range(ROUNDS):
        worst = 0.0
        for code, wish in zip(own, wishes, strict=True):
            sums = np.bincount(code, cells, len(wish))
            worst = max(worst, float(np.abs(sums - wish).max()))
            cells *= change(sums, wish)[code]
        if worst <= NEAR:
            break
    fitted = np.zeros_like(seed)
    fitted[live] = cells
    return fitted


def boxed(seed: Reals, sizes: Sequence[int], wishes: Sequence[Ints]) -> Reals:
    """Cells as a box with an axis for each margin; einsum sums it twice as fast as ``sum``."""
    cells, axes = seed.reshape(sizes).copy(), list(range(len(sizes)))
    for _ in range(ROUNDS):
        worst = 0.0
        for axis, wish in enumerate(wishes):
            sums = np.einsum(cells, axes, [axis])
            worst = max(worst, float(np.abs(sums - wish).max()))
            along = [-1 if other == axis else 1 for other in axes]
            cells *= change(sums, wish).reshape(along)
        if worst <= NEAR:
            break
    return cells.reshape(-1)


def fits(
    seed: Reals, sizes: Sequence[int], codes: Sequence[Codes], wishes: Sequence[Ints]
) -> list[Callable[[], Reals]]:
    """The ways to fit these cells: as a box where every combination is there, as a list always."""
    ways: list[Callable[[], Reals]] = [lambda: listed(seed, codes, wishes)]
    if len(seed) == np.prod(sizes):
        ways.append(lambda: boxed(seed, sizes, wishes))
    return ways
