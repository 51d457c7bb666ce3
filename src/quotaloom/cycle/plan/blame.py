"""Who last wrote the figures of a slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.planfile.journal import Journal
    from quotaloom.planfile.record import Record


@dataclass(frozen=True, slots=True)
class Blame:
    """An edit that last wrote some cells of a slice: how many, and what they add up to now.

    ``record`` is None for the figures that the plan began with.
    """

    record: Record | None
    cells: int
    total: int


def blame(journal: Journal, at: Slice) -> list[Blame]:
    """The edits that last wrote cells of the slice, the newest first."""
    plan = journal.plan
    region = plan.region(at)
    column = plan.column(at.key)
    given = region.cut(column.given) & region.mask
    writers, values = region.cut(column.writer)[given], region.cut(column.values)[given]
    numbers, places, counts = np.unique(writers, return_inverse=True, return_counts=True)
    sums = np.zeros(len(numbers), np.int64)
    np.add.at(sums, places.ravel(), values)
    return [
        Blame(journal.record(seq) if seq else None, cells, total)
        for seq, cells, total in reversed(
            list(zip(numbers.tolist(), counts.tolist(), sums.tolist(), strict=True))
        )
    ]


def history(journal: Journal, at: Slice) -> list[Record]:
    """Every edit that ever wrote a cell of the slice as it is now, the newest first.

    Asks each edit for what it wrote, so it takes as long as a replay.
    """
    found = []
    region = journal.plan.region(at)
    for seq in range(journal.plan.position, 0, -1):
        column = journal.at(seq).columns.get(at.key)
        if column is None:
            continue
        rows = region.rows[region.rows < len(column.writer)]
        if (column.writer[np.ix_(rows, region.periods)] == seq).any():
            found.append(journal.record(seq))
    return found
