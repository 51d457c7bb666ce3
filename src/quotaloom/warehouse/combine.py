"""Combinations of coded columns, numbered without sorting the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotaloom.warehouse.intake.coded import Coded

TABLE = 1 << 25  # combinations looked up in a table; more are sorted


@dataclass(frozen=True)
class Combinations:
    """The number of each row's combination, and the code of each column in each combination.

    Combinations are numbered in the order of their codes, first column first.
    """

    numbers: NDArray[np.int64]
    codes: tuple[NDArray[np.int64], ...]


def combine(columns: Sequence[Coded]) -> Combinations:
    """Number the combinations that occur; columns have no blanks."""
    numbers = np.zeros(len(columns[0]) if columns else 0, dtype=np.int64)
    codes: tuple[NDArray[np.int64], ...] = ()
    count = 1
    for column in columns:
        size = max(len(column.texts), 1)
        numbers *= size
        numbers += column.codes.to_numpy()
        present, numbers = _compact(numbers, count * size)
        above, mine = np.divmod(present, size)
        codes = (*(code[above] for code in codes), mine)
        count = len(present)
    return Combinations(numbers, codes)


def _compact(numbers: NDArray[np.int64], span: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers that occur, in order, and the place of each row's number among them."""
    if span > TABLE:
        present, places = np.unique(numbers, return_inverse=True)
        return present, places.reshape(-1).astype(np.int64)
    seen = np.zeros(span, dtype=np.bool_)
    seen[numbers] = True
    place = np.cumsum(seen, dtype=np.int64)
    place -= 1
    return np.flatnonzero(seen), place[numbers]


def sums(numbers: NDArray[np.int64], amounts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Exact sums by number for sums below 2**62: the halves are added as doubles below 2**53."""
    upper = np.bincount(numbers, weights=amounts >> 24, minlength=size).astype(np.int64)
    lower = np.bincount(numbers, weights=amounts & 0xFFFFFF, minlength=size).astype(np.int64)
    return np.asarray((upper << 24) + lower)
