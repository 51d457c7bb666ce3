"""A member's part of a decomposition, without a trace of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.decomposition import Check
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.cube import cube_of

if TYPE_CHECKING:
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
