"""Roll-up of one slab of a cube of nodes, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.numeric.fast.jit import jit

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Ints, Mask


@jit
def roll_row(own: Ints, first: Ints, past: Ints, row: Ints) -> None:
    """One row of leaves as nodes."""
    for node in range(first.size):
        total = 0
        for leaf in range(first[node], past[node]):
            total += own[leaf]
        row[node] = total


@jit
def roll_rows(leaves: Ints, rows: Ints, first: Ints, past: Ints, cube: Ints) -> None:
    """Write row after row of leaves as the nodes of the last axis, each the sum of its leaves.

    Node n owns the leaves [first[n], past[n]) of a row; a row of ``cube`` begins at each of
    ``rows``. Summing leaves anew at each level beats a chain of additions into one cell.
    """
    width = past.max()
    for row in range(rows.size):
        own = leaves[row * width : (row + 1) * width]
        roll_row(own, first, past, cube[rows[row] : rows[row] + first.size])


@jit
def roll_nodes(slab: Ints, parents: Ints, newest: Mask, inner: int) -> None:
    """Sum each node of one row into its parent, last node first."""
    for node in range(parents.size - 1, 0, -1):
        if parents[node] < 0:
            continue
        source = slab[node * inner : (node + 1) * inner]
        target = slab[parents[node] * inner : (parents[node] + 1) * inner]
        for i in range(inner):
            target[i] = source[i] + (0 if newest[node] else target[i])


@jit
def roll_axis(cube: Ints, rows: Ints, parents: Ints, newest: Mask, inner: int) -> None:
    """Sum each node of one axis into its parent in every row.

    A row holds ``parents.size`` nodes of ``inner`` cells. Parents stand before their children; -1
    is no parent. The ``newest`` child is copied, so that what a parent held does not matter.
    """
    for begin in rows:
        roll_nodes(cube[begin : begin + parents.size * inner], parents, newest, inner)
