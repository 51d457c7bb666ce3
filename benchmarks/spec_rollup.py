"""Rolling 6 million leaves up to all 18 million nodes, and carrying one edit up."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import fresh, side_by_side, timed
from benchmarks.registry import Line, Spec
from quotaloom.core.numeric.rollup import Axis, add_to_ancestors, roll_up

if TYPE_CHECKING:
    from collections.abc import Iterable

FANS = ((4, 3, 2), (10, 5), (4, 4), (4, 6, 13))  # 144 combinations of levels
LEAF = (7, 30, 5, 200)


def axis(fan: tuple[int, ...]) -> Axis:
    """A tree with one top member, in preorder."""
    parents, leaves = [], []

    def grow(parent: int, depth: int) -> None:
        parents.append(parent)
        me = len(parents) - 1
        if depth == len(fan):
            leaves.append(me)
            return
        for _ in range(fan[depth]):
            grow(me, depth + 1)

    grow(-1, 0)
    return Axis(np.array(parents), np.array(leaves))


def seconds() -> float:
    """Median of the roll-up, for a process of its own."""
    axes = [axis(fan) for fan in FANS]
    leaves = np.ones([len(each.leaf_nodes) for each in axes], np.int64)
    cube = roll_up(leaves, axes)
    return median(timed(lambda: roll_up(leaves, axes, out=cube)) for _ in range(5))


def measure() -> Iterable[Line]:
    """All lines of rolling up."""
    axes = [axis(fan) for fan in FANS]
    shape = [len(each.leaf_nodes) for each in axes]
    leaves = np.random.default_rng(3).integers(0, 10**9, shape)
    cube = roll_up(leaves, axes)
    copy = cube.copy()
    rolled, copied = side_by_side(
        lambda: roll_up(leaves, axes, out=cube), lambda: np.copyto(copy, cube), repeats=9
    )
    task = f"roll-up of {leaves.size / 1e6:.1f}M leaves to {cube.size / 1e6:.1f}M nodes"
    yield Line(task, rolled, 15, "copy of the output", copied, 8)
    slow, peak = fresh("benchmarks.spec_rollup", "seconds", numpy_only=True)
    yield Line("NumPy path, roll-up", slow, 4, "compiled", rolled, note=f"peak {peak} MiB")
    (edit,) = side_by_side(lambda: add_to_ancestors(cube, axes, LEAF, 1), repeats=1001)
    yield Line("one edited cell to all its ancestors", edit, 50e-6, stretch=15e-6)


SPEC = Spec("rollup", measure)
