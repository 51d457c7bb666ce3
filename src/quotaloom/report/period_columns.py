"""The columns of a year: its leaf periods and the quarters, halves and year they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.report.cube import Ints


@dataclass(frozen=True, slots=True)
class Column:
    """One period column. ``parts`` are the columns that add up to it; a leaf period has none.

    ``leaves`` are the places of the leaf periods in it. ``depth`` counts the wider periods that
    are shown around it, the whole year apart. The label "" is a total without a period's name.
    """

    label: str
    leaves: tuple[int, ...]
    parts: tuple[int, ...]
    depth: int

    @property
    def is_leaf(self) -> bool:
        """Whether the column holds leaf cells."""
        return not self.parts


def columns_of(labels: Sequence[str], rollups: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    """The whole first, then the leaf periods in order, each wider period after its last leaf.

    With a single leaf period it is the whole itself.
    """
    if len(labels) == 1:
        return (Column(labels[0], (0,), (), 0),)
    chains = [tuple(rollups.get(label, ())) for label in labels]
    leaves = _leaves(labels, chains)
    whole = _whole(chains, leaves, len(labels))
    leaves[whole] = list(range(len(labels)))
    lines = [
        (label, *(wider for wider in chain if wider != whole), whole)
        for label, chain in zip(labels, chains, strict=True)
    ]
    shown = [whole, *_in_order(lines, leaves)]
    above = {label: wider for line in lines for label, wider in pairwise(line)}
    depths = {label: len(line) - place - 2 for line in lines for place, label in enumerate(line)}
    parts: dict[str, list[int]] = {}
    for place, label in enumerate(shown[1:], 1):
        parts.setdefault(above[label], []).append(place)
    return tuple(
        Column(label, tuple(leaves[label]), tuple(parts.get(label, ())), max(depths[label], 0))
        for label in shown
    )


def summed(values: Ints, columns: Sequence[Column]) -> Ints:
    """``values[row, leaf period]`` as ``[row, column]``."""
    found = np.zeros((len(values), len(columns)), np.int64)
    for place, column in enumerate(columns):
        values[:, list(column.leaves)].sum(axis=1, out=found[:, place])
    return found


def _leaves(labels: Sequence[str], chains: Sequence[tuple[str, ...]]) -> dict[str, list[int]]:
    """The places of the leaf periods in each period."""
    found: dict[str, list[int]] = {}
    for place, (label, chain) in enumerate(zip(labels, chains, strict=True)):
        for wider in (label, *chain):
            found.setdefault(wider, []).append(place)
    return found


def _whole(chains: Sequence[tuple[str, ...]], leaves: Mapping[str, list[int]], count: int) -> str:
    """The widest label over all leaf periods, "" where none is."""
    return next((label for label in reversed(chains[0]) if len(leaves[label]) == count), "")


def _in_order(lines: Sequence[tuple[str, ...]], leaves: Mapping[str, list[int]]) -> list[str]:
    """Each label but the whole, behind the last leaf period that it holds."""
    return [
        label
        for place, line in enumerate(lines)
        for label in line[:-1]
        if leaves[label][-1] == place
    ]
