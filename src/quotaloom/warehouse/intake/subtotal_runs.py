"""Where the block of rows begins that a suspected sum would add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Suspects:
    """Rows ``at`` that could be sums. ``labels`` name them, ``sure`` where that leaves no doubt.

    ``blanks`` and ``labelled`` have a column a key: its cell is blank, its cell is the label.
    """

    at: NDArray[np.int64]
    labels: list[str]
    named: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    blanks: NDArray[np.bool_]
    labelled: NDArray[np.bool_]


def run_starts(codes: Sequence[NDArray[np.int32]], found: Suspects) -> NDArray[np.int64]:
    """For each suspect the first of the rows before it that share all keys it fills.

    The suspect itself where the row before it already differs; 0 where it fills no key.
    """
    starts = np.zeros(len(found.at), dtype=np.int64)
    before = np.maximum(found.at - 1, 0)
    for column, code in enumerate(codes):
        changes = np.flatnonzero(np.diff(code, prepend=code[:1])) if len(code) else code
        begins = np.zeros(len(code), dtype=np.int64)
        begins[changes] = changes
        begins = np.maximum.accumulate(begins)
        same = code[before] == code[found.at]
        filled = ~found.blanks[:, column] & ~found.labelled[:, column]
        own = np.where(same, begins[before], found.at)
        starts = np.where(filled, np.maximum(starts, own), starts)
    return starts


def unblemished_since(codes: Sequence[NDArray[np.int32]], found: Suspects) -> NDArray[np.int64]:
    """For each suspect the first row from which on one of its blank keys is always filled."""
    since = found.at.copy()
    for column, code in enumerate(codes):
        past = np.where(code < 0, np.arange(1, len(code) + 1), 0)
        last = np.concatenate([[0], np.maximum.accumulate(past)[:-1]]) if len(past) else past
        blank = found.blanks[:, column]
        since = np.where(blank, np.minimum(since, last[found.at]), since)
    return since
