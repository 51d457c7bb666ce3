"""How each number came, and every law checked once more on the finished cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.classes import exact_sums
from quotaloom.core.model.decomposition import Check, Derivation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Cube, Wish
    from quotaloom.core.model.hierarchies import Hierarchy

MOST_DERIVED = 50_000
WISH_CHECKS = {
    "fix": Check("check.fix", 0, 0),
    "hold": Check("check.hold", 0, 0),
    "bound": Check("check.bound", 0, 0),
}


@dataclass(frozen=True)
class NodeSums:
    """One hierarchy's node sums: basis and last year over the year, quota by period (units)."""

    hierarchy: Hierarchy
    basis: NDArray[np.int64]
    last_year: NDArray[np.int64] | None
    quota: NDArray[np.int64]


def node_sums(
    cube: Cube, axis: int, cells: NDArray[np.int64], last_year: NDArray[np.int64] | None
) -> NodeSums:
    """Sums of every node of one hierarchy, exact."""
    hierarchy, members = cube.hierarchies[axis], cube.members[axis]
    leaves = np.zeros((hierarchy.leaf_count, cells.shape[1]), dtype=np.int64)
    np.add.at(leaves, members, cells)
    past = None if last_year is None else _rolled(hierarchy, members, last_year)
    return NodeSums(
        hierarchy, _rolled(hierarchy, members, cube.basis), past, hierarchy.roll_up(leaves)
    )


def _rolled(
    hierarchy: Hierarchy, members: NDArray[np.int32], values: NDArray[np.int64]
) -> NDArray[np.int64]:
    signs = exact_sums(members.astype(np.int64), np.maximum(values, 0), hierarchy.leaf_count)
    below = exact_sums(members.astype(np.int64), np.maximum(-values, 0), hierarchy.leaf_count)
    leaves = [plus - minus for plus, minus in zip(signs, below, strict=True)]
    return hierarchy.roll_up(np.array(leaves, dtype=np.int64))


def derive(sums: NodeSums, *, unit: int, scale: int, notes: dict[int, str]) -> list[Derivation]:
    """One line a node: its weight, its share of its parent, and what it got.

    ``notes`` names the wish that set a node. A hierarchy of more than 50,000 nodes is told down to
    the parents of its leaves.
    """
    hierarchy = sums.hierarchy
    nodes = range(len(hierarchy))
    if len(hierarchy) > MOST_DERIVED:
        nodes = [n for n in nodes if not hierarchy.is_leaf(n)]  # type: ignore[assignment]
    top = int(sums.basis[hierarchy.parents < 0].sum())
    quota = sums.quota.sum(axis=1)
    lines = []
    for node in nodes:
        parent = int(hierarchy.parents[node])
        whole = top if parent < 0 else int(sums.basis[parent])
        weight = int(sums.basis[node])
        share = Decimal(weight) / Decimal(whole) if whole else Decimal(0)
        lines.append(
            Derivation(
                hierarchy.name,
                hierarchy.path(node),
                "wish" if node in notes else "proportional",
                Decimal(weight).scaleb(-scale),
                share.quantize(Decimal("1e-9")),
                weight,
                int(quota[node]) * unit,
                notes.get(node, ""),
            )
        )
    return lines


def check_cells(
    cube: Cube,
    cells: NDArray[np.int64],
    sums: Sequence[NodeSums],
    wishes: Sequence[Wish],
    total: int,
    caps: NDArray[np.int64] | None,
) -> list[Check]:
    """Every law with how often it was checked and how often it failed."""
    checks = [Check("check.total", 1, int(int(cells.sum()) != total))]
    checks += [_tree_check(one, total) for one in sums]
    checks.append(_period_check(cube, cells, total))
    for kind, check in WISH_CHECKS.items():
        mine = [wish for wish in wishes if wish.kind == kind]
        missed = sum(not _kept(wish, cells) for wish in mine)
        if mine:
            checks.append(replace(check, count=len(mine), failed=missed))
    checks.append(Check("check.unit", cells.size, int((cells < 0).sum())))
    if caps is not None:
        checks.append(Check("check.growth", cells.size, int((cells > caps).sum())))
    return checks


def _kept(wish: Wish, cells: NDArray[np.int64]) -> bool:
    reached = wish.reached(cells)
    return wish.low <= reached and (wish.high is None or reached <= wish.high)


def _tree_check(sums: NodeSums, total: int) -> Check:
    """Each node equals the sum of its children in each period; the top members sum to the total."""
    hierarchy = sums.hierarchy
    parents = hierarchy.parents
    below = np.zeros_like(sums.quota)
    inner = parents >= 0
    np.add.at(below, parents[inner], sums.quota[inner])
    has_children = np.zeros(len(hierarchy), dtype=np.bool_)
    has_children[parents[inner]] = True
    wrong = int((below[has_children] != sums.quota[has_children]).any(axis=1).sum())
    wrong += int(int(sums.quota[~inner].sum()) != total)
    return Check("check.nodes", len(hierarchy), wrong, {"hierarchy": hierarchy.name})


def _period_check(cube: Cube, cells: NDArray[np.int64], total: int) -> Check:
    by_period = cells.sum(axis=0).tolist()
    nodes: dict[str, int] = {}
    for period, value in zip(cube.periods, by_period, strict=True):
        for label in (period.label, *cube.rollups.get(period.label, ())):
            nodes[label] = nodes.get(label, 0) + value
    return Check("check.periods", len(nodes), int(sum(by_period) != total))
