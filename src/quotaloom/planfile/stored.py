"""The cells that a solver found, as bytes: kept with the edit, because others may find others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.change import Change
from quotaloom.core.allocation.journal.place import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARK: Final = b"quotaloom cells 1\n"


def change_bytes(change: Change) -> bytes:
    """The change in one canonical form: a line of JSON, then little-endian arrays.

    The arrays are the rows (int64), the periods (int64), what is written (a byte a cell) and the
    cells after (int64), row by row.
    """
    head = {
        "measure": change.key[0],
        "layer": change.key[1],
        "method": change.method,
        "rows": change.region.shape[0],
        "periods": change.region.shape[1],
    }
    arrays = (
        change.region.rows.astype("<i8"),
        change.region.periods.astype("<i8"),
        change.live.astype(np.uint8),
        np.where(change.live, change.after, 0).astype("<i8"),
    )
    line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return MARK + line + b"".join(one.tobytes() for one in arrays)


def read_change(content: bytes) -> Change:
    """The change of some bytes. ValueError where they are none."""
    if not content.startswith(MARK):
        raise ValueError("these are no cells of an edit")
    end = content.index(b"\n", len(MARK))
    head = json.loads(content[len(MARK) : end])
    rows, periods = head["rows"], head["periods"]
    body = _Body(content, end + 1)
    region = Region(body.take("<i8", rows), body.take("<i8", periods))
    live = body.take("u1", rows * periods).astype(np.bool_).reshape(rows, periods)
    after = body.take("<i8", rows * periods).reshape(rows, periods)
    key = (head["measure"], head["layer"])
    return Change(key, region, live, after, head["method"], is_solved=True)


class _Body:
    """Arrays one after the other in some bytes."""

    def __init__(self, content: bytes, start: int) -> None:
        self.content, self.start = content, start

    def take(self, kind: str, count: int) -> NDArray[np.int64]:
        """The next array."""
        found = np.frombuffer(self.content, kind, count, self.start)
        self.start += found.nbytes
        return found.astype(np.int64)
