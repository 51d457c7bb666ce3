"""Trees of members: regions, products, people, with their leaves in tree order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.findings import Finding

UNASSIGNED: Final = "未归属"
OWN: Final = "本级"
_INT64_END: Final = 2**63 - 2**40


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A forest of members; nothing stands above the top members, whose sum is the total.

    Nodes are in preorder and siblings in plain code order ("10" before "9"; 本级 first), so a
    parent comes before its children and each node owns the leaves ``[first, past)``, a row of
    ``spans``. ``depths`` count from 0. In a ragged tree the leaves lie at different depths.
    """

    name: str
    levels: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: NDArray[np.int32]
    depths: NDArray[np.int8]
    leaf_nodes: NDArray[np.int32]
    spans: NDArray[np.int32]
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def leaf_count(self) -> int:
        """How many leaves there are."""
        return len(self.leaf_nodes)

    def is_leaf(self, node: int) -> bool:
        """Whether nothing lies below the node."""
        return bool(self.leaf_nodes[self.spans[node, 0]] == node)

    def path(self, node: int) -> tuple[str, ...]:
        """The codes from the top member down to the node."""
        up = [node]
        while (above := int(self.parents[up[-1]])) >= 0:
            up.append(above)
        return tuple(self.codes[step] for step in reversed(up))

    def label(self, node: int) -> str:
        """The display name of the node, or its code where it has none."""
        return self.names[node] or self.codes[node]

    def children(self, node: int) -> NDArray[np.int32]:
        """The nodes right below, in order; of -1: the top members."""
        return np.flatnonzero(self.parents == node).astype(np.int32)

    def nodes_at(self, depth: int) -> NDArray[np.int32]:
        """All nodes of one depth, in tree order."""
        return np.flatnonzero(self.depths == depth).astype(np.int32)

    def find(self, *path: str, level: str | None = None) -> tuple[int, ...]:
        """The nodes whose path ends in these codes, or, if there are none, in these names.

        ``level`` keeps the nodes of one level, named by its header. The caller decides what none
        or several mean; ``nearest_names`` of ``names`` has suggestions.
        """
        for words, index in ((self.codes, self._by_code), (self.names, self._by_name)):
            found = tuple(
                node
                for node in index.get(path[-1], ())
                if level in (None, self.levels[self.depths[node]])
                and self._ends_in(node, path, words)
            )
            if found:
                return found
        return ()

    def _ends_in(self, node: int, path: tuple[str, ...], words: Sequence[str]) -> bool:
        for word in reversed(path):
            if node < 0 or words[node] != word:
                return False
            node = int(self.parents[node])
        return True

    @cached_property
    def _by_code(self) -> dict[str, list[int]]:
        return _places(self.codes)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        return _places(self.names)

    @cached_property
    def leaf_members(self) -> tuple[str, ...]:
        """The member whom each leaf belongs to: its code; of a 本级 leaf, the member above it."""
        return tuple(
            self.codes[self.parents[leaf] if self.codes[leaf] == OWN else leaf]
            for leaf in self.leaf_nodes.tolist()
        )

    def level_nodes(self) -> NDArray[np.int32]:
        """Shape (leaves, levels): the node that each leaf has at each level, -1 below the leaf."""
        places = np.full((len(self.levels), self.leaf_count), -1, np.int32)
        for depth in range(len(self.levels)):
            nodes = self.nodes_at(depth)
            first, past = self.spans[nodes, 0], self.spans[nodes, 1]
            opened = np.zeros(self.leaf_count + 1, np.int64)
            np.add.at(opened, first, nodes.astype(np.int64) + 1)
            np.add.at(opened, past, -(nodes.astype(np.int64) + 1))
            places[depth] = np.cumsum(opened[:-1]) - 1
        return np.ascontiguousarray(places.T)

    def leaf_frame(self) -> pl.DataFrame:
        """A row a leaf in tree order: its code at every level, null below the leaf."""
        codes = pl.Series(self.codes, dtype=pl.String)
        nodes = self.level_nodes()
        return pl.DataFrame(
            {
                level: codes.gather(pl.Series(nodes[:, depth]).replace(-1, None))
                for depth, level in enumerate(self.levels)
            }
        )

    def roll_up(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of each node's leaves: ``values[leaf, ...]`` to ``[node, ...]``, exact.

        Refuses leaves whose absolute sum passes int64.
        """
        _fit(self.name, values)
        running = np.zeros((len(values) + 1, *values.shape[1:]), np.int64)
        np.cumsum(values, axis=0, out=running[1:])
        result: NDArray[np.int64] = running[self.spans[:, 1]]
        result -= running[self.spans[:, 0]]
        return result

    def wbs(self) -> tuple[str, ...]:
        """The work-breakdown number of each node: 1, 1.1, 1.2.3 in tree order."""
        numbers: list[str] = []
        seen: dict[int, int] = {}
        for parent in self.parents.tolist():
            seen[parent] = seen.get(parent, 0) + 1
            above = f"{numbers[parent]}." if parent >= 0 else ""
            numbers.append(f"{above}{seen[parent]}")
        return tuple(numbers)


def assemble(
    name: str,
    levels: Sequence[str],
    nodes: tuple[Sequence[str], Sequence[str]],
    depths: NDArray[np.int8],
    findings: tuple[Finding, ...] = (),
) -> Hierarchy:
    """A hierarchy from its nodes (codes, names) in preorder and their depths."""
    count = len(depths)
    parents = np.full(count, -1, np.int32)
    ends = np.full(count, count, np.int64)
    for depth in range(len(levels)):
        here = np.flatnonzero(depths == depth)
        closing = np.append(np.flatnonzero(depths <= depth), count)
        ends[here] = closing[np.searchsorted(closing, here, side="right")]
        below = np.flatnonzero(depths == depth + 1)
        parents[below] = here[np.searchsorted(here, below) - 1]
    is_leaf = ends == np.arange(count) + 1
    before = np.concatenate([[0], np.cumsum(is_leaf)])
    spans = np.stack([before[:-1], before[ends]], axis=1).astype(np.int32)
    leaf_nodes = np.flatnonzero(is_leaf).astype(np.int32)
    codes, names = nodes
    return Hierarchy(
        name,
        tuple(levels),
        tuple(codes),
        tuple(names),
        parents,
        depths,
        leaf_nodes,
        spans,
        findings,
    )


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for node, word in enumerate(words):
        places.setdefault(word, []).append(node)
    return places


def _fit(name: str, values: NDArray[np.int64]) -> None:
    """Refuse leaves whose absolute sum passes int64: sums would wrap unnoticed.

    The limit lies a little below 2**63, because the sum is taken in floats here.
    """
    if not values.size:
        return
    largest = max(abs(int(values.max())), abs(int(values.min())))
    if largest * len(values) < _INT64_END:
        return
    if np.abs(values.astype(np.float64)).sum(axis=0).max() >= _INT64_END:
        raise DataRefused([error("hierarchy.sum_too_large", name)])
