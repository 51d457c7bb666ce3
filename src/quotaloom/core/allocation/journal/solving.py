"""Several sums at once: rake a room's cells so that wishes, held totals and bounds all hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused, Infeasible
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from quotaloom.core.numeric.rake import rake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Ints, Mask
    from quotaloom.core.allocation.journal.room import Room


def solve(room: Room, wishes: Sequence[tuple[str, Mask, int]]) -> Ints:
    """The room's cells as near to what they hold as all the sums allow, in whole units.

    A wish is its text, its cells and their sum. Held cells stay. Raises Infeasible:
    ``rake.conflict`` names an irreducible set, holds and bounds as "#7" by the edit that set
    them; DataRefused (``edit.negative_solving``) where a cell is below 0.
    """
    inside = room.region.mask.ravel()
    now = room.now.ravel()[inside]
    live = room.live.ravel()[inside]
    below = int((now < 0).sum())
    if below:
        raise DataRefused([error("edit.negative_solving", cells=below)])
    margins = [_margin(cells.ravel()[inside], low, low, text) for text, cells, low in wishes]
    margins += [
        _margin(kept.cells.ravel()[inside], kept.low, kept.high, f"#{kept.seq}")
        for kept in room.kept
    ]
    low = np.where(live, 0, now)
    high = np.where(live, np.int64(UNBOUNDED), now)
    cells = _raked(now, live, margins, (low, high))
    after = room.now.ravel().copy()
    after[inside] = cells
    return after.reshape(room.shape)


def _raked(now: Ints, live: Mask, margins: list[Margin], edges: tuple[Ints, Ints]) -> Ints:
    """From the figures as they are; where empty cells stand in the way, they open a little."""
    seed = now.astype(np.float64)
    low, high = edges
    try:
        return rake(seed, margins, low=low, high=high)
    except Infeasible:
        if not (live & (now == 0)).any():
            raise
    opened = np.where(live & (now == 0), max(float(now.max(initial=0)) * 1e-6, 1e-6), seed)
    return rake(opened, margins, low=low, high=high)


def _margin(cells: Mask, low: int | None, high: int | None, name: str) -> Margin:
    codes = np.where(cells, 0, -1).astype(np.int32)
    least = -UNBOUNDED if low is None else np.int64(low)
    most = UNBOUNDED if high is None else np.int64(high)
    return Margin(codes, np.array([least]), np.array([most]), (name,))
