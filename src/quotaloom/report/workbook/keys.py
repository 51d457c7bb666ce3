"""What stands in the hidden columns of a tree sheet: who a line is about, read again by a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.report.cube import Cube, Tree
    from quotaloom.report.workbook.lines import Line


def key_rows(
    cube: Cube,
    tree: Tree | None,
    lines: Sequence[Line],
    keys: Sequence[str],
    label_of: Mapping[str, str],
) -> list[tuple[str, ...]]:
    """Each line's members under ``keys``: a node's path, all members of a combination."""
    combos = cube.combos.select(keys).rows() if keys else [()] * len(cube)
    nodes = _node_rows(tree, keys, label_of) if tree else []
    blank = ("",) * len(keys)
    return [
        combos[line.combo] if line.combo >= 0 else nodes[line.node] if line.node >= 0 else blank
        for line in lines
    ]


def _node_rows(
    tree: Tree, keys: Sequence[str], label_of: Mapping[str, str]
) -> list[tuple[str, ...]]:
    shape = tree.hierarchy
    found: list[tuple[str, ...]] = []
    for code, name, parent, depth in zip(
        shape.codes, shape.names, shape.parents.tolist(), shape.depths.tolist(), strict=True
    ):
        level = shape.levels[depth]
        named = {level: code, label_of.get(level, ""): name}
        above = found[parent] if parent >= 0 else ("",) * len(keys)
        found.append(tuple(named.get(key, text) for key, text in zip(keys, above, strict=True)))
    return found


def leaf_numbers(cube: Cube, lines: Sequence[Line]) -> list[tuple[int, ...]]:
    """For each line with a combination the number of its leaf in every tree, else nothing."""
    leaves = [(tree.hierarchy.leaf_nodes[tree.leaf_of] + 1).tolist() for tree in cube.trees] or [
        [1] * len(cube)
    ]
    return [
        tuple(numbers[line.combo] for numbers in leaves) if line.combo >= 0 else ()
        for line in lines
    ]
