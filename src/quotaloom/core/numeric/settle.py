"""Which margins say something of their own, and one whole sum for every group of them.

A range leaves open what a group adds up to, and a margin over some of the cells what the rest
does. Before cells are rounded both get a whole sum near their real one, coarse groups first and
finer ones inside them, so that nested margins agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric import fast
from quotaloom.core.numeric.margins import UNBOUNDED, Margin, real_sums
from quotaloom.core.numeric.rounding import Axis, Near, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.layout import Layout

    Ints = NDArray[np.int64]

SEED_GRID = 2**30
GLANCE = 16  # entries of a sample between two that are looked at first


def essential(margins: Sequence[Margin], seed: NDArray[np.float64]) -> list[Margin]:
    """The margins that no other one implies, in an order of their own: few groups first.

    Margins alike in all that they ask are told apart by the ``seed`` in their groups.
    """

    def key(margin: Margin) -> tuple[int, bytes, bytes, bytes]:
        ends = margin.low.tobytes(), margin.high.tobytes()
        return margin.size, *ends, margin.sums(whole).tobytes() if ends in twice else b""

    asked = [(margin.low.tobytes(), margin.high.tobytes()) for margin in margins]
    twice = {ends for ends in asked if asked.count(ends) > 1}
    whole = _on_grid(seed) if twice else np.zeros(0, dtype=np.int64)
    ordered = sorted(margins, key=key)
    kept = list(range(len(ordered)))
    for number, margin in enumerate(ordered):
        others = [other for other in kept if other != number]
        if any(implies(ordered[other], margin) for other in others):
            kept = others
    return [ordered[number] for number in kept]


def _on_grid(seed: NDArray[np.float64]) -> Ints:
    largest = max(float(seed.max(initial=0.0)), 1e-300)
    return np.rint(seed / largest * SEED_GRID).astype(np.int64)


def implies(finer: Margin, coarser: Margin) -> bool:
    """Whether the finer margin's wishes cannot be met without meeting the coarser one's."""
    if not (finer.is_exact and finer.is_full and coarser.is_full):
        return False
    for step in (GLANCE, 1):
        if parents(finer.sample[::step], coarser.sample[::step], finer.size) is None:
            return False
    over = parents(finer.codes, coarser.codes, finer.size)
    if over is None:
        return False
    seen = over >= 0
    sums = np.zeros(coarser.size, dtype=np.int64)
    np.add.at(sums, over[seen], finer.low[seen])
    fits = (coarser.low <= sums) & (sums <= coarser.high)
    return bool(fits.all() and not finer.low[~seen].any())


def parents(
    finer: NDArray[np.int32], coarser: NDArray[np.int32], size: int
) -> NDArray[np.int32] | None:
    """The coarser group around each finer one (-1 where it has no cell); None if it has two."""
    over = np.full(size, -1, dtype=np.int32)
    kernels = fast.kernels_for(len(finer))
    if kernels is not None:
        return over if kernels.nests(finer, coarser, over) else None
    over[finer] = coarser
    return over if np.array_equal(over[finer], coarser) else None


def settled(real: NDArray[np.float64], layout: Layout, margins: Sequence[Margin]) -> list[Axis]:
    """Each margin as an axis of all cells with one whole sum a group, near its real sum.

    ``margins`` come coarse ones first; ``real`` is laid out and meets them.
    """
    given = {n: Axis(m.codes, m.low) for n, m in enumerate(margins) if m.is_exact and m.is_full}
    sums = [int(axis.targets.sum()) for axis in given.values()]
    total = np.array([sums[0] if sums else round(float(real.sum()))])
    around = [Axis(np.zeros(len(real), dtype=np.int32), total), *given.values()]
    for number, margin in enumerate(margins):
        if number not in given:
            given[number] = _settled(layout.given(real), margin, around)
            around.append(given[number])
    return [given[number] for number in range(len(margins))]


def _settled(real: NDArray[np.float64], margin: Margin, around: Sequence[Axis]) -> Axis:
    """Whole sums that fit into the finest of the settled axes around."""
    codes = np.where(margin.codes < 0, margin.size, margin.codes).astype(np.int32)
    low, high = np.append(np.maximum(margin.low, 0), 0), np.append(margin.high, UNBOUNDED)
    sums = real_sums(codes, real, margin.size + 1)
    inside, targets = np.zeros(margin.size + 1, dtype=np.int32), np.zeros(1, dtype=np.int64)
    for axis in around:
        over = parents(codes, axis.codes, margin.size + 1)
        if over is not None and len(axis.targets) >= len(targets):
            inside, targets = np.maximum(over, 0), axis.targets
    near = Near(np.clip(sums, low, high), low, high)
    return Axis(codes, rounded(near, [Axis(inside, targets)])[0])
