"""Every figure of a handout out of those that may be edited: branches and wider periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.core.allocation.journal.place import Ints
    from quotaloom.cycle.exchange.handout import Cell, Handout


def summed(handout: Handout, changed: Mapping[Cell, int]) -> Ints:
    """All figures, [line, column], with some of the lowest ones changed."""
    found = np.array([line.figures for line in handout.lines], np.int64)
    for cell, figure in changed.items():
        found[cell] = figure
    below = np.array([line.below for line in handout.lines])
    lowest = np.where((below == 0)[:, None], found, 0)
    before = np.concatenate([np.zeros((1, found.shape[1]), np.int64), np.cumsum(lowest, axis=0)])
    places = np.arange(len(below))
    branches = before[places + below + 1] - before[places + 1]
    found = np.where((below > 0)[:, None], branches, found)
    for place in _inner_first(handout):
        found[:, place] = found[:, list(handout.heads[place].parts)].sum(axis=1)
    return found


def _inner_first(handout: Handout) -> list[int]:
    """The columns that are sums, each after its parts."""
    found: list[int] = []

    def visit(place: int) -> None:
        for part in handout.heads[place].parts:
            visit(part)
        if handout.heads[place].parts and place not in found:
            found.append(place)

    for place in range(len(handout.heads)):
        visit(place)
    return found
