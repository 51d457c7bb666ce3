"""The leaves of a decomposition as a matrix of combinations by periods, under its trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.hierarchies import OWN, Hierarchy, assemble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.decomposition import Decomposition

    Ints = NDArray[np.int64]
    Path = tuple[str, ...]

_COMBO: Final = "\ue000combo"
_LEAF: Final = "\ue000leaf"


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A hierarchy over the combinations: ``leaf_of`` gives each combination its leaf.

    ``labels`` are the names that people read, with the code where two siblings share a name.
    """

    hierarchy: Hierarchy
    labels: tuple[str, ...]
    leaf_of: Ints

    def sums(self, values: Ints) -> Ints:
        """``values[combination, ...]`` summed up to ``[node, ...]``."""
        leaves = np.zeros((self.hierarchy.leaf_count, *values.shape[1:]), np.int64)
        np.add.at(leaves, self.leaf_of, values)
        return self.hierarchy.roll_up(leaves)

    def tops(self) -> list[int]:
        """The top members, in order."""
        return [int(node) for node in self.hierarchy.nodes_at(0)]

    def paths(self) -> list[Path]:
        """The codes from the top member down to each node, in preorder."""
        found: list[Path] = []
        parents = self.hierarchy.parents.tolist()
        for code, parent in zip(self.hierarchy.codes, parents, strict=True):
            found.append((*found[parent], code) if parent >= 0 else (code,))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Combinations of members, in the first tree's order, by leaf periods.

    ``quota`` is 0 and ``present`` False where a combination has no leaf in a period. ``combos``
    holds every level and name column, "" below a ragged leaf.
    """

    combos: pl.DataFrame
    trees: tuple[Tree, ...]
    periods: tuple[str, ...]
    quota: Ints
    present: NDArray[np.bool_]
    basis: Ints

    def __len__(self) -> int:
        return len(self.basis)


def cube_of(decomposition: Decomposition) -> Cube:
    """The cube of a finished decomposition."""
    return cube(
        decomposition.leaves,
        decomposition.hierarchies,
        decomposition.label_of,
        [period.label for period in decomposition.periods],
    )


def cube(
    leaves: pl.DataFrame,
    hierarchies: Iterable[tuple[str, Sequence[str]]],
    label_of: Mapping[str, str],
    periods: Sequence[str],
) -> Cube:
    """The cube of a frame with ``period``, the level columns, ``basis`` and ``quota``.

    Rows of one combination and period add up.
    """
    named = [(name, tuple(levels)) for name, levels in hierarchies]
    keys = key_columns(named, label_of)
    rows = leaves.with_columns(pl.col(keys).fill_null(""), pl.col("basis", "quota").fill_null(0))
    combos = _unique(rows, keys)
    order, trees = _ordered(combos, named, label_of)
    combos = combos[order]
    places = _places(rows, combos, keys)
    at = rows["period"].replace_strict(list(periods), list(range(len(periods)))).to_numpy()
    shape = (combos.height, len(periods))
    quota, present = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    np.add.at(quota, (places, at), rows["quota"].to_numpy())
    present[places, at] = True
    basis = np.zeros(combos.height, np.int64)
    np.add.at(basis, places, rows["basis"].to_numpy())
    return Cube(combos, trees, tuple(periods), quota, present, basis)


def key_columns(
    hierarchies: Iterable[tuple[str, Sequence[str]]], label_of: Mapping[str, str]
) -> list[str]:
    """The headers that name a leaf: each level, followed by its name column if it has one."""
    found: dict[str, None] = {}
    for _, levels in hierarchies:
        for level in levels:
            found |= dict.fromkeys([level, *([label_of[level]] if level in label_of else [])])
    return list(found)


def _unique(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    if keys:
        return rows.select(keys).unique(maintain_order=True)
    return pl.DataFrame({_COMBO: [""]})


def _places(rows: pl.DataFrame, combos: pl.DataFrame, keys: list[str]) -> Ints:
    """The combination of each row."""
    if not keys:
        return np.zeros(rows.height, np.int64)
    numbered = combos.with_row_index(_COMBO)
    joined = rows.select(keys).join(numbered, on=keys, how="left", maintain_order="left")
    return joined[_COMBO].to_numpy().astype(np.int64)


def _ordered(
    combos: pl.DataFrame, named: list[tuple[str, tuple[str, ...]]], label_of: Mapping[str, str]
) -> tuple[Ints, tuple[Tree, ...]]:
    """The order of the combinations by tree, and the trees over them in that order."""
    grown = [_grow(combos, name, levels, label_of) for name, levels in named]
    if not grown:
        return np.arange(combos.height), ()
    order = np.lexsort([leaf_of for _, leaf_of in reversed(grown)])
    return order, tuple(Tree(tree, _labels(tree), leaf_of[order]) for tree, leaf_of in grown)


def _grow(
    combos: pl.DataFrame, name: str, levels: Sequence[str], label_of: Mapping[str, str]
) -> tuple[Hierarchy, Ints]:
    """The tree of one hierarchy, and the leaf of each combination."""
    keys = key_columns([(name, levels)], label_of)
    rows = combos.select(keys).unique(maintain_order=True)
    paths = [tuple(code for code in row if code) for row in rows.select(levels).iter_rows()]
    leaf = {path: place for place, path in enumerate(sorted(set(paths), key=_tree_order))}
    numbered = rows.with_columns(pl.Series(_LEAF, [leaf[path] for path in paths], pl.Int64))
    joined = combos.select(keys).join(numbered, on=keys, how="left", maintain_order="left")
    names = _names(rows, levels, label_of) if len(keys) > len(levels) else {}
    return _assembled(name, levels, list(leaf), names), joined[_LEAF].to_numpy()


def _names(
    rows: pl.DataFrame, levels: Sequence[str], label_of: Mapping[str, str]
) -> dict[Path, str]:
    """The display name of every node; of several the first stays."""
    found: dict[Path, str] = {}
    shown = [label_of.get(level, level) for level in levels]
    for row in rows.iter_rows(named=True):
        filled = [place for place, level in enumerate(levels) if row[level]]
        codes = tuple(row[levels[place]] for place in filled)
        for depth, place in enumerate(filled, 1):
            found.setdefault(codes[:depth], row[shown[place]])
    return found


def _tree_order(path: Path) -> Path:
    return tuple("" if code == OWN else code for code in path)


def _assembled(
    name: str, levels: Sequence[str], paths: list[Path], names: Mapping[Path, str]
) -> Hierarchy:
    """A hierarchy whose leaves are these sorted paths; a path that others pass gets a 本级 leaf."""
    codes: list[str] = []
    shown: list[str] = []
    depths: list[int] = []

    def open_node(path: Path) -> None:
        codes.append(path[-1])
        shown.append(names.get(path) or path[-1])
        depths.append(len(path) - 1)

    before: Path = ()
    for path in paths:
        common = _common(before, path)
        if before and common == len(before):
            open_node((*before, OWN))
        for depth in range(common, len(path)):
            open_node(path[: depth + 1])
        before = path
    deepest = max(len(levels), max(depths, default=-1) + 1)
    headers = [*levels, *[""] * (deepest - len(levels))]
    return assemble(name, headers, (codes, shown), np.array(depths, np.int8))


def _common(one: Path, other: Path) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _labels(tree: Hierarchy) -> tuple[str, ...]:
    """Names, with the code beside them where one level holds the name under two codes."""
    known: dict[tuple[int, str], set[str]] = {}
    depths = tree.depths.tolist()
    for depth, code, name in zip(depths, tree.codes, tree.names, strict=True):
        known.setdefault((depth, name), set()).add(code)
    return tuple(
        name if len(known[depth, name]) == 1 else f"{name} · {code}"
        for depth, code, name in zip(depths, tree.codes, tree.names, strict=True)
    )
