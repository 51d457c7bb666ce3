"""The finished cells as frames and lines that a reader, a workbook or a page can show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from quotaloom.core.allocation.explain import NodeSums, derive, node_sums
from quotaloom.core.numeric.apportion import apportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.core.allocation.cube import Wish
    from quotaloom.core.model.decomposition import Derivation
    from quotaloom.cycle.assembly import Basis


def leaf_frame(basis: Basis, cells: NDArray[np.int64], unit: int) -> pl.DataFrame:
    """One row a leaf in canonical order: period, level columns, basis, quota in 分."""
    cube = basis.cube
    count, span = cube.size
    labels = pl.Series([period.label for period in cube.periods], dtype=pl.Categorical)
    columns: dict[str, pl.Series] = {}
    each = np.repeat(np.arange(count), span)
    for axis, hierarchy in enumerate(cube.hierarchies):
        texts = basis.leaf_texts[hierarchy.name]
        rows = pl.Series(cube.members[axis][each])
        columns |= {header: texts[header].gather(rows) for header in texts.columns}
    frame = pl.DataFrame(
        {
            "period": labels.gather(pl.Series(np.tile(np.arange(span), count))).cast(pl.String),
            **{header: columns[header] for header in basis.headers},
        }
    )
    return frame.with_columns(
        basis=_spread_basis(basis).reshape(-1), quota=cells.reshape(-1) * unit
    )


def _spread_basis(basis: Basis) -> NDArray[np.int64]:
    """Each tuple's basis over its periods, by profile; a row sums to the tuple's basis."""
    cube = basis.cube
    count, span = cube.size
    starts = np.arange(count + 1, dtype=np.int64) * span
    weights = cube.seasonal().reshape(-1)
    return apportion(cube.basis, weights, starts, on_zero="equal")


def node_lines(basis: Basis, cells: NDArray[np.int64]) -> list[NodeSums]:
    """The sums of every node, last year's with what belonged to those who are gone."""
    found = []
    for axis in range(len(basis.cube.hierarchies)):
        one = node_sums(basis.cube, axis, cells, basis.last_year)
        if one.last_year is not None and basis.gone:
            one = replace(one, last_year=one.last_year + basis.gone[axis])
        found.append(one)
    return found


def last_years(sums: Sequence[NodeSums], basis: Basis) -> pl.DataFrame:
    """Last year's amount of every node, in 分; empty where history has no dates."""
    path = pl.List(pl.String)
    schema = pl.Schema([("hierarchy", pl.String()), ("path", path), ("last_year", pl.Int64())])
    if basis.last_year is None:
        return pl.DataFrame(schema=schema)
    rows = [
        (one.hierarchy.name, list(one.hierarchy.path(node)), int(one.last_year[node]))
        for one in sums
        if one.last_year is not None
        for node in range(len(one.hierarchy))
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def derivations(
    basis: Basis, sums: Sequence[NodeSums], wishes: Sequence[Wish], unit: int
) -> list[Derivation]:
    """How each node came, hierarchy by hierarchy."""
    lines: list[Derivation] = []
    for axis, one in enumerate(sums):
        notes = _wished(basis, axis, wishes)
        lines += derive(one, unit=unit, scale=basis.scale, notes=notes)
    return lines


def _wished(basis: Basis, axis: int, wishes: Sequence[Wish]) -> dict[int, str]:
    """The wish that set a node for the whole year, by node."""
    hierarchy, members = basis.cube.hierarchies[axis], basis.cube.members[axis]
    notes: dict[int, str] = {}
    for wish in wishes:
        inside = np.unique(members[wish.tuples])
        if not wish.periods.all() or not len(inside) or wish.tuples.all():
            continue
        first, past = int(inside[0]), int(inside[-1]) + 1
        if not np.array_equal((members >= first) & (members < past), wish.tuples):
            continue
        owns = (hierarchy.spans[:, 0] == first) & (hierarchy.spans[:, 1] == past)
        notes |= dict.fromkeys(np.flatnonzero(owns)[-1:].tolist(), wish.text)
    return notes
