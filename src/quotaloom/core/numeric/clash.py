"""Conflicts that sums alone show, however many cells there are.

Every amount is counted from what the cells hold at least. A group cannot hold more than its cells
can; and groups of one margin whose cells all lie in groups of another cannot ask for more
together than those allow. That covers a node against its children and two margins of different
totals.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.margins import UNBOUNDED, Margin, group_sums, real_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.int32]
    Reals = NDArray[np.float64]
    Ints = NDArray[np.int64]

FEW_PAIRS = 1 << 24


@dataclass(frozen=True)
class Asked:
    """A margin over the cells that have room, its ends counted from what cells hold at least."""

    codes: Codes
    low: Reals
    high: Reals


@dataclass(frozen=True)
class Clash:
    """Wishes (margin, group) that cannot be met together; whether none of them can be spared."""

    wishes: list[tuple[int, int]]
    is_irreducible: bool


def clash(margins: Sequence[Margin], least: Ints, most: Ints) -> Clash | None:
    """Few wishes that cannot be met together, or None if sums do not show any.

    It is known that none can be spared where every two of their groups share a cell without an
    upper bound: whatever group is dropped can then take what the others ask too much or too little.
    """
    open_cells = np.flatnonzero(most > least)
    asked = [_asked(margin, least, open_cells) for margin in margins]
    room = most[open_cells].astype(np.float64) - least[open_cells]
    room[most[open_cells] >= UNBOUNDED] = np.inf
    for number, margin in enumerate(asked):
        alone = _alone(margin, room)
        if alone >= 0:
            return Clash([(number, alone)], is_irreducible=True)
    for (inner, one), (outer, other) in permutations(enumerate(asked), 2):
        found = _against(one, other)
        if found is not None:
            wishes = [(inner, g) for g in found[0]] + [(outer, g) for g in found[1]]
            return Clash(sorted(wishes), _complete(one, other, np.isinf(room), found))
    return None


def _asked(margin: Margin, least: Ints, open_cells: Ints) -> Asked:
    spent = group_sums(margin.codes, least, margin.size)
    left = margin.less(spent)
    low, high = left.low.astype(np.float64), left.high.astype(np.float64)
    low[left.low <= -UNBOUNDED], high[left.high >= UNBOUNDED] = -np.inf, np.inf
    return Asked(margin.codes[open_cells], low, high)


def _alone(margin: Asked, room: Reals) -> int:
    """A group that its own cells cannot meet, or -1."""
    inside = margin.codes >= 0
    can = real_sums(margin.codes[inside], room[inside], len(margin.low))
    wrong = np.flatnonzero((margin.low > can) | (margin.high < 0))
    return int(wrong[0]) if len(wrong) else -1


def _against(one: Asked, other: Asked) -> tuple[list[int], list[int]] | None:
    """Groups of one margin that ask for more than the groups around them allow, and those."""
    pairs = _pairs(one.codes, other.codes, len(other.low))
    area = _areas(pairs, len(one.low), len(other.low))
    ours, theirs = area[: len(one.low)], area[len(one.low) :]
    wanted = real_sums(ours, np.maximum(one.low, 0.0), len(area))
    allowed = real_sums(theirs, other.high, len(area))
    uncovered = pairs[0][pairs[1] < 0]
    allowed[ours[uncovered[uncovered >= 0]]] = np.inf
    over = np.flatnonzero(wanted > allowed)
    if not len(over):
        return None
    groups = np.flatnonzero((ours == over[0]) & (one.low > 0))
    return _fewer(one, other, pairs, groups)


def _fewer(
    one: Asked, other: Asked, pairs: tuple[Codes, Codes], groups: Ints
) -> tuple[list[int], list[int]]:
    """The largest groups that already ask for too much, and the groups around them."""
    while True:
        around = np.unique(pairs[1][np.isin(pairs[0], groups)])
        allowed = float(other.high[around].sum())
        largest = groups[np.argsort(-one.low[groups], kind="stable")]
        needed = int(np.searchsorted(np.cumsum(one.low[largest]), allowed, side="right")) + 1
        if needed >= len(groups):
            return sorted(groups.tolist()), around.tolist()
        groups = largest[:needed]


def _complete(
    one: Asked, other: Asked, loose: NDArray[np.bool_], found: tuple[list[int], list[int]]
) -> bool:
    """Whether each group of one kind shares an unbounded cell with each of the other kind."""
    ours, theirs = _pairs(one.codes[loose], other.codes[loose], len(other.low))
    shared = np.isin(ours, found[0]) & np.isin(theirs, found[1])
    return int(shared.sum()) == len(found[0]) * len(found[1])


def _pairs(one: Codes, other: Codes, size: int) -> tuple[Codes, Codes]:
    """Each pair of groups that share a cell once; -1 stands for no group."""
    key = (one.astype(np.int64) + 1) * (size + 1) + other + 1
    span = int(key.max(initial=0)) + 1
    if span <= FEW_PAIRS:
        present = np.zeros(span, dtype=np.bool_)
        present[key] = True
        found = np.flatnonzero(present)
    else:
        found = np.unique(key)
    return (found // (size + 1) - 1).astype(np.int32), (found % (size + 1) - 1).astype(np.int32)


def _areas(pairs: tuple[Codes, Codes], ours: int, theirs: int) -> Ints:
    """Number the areas that no shared cell joins; one number a group of either margin."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    both = (pairs[0] >= 0) & (pairs[1] >= 0)
    ends = (pairs[0][both], pairs[1][both] + ours)
    joined = coo_array((np.ones(len(ends[0])), ends), shape=(ours + theirs, ours + theirs))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)
