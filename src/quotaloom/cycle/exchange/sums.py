"""Every figure of a sheet out of those that may be edited: branches and wider periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.place import Ints
    from quotaloom.cycle.exchange.sheet import Sheet, Spot


def summed(sheet: Sheet, changed: Mapping[Spot, int]) -> Ints:
    """All figures, [line, column], with some of the lowest ones changed; 0 where none is given."""
    told = [[figure or 0 for figure in line.figures] for line in sheet.lines]
    found = np.array(told, np.int64)
    for spot, figure in changed.items():
        found[spot] = figure
    below = np.array([line.below for line in sheet.lines])
    lowest = np.where((below == 0)[:, None], found, 0)
    before = np.concatenate([np.zeros((1, found.shape[1]), np.int64), np.cumsum(lowest, axis=0)])
    places = np.arange(len(below))
    branches = before[places + below + 1] - before[places + 1]
    found = np.where((below > 0)[:, None], branches, found)
    for place in _inner_first(sheet):
        found[:, place] = found[:, list(sheet.heads[place].parts)].sum(axis=1)
    return found


def _inner_first(sheet: Sheet) -> list[int]:
    """The columns that are sums, each after its parts."""
    found: list[int] = []

    def visit(place: int) -> None:
        for part in sheet.heads[place].parts:
            visit(part)
        if sheet.heads[place].parts and place not in found:
            found.append(place)

    for place in range(len(sheet.heads)):
        visit(place)
    return found
