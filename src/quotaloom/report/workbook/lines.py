"""The lines of a tree on a sheet, and the formulas that add up the ones below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.report.cube import Cube, Ints, Tree

HERE: Final = "\ue000"  # stands for the letters of the column in which a formula is written
FEW: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the total (depth 0), a node of the tree, or a combination below a node.

    ``combo`` is the combination whose cells stand here, -1 on a line that adds up others.
    """

    label: str
    depth: int
    node: int = -1
    combo: int = -1


def breakdown_lines(cube: Cube, total: str) -> list[Line]:
    """The first tree with its combinations below its leaves, one line each, total first."""
    if not cube.trees:
        return [Line(total, 0, combo=0)]
    first = cube.trees[0]
    found = [Line(total, 0)]
    depths = first.hierarchy.depths.tolist()
    spans = np.searchsorted(first.leaf_of, np.arange(first.hierarchy.leaf_count + 1)).tolist()
    others = _other_labels(cube)
    leaf = -1
    for node, (label, depth) in enumerate(zip(first.labels, depths, strict=True)):
        if not first.hierarchy.is_leaf(node):
            found.append(Line(label, depth + 1, node))
            continue
        leaf += 1
        combos = range(spans[leaf], spans[leaf + 1])
        if len(combos) == 1 and len(cube.trees) == 1:
            found.append(Line(label, depth + 1, node, combos[0]))
            continue
        found.append(Line(label, depth + 1, node))
        found += [Line(others[combo] or label, depth + 2, node, combo) for combo in combos]
    return found


def _other_labels(cube: Cube) -> list[str]:
    """What tells the combinations of one leaf of the first tree apart."""
    parts = [
        [tree.labels[tree.hierarchy.leaf_nodes[leaf]] for leaf in tree.leaf_of.tolist()]
        for tree in cube.trees[1:]
    ]
    return [" · ".join(labels) for labels in zip(*parts, strict=True)] or [""] * len(cube)


def node_lines(tree: Tree, total: str, deepest: int) -> list[Line]:
    """The total and every node down to a depth (1: the top members)."""
    depths = tree.hierarchy.depths.tolist()
    labelled = enumerate(zip(tree.labels, depths, strict=True))
    return [
        Line(total, 0),
        *(Line(label, depth + 1, node) for node, (label, depth) in labelled if depth < deepest),
    ]


def line_values(lines: Sequence[Line], tree: Tree | None, values: Ints) -> Ints:
    """``values[combination, ...]`` summed to ``[line, ...]``."""
    found = np.zeros((len(lines), *values.shape[1:]), np.int64)
    nodes = np.array([line.node for line in lines])
    combos = np.array([line.combo for line in lines])
    if tree is not None:
        found[nodes >= 0] = tree.sums(values)[nodes[nodes >= 0]]
    found[combos >= 0] = values[combos[combos >= 0]]
    found[0] = values.sum(axis=0)
    return found


def children_of(lines: Sequence[Line]) -> list[list[int]]:
    """The places of the lines right below each line."""
    found: list[list[int]] = [[] for _ in lines]
    above: list[int] = []
    for place, line in enumerate(lines):
        while above and lines[above[-1]].depth >= line.depth:
            above.pop()
        if above:
            found[above[-1]].append(place)
        above.append(place)
    return found


def add_up(rows: Sequence[int], depth: int, depth_column: str) -> str:
    """A formula over ``HERE`` and these rows (as Excel counts them), all of one depth.

    Rows that follow each other make a range, a few make a list; many are found by their depth,
    as a formula may not grow without end.
    """
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"=SUM({HERE}{rows[0]}:{HERE}{rows[-1]})"
    if len(rows) <= FEW:
        return f"=SUM({','.join(f'{HERE}{row}' for row in rows)})"
    depths = f"${depth_column}${rows[0]}:${depth_column}${rows[-1]}"
    return f"=SUMIF({depths},{depth},{HERE}{rows[0]}:{HERE}{rows[-1]})"
