"""What every total must be: the sums of the leaf lines that a sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.report.cube import Cube, cube, key_columns
from quotaloom.report.period_columns import Column, summed
from quotaloom.report.recheck.result import TICKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.report.cube import Ints, Path
    from quotaloom.report.layout import Layout
    from quotaloom.report.recheck.grid import GridCells, GridLine

SUMS_END: Final = 9.2e18  # a little below 2**63


@dataclass(frozen=True, eq=False)
class Truth:
    """Sums in 1/10,000 元 of the lowest lines, under the trees of the layout.

    ``trees`` are the places of the hierarchies that the lines name.
    """

    cube: Cube
    columns: tuple[Column, ...]
    layout: Layout
    trees: tuple[int, ...]

    @cached_property
    def whole(self) -> list[int]:
        """The sum of everything, by period column."""
        return self._columns(self.cube.quota.sum(axis=0, keepdims=True))[0]

    @cached_property
    def _nodes(self) -> dict[tuple[int, Path], list[int]]:
        found: dict[tuple[int, Path], list[int]] = {}
        for at, tree in zip(self.trees, self.cube.trees, strict=True):
            sums = self._columns(tree.sums(self.cube.quota))
            paths = [tuple(code for code in path if code) for path in tree.paths()]
            found |= dict(zip(((at, path) for path in paths), sums, strict=True))
        return found

    @cached_property
    def _lowest(self) -> dict[tuple[str, ...], list[int]]:
        sums = self._columns(self.cube.quota)
        return dict(zip(self.cube.combos.rows(), sums, strict=True))

    def node(self, tree: int, path: Path) -> list[int] | None:
        """The sums of a node by period column; of the whole where the path is empty."""
        return self._nodes.get((tree, path)) if path else self.whole

    def line(self, line: GridLine, keys: Sequence[str], tree: int) -> list[int] | None:
        """What a line must show, None where nobody knows its members.

        ``tree`` is the place of the sheet's own hierarchy; below 0 its lowest lines name members
        of every hierarchy, and the others are nodes of the first.
        """
        if not self.trees:
            return self.whole
        named = dict(zip(keys, line.keys, strict=True))
        if line.is_lowest and tree < 0:
            return self._lowest.get(tuple(named[key] for key in self.cube.combos.columns))
        levels = self.layout.hierarchies[max(tree, 0)][1]
        return self.node(max(tree, 0), tuple(named[level] for level in levels if named[level]))

    def _columns(self, values: Ints) -> list[list[int]]:
        found: list[list[int]] = summed(values, self.columns).tolist()
        return found


def truth_of(
    grid: GridCells, layout: Layout, columns: tuple[Column, ...], trees: tuple[int, ...]
) -> Truth:
    """The sums of the lowest lines of a grid, under some of the layout's hierarchies."""
    named = [layout.hierarchies[at] for at in trees]
    keys = key_columns(named, layout.label_of)
    places = [grid.keys.index(key) for key in keys]
    lines = [line for line in grid.lines if line.is_lowest]
    leaf_columns = [place for place, column in enumerate(columns) if column.is_leaf]
    count = len(leaf_columns)
    amounts = np.fromiter(
        chain.from_iterable((line.amount(place) for place in leaf_columns) for line in lines),
        np.int64,
        len(lines) * count,
    )
    refuse_overflow(amounts)
    frame = pl.DataFrame(
        {
            "period": [columns[place].label for place in leaf_columns] * len(lines),
            **{key: _repeated(lines, at, count) for key, at in zip(keys, places, strict=True)},
            "basis": np.zeros(len(amounts), np.int64),
            "quota": amounts,
        },
        schema_overrides=dict.fromkeys(["period", *keys], pl.String),
    )
    periods = [columns[place].label for place in leaf_columns]
    return Truth(cube(frame, named, layout.label_of, periods), columns, layout, trees)


def refuse_overflow(amounts: Ints) -> None:
    """Refuse leaf amounts whose sum would leave int64: it would wrap unnoticed."""
    whole = float(np.abs(amounts.astype(np.float64)).sum())
    if whole >= SUMS_END:
        raise DataRefused([error("amount.too_large", value=f"{whole / TICKS:.0f}")])


def _repeated(lines: Sequence[GridLine], key: int, count: int) -> list[str]:
    return list(chain.from_iterable([line.keys[key]] * count for line in lines))
