"""What a handout shows where no page says it: a member's whole branch, every level of it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.report.handout.draft import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotaloom.report.handout.draft import Ground
    from quotaloom.report.pivot import Node, Path


def branch(
    ground: Ground,
    top: tuple[Sequence[str], Path, str],
    title: Callable[[str], str],
    rest: str,
) -> View:
    """Everything below a node: the levels that name it first, then the rest of each axis.

    ``top`` is the node's levels, its path down them, and its name; ``title`` names a period.
    """
    named, path, name = top
    rows = (*named, *_others(ground, named))
    head = ground.pivot.node(rows, path, ground.among)
    below = ground.pivot.walk(rows, path, ground.among, len(rows))
    nodes = [(head, 0, name)]
    nodes += [(node, depth + 1, node.name) for node, depth in with_depth(below)]
    columns = [(at, title(one.label)) for at, one in enumerate(ground.pivot.columns)]
    return View(rows, nodes, columns, rest)


def with_depth(nodes: Sequence[Node]) -> list[tuple[Node, int]]:
    """Nodes in preorder with the number of them that stand above each: branches skip levels."""
    found: list[tuple[Node, int]] = []
    above: list[Path] = []
    for node in nodes:
        while above and node.path[: len(above[-1])] != above[-1]:
            above.pop()
        found.append((node, len(above)))
        above.append(node.path)
    return found


def _others(ground: Ground, named: Sequence[str]) -> list[str]:
    """The levels that follow those of the node: the rest of its own axis, then the others."""
    own = [axis for axis in ground.plan.axes if set(axis.levels) & set(named)]
    rest = [axis for axis in ground.plan.axes if axis not in own]
    every = [level for axis in (*own, *rest) for level in axis.levels]
    return [level for level in every if level not in named]
