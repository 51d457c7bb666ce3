"""Every total of a cube from its leaves: each axis in turn, each level from the finer one.

Roll-ups are int64, so they are exact and an edit can be carried up by adding its difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quotaloom.core.numeric import fast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.numeric.fast import Kernels
    from quotaloom.core.numeric.groups import Ints, Mask


class Tree(Protocol):
    """The nodes of one axis, each parent before its children; leaves in tree order."""

    @property
    def parents(self) -> NDArray[np.int32]:
        """The parent of each node, -1 where there is none."""

    @property
    def leaf_nodes(self) -> NDArray[np.int32]:
        """The node of each leaf."""


@dataclass(frozen=True)
class Axis:
    """One axis, ready to be rolled up again and again."""

    parents: Ints
    leaf_nodes: Ints

    @classmethod
    def of(cls, tree: Tree) -> Axis:
        """The axis of a hierarchy."""
        return cls(tree.parents.astype(np.int64), tree.leaf_nodes.astype(np.int64))

    @cached_property
    def newest(self) -> Mask:
        """The last child of each parent."""
        last = np.zeros(len(self.parents), np.bool_)
        below = np.flatnonzero(self.parents >= 0)
        _, places = np.unique(self.parents[below][::-1], return_index=True)
        last[below[::-1][places]] = True
        return last

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """The leaves [first, past) of each node."""
        first = np.full(len(self.parents), len(self.leaf_nodes))
        count = np.zeros(len(self.parents), np.int64)
        first[self.leaf_nodes] = np.arange(len(self.leaf_nodes))
        count[self.leaf_nodes] = 1
        for node in range(len(self.parents) - 1, 0, -1):
            parent = self.parents[node]
            if parent >= 0:
                first[parent] = min(first[parent], first[node])
                count[parent] += count[node]
        return first, first + count

    @cached_property
    def ancestors(self) -> tuple[Ints, ...]:
        """The node of each leaf and all that stand above it."""
        chains: list[Ints] = []
        for node in range(len(self.parents)):
            parent = self.parents[node]
            above = chains[parent] if parent >= 0 else np.empty(0, np.int64)
            chains.append(np.append(above, node))
        return tuple(chains[node] for node in self.leaf_nodes)


def roll_up(leaves: Ints, axes: Sequence[Axis], *, out: Ints | None = None) -> Ints:
    """The total at every combination of nodes.

    ``leaves`` has one axis an ``Axis``, of its leaves; the answer has the same, of its nodes, and
    is written into ``out`` where that is given (C order). ValueError where shapes do not meet.
    """
    shape = tuple(len(axis.parents) for axis in axes)
    wanted = tuple(len(axis.leaf_nodes) for axis in axes)
    cube = np.empty(shape, np.int64) if out is None else out
    if leaves.shape != wanted or cube.shape != shape:
        raise ValueError(f"leaves are {leaves.shape}, not {wanted}; out {cube.shape}, not {shape}")
    kernels = fast.kernels_for(cube.size)
    if kernels is not None and len(axes) > 1 and cube.flags.c_contiguous:
        _roll_compiled(kernels, np.ascontiguousarray(leaves), axes, cube.reshape(-1))
    else:
        _roll_numpy(leaves, axes, cube)
    return cube


def _roll_numpy(leaves: Ints, axes: Sequence[Axis], cube: Ints) -> None:
    """The last axis first, so that most of the work is done while the array is small."""
    part = leaves
    for place in range(len(axes) - 1, -1, -1):
        shape = (*part.shape[:place], len(axes[place].parents), *part.shape[place + 1 :])
        grown = cube if place == 0 else np.empty(shape, np.int64)
        inner = prod(shape[place + 1 :])
        _roll_one(
            part.reshape(-1, part.shape[place], inner),
            axes[place],
            grown.reshape(-1, shape[place], inner),
        )
        part = grown


def _roll_one(part: Ints, axis: Axis, grown: Ints) -> None:
    """One axis, the middle one of three."""
    if part.shape[2] == 1:
        first, past = axis.spans
        running = np.zeros((len(part), part.shape[1] + 1), np.int64)
        np.cumsum(part[:, :, 0], axis=1, out=running[:, 1:])
        np.subtract(running[:, past], running[:, first], out=grown[:, :, 0])
        return
    grown[:, axis.leaf_nodes] = part
    for node in range(len(axis.parents) - 1, 0, -1):
        parent = axis.parents[node]
        if parent >= 0 and axis.newest[node]:
            grown[:, parent] = grown[:, node]
        elif parent >= 0:
            grown[:, parent] += grown[:, node]


def _roll_compiled(kernels: Kernels, leaves: Ints, axes: Sequence[Axis], cube: Ints) -> None:
    """Slab by slab of the first axis, each within the processor's cache; that axis last."""
    sizes = [len(axis.parents) for axis in axes]
    steps = [prod(sizes[place + 1 :]) for place in range(len(axes))]
    rows = [np.zeros(1, np.int64)]
    for axis, step in zip(axes[1:-1], steps[1:-1], strict=True):
        rows.append((rows[-1][:, None] + axis.leaf_nodes * step).reshape(-1))
    for slab, node in zip(leaves, axes[0].leaf_nodes, strict=True):
        own = cube[node * steps[0] : (node + 1) * steps[0]]
        kernels.roll_rows(slab.reshape(-1), rows[-1], *axes[-1].spans, own)
        for place in range(len(axes) - 2, 0, -1):
            axis = axes[place]
            kernels.roll_axis(own, rows[place - 1], axis.parents, axis.newest, steps[place])
    top = axes[0]
    kernels.roll_axis(cube, rows[0], top.parents, top.newest, steps[0])


def add_to_ancestors(
    cube: Ints, axes: Sequence[Axis], leaf: Sequence[int], difference: int
) -> None:
    """Carry the edit of one leaf, given by its place on each axis, to every total above it."""
    chains = (axis.ancestors[place] for axis, place in zip(axes, leaf, strict=True))
    cube[np.ix_(*chains)] += difference
