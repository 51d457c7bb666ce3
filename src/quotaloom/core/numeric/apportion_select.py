"""Mark the largest cells of each group, so many as each group is told, all groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.groups import Groups

if TYPE_CHECKING:
    from quotaloom.core.numeric.groups import Ints, Mask

WIDE = 1 << 14  # groups of more cells are partitioned one by one, narrower ones sorted as rows


def chosen(counts: Ints, groups: Groups, *keys: Ints) -> Mask:
    """The counts[g] largest cells of each group: by the first key, ties by the next, then place.

    Keys are >= 0 and one a cell; 0 <= counts[g] <= size. The earlier cell wins the last tie.
    """
    if not counts.any():
        return np.zeros(groups.cells, np.bool_)
    if not keys:
        place = np.arange(groups.cells) - groups.each(groups.starts[:-1])
        return place < groups.each(counts)
    edge = groups.each(_largest(counts, groups, keys[0]))
    mark = keys[0] > edge
    tied = (keys[0] == edge) & groups.each(counts > 0)
    left = counts - groups.sums(mark)
    crowded = groups.sums(tied) > left
    mark |= tied
    if not crowded.any():
        return mark
    again = np.flatnonzero(tied & groups.each(crowded))
    sizes = groups.sums(tied)[crowded]
    rest = (key[again] for key in keys[1:])
    mark[again] = chosen(left[crowded], Groups.sized(sizes), *rest)
    return mark


def _largest(counts: Ints, groups: Groups, key: Ints) -> Ints:
    """The counts[g]-th largest key of each group; above every key where counts[g] is 0."""
    answer = np.full(len(groups), np.iinfo(np.int64).max)
    asked = counts > 0
    width = int(groups.sizes.max(initial=0))
    if width == groups.sizes.min(initial=width) and width <= WIDE:
        rows = np.sort(key.reshape(-1, width), axis=1)
        answer[asked] = rows[asked, (width - counts)[asked]]
        return answer
    for group in np.flatnonzero(asked & (groups.sizes > WIDE)):
        own = key[groups.starts[group] : groups.starts[group + 1]]
        place = len(own) - counts[group]
        answer[group] = np.partition(own, place)[place]
    _pad_and_sort(answer, counts, groups, key)
    return answer


def _pad_and_sort(answer: Ints, counts: Ints, groups: Groups, key: Ints) -> None:
    """Fill the answer for the narrow groups, those of 2**(p-1)+1 … 2**p cells in one table."""
    narrow = (counts > 0) & (groups.sizes <= WIDE)
    power = np.ceil(np.log2(np.maximum(groups.sizes, 1))).astype(np.int64)
    for exponent in np.unique(power[narrow]):
        some = np.flatnonzero(narrow & (power == exponent))
        sizes = groups.sizes[some, None]
        across = np.arange(1 << int(exponent))
        cell = np.minimum(groups.starts[some, None] + across, groups.cells - 1)
        rows = np.where(across < sizes, key[cell], -1)
        rows.sort(axis=1)
        answer[some] = rows[np.arange(len(some)), len(across) - counts[some]]
