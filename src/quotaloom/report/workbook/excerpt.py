"""A part of a decomposition, of a member or of some seats, without a trace of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.cube import cube_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.cube import Path, Tree


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What one member carries; ``label`` is the name that people read."""

    label: str
    decomposition: Decomposition


def excerpts(decomposition: Decomposition, level: str) -> list[Excerpt]:
    """A part for each member of a level, in tree order; names of people are given by ``label``.

    Raises UsageRefused for a header that is no level.
    """
    code_of = {name: code for code, name in decomposition.label_of.items()}
    level = code_of.get(level, level)
    for at, (_, levels) in enumerate(decomposition.hierarchies):
        if level in levels:
            tree = cube_of(decomposition).trees[at]
            nodes = tree.hierarchy.nodes_at(levels.index(level)).tolist()
            paths = tree.paths()
            return [
                Excerpt(tree.labels[node], _part(decomposition, tree, levels, paths[node]))
                for node in nodes
            ]
    allowed = ", ".join(level for _, levels in decomposition.hierarchies for level in levels)
    raise UsageRefused([error("write.unknown_level", level, allowed=allowed)])


def seen_part(decomposition: Decomposition, mask: NDArray[np.bool_]) -> Decomposition:
    """What one sees of it who sees some tuples only, all of them in the order of the leaves.

    Every sum is of these tuples. How a number came is told where all that it came out of is seen.
    """
    span = len(decomposition.periods)
    leaves = decomposition.leaves.filter(np.repeat(mask, span))
    past = decomposition.tuple_last_year
    nodes = _nodes(decomposition, mask)
    rows = [
        (name, list(path), int(past[inside].sum()))
        for name, path, inside, _ in nodes
        if past is not None and len(inside)
    ]
    whole = {(name, path) for name, path, _, is_whole in nodes if is_whole}
    return replace(
        decomposition,
        leaves=leaves,
        total=int(leaves["quota"].sum()),
        last_year=None if past is None else int(past[mask].sum()),
        tuple_last_year=None if past is None else past[mask],
        node_last_year=pl.DataFrame(rows, decomposition.node_last_year.schema, orient="row"),
        margins=(),
        checks=(Check("workbook.excerpt", leaves.height, 0),),
        derivations=tuple(
            one for one in decomposition.derivations if (one.hierarchy, one.path[:-1]) in whole
        ),
        findings=(),
        parameters={},
    )


def _nodes(
    decomposition: Decomposition, mask: NDArray[np.bool_]
) -> list[tuple[str, Path, NDArray[np.int64], bool]]:
    """Every node of every hierarchy: its tuples that are seen, and whether all of them are."""
    tuples = decomposition.leaves[:: len(decomposition.periods)]
    found: list[tuple[str, Path, NDArray[np.int64], bool]] = []
    for name, levels in decomposition.hierarchies:
        paths = [tuple(code for code in codes if code) for codes in tuples.select(levels).rows()]
        for path, places in _below(paths).items():
            at = np.array(places, np.int64)
            found.append((name, path, at[mask[at]], bool(mask[at].all())))
    return found


def _below(paths: Sequence[Path]) -> dict[Path, list[int]]:
    """The places of the paths at or below each node."""
    found: dict[Path, list[int]] = {}
    for place, path in enumerate(paths):
        for depth in range(len(path)):
            found.setdefault(path[: depth + 1], []).append(place)
    return found


def _part(
    decomposition: Decomposition, tree: Tree, levels: tuple[str, ...], path: Path
) -> Decomposition:
    """The member's leaves, and of everything else only what speaks of her and those below her."""
    own = pl.all_horizontal(
        pl.col(level) == code for level, code in zip(levels, path, strict=False)
    )
    leaves = decomposition.leaves.filter(own)
    name = tree.hierarchy.name
    last_year = decomposition.node_last_year.filter(pl.col("hierarchy") == name)
    known = {tuple(row[1]): row[2] for row in last_year.iter_rows()}
    hers = {node: amount for node, amount in known.items() if node[: len(path)] == path}
    above = {path[: depth + 1]: known.get(path) for depth in range(len(path))}
    return replace(
        decomposition,
        leaves=leaves,
        total=int(leaves["quota"].sum()),
        last_year=known.get(path),
        node_last_year=_frame(name, above | hers),
        margins=(),
        checks=(Check("workbook.excerpt", leaves.height, 0),),
        derivations=tuple(
            one
            for one in decomposition.derivations
            if one.hierarchy == name and one.path[: len(path)] == path
        ),
        findings=(),
        parameters={},
    )


def _frame(name: str, amounts: dict[Path, int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "hierarchy": [name] * len(amounts),
            "path": [list(path) for path in amounts],
            "last_year": list(amounts.values()),
        },
        schema={"hierarchy": pl.String, "path": pl.List(pl.String), "last_year": pl.Int64},
    )
