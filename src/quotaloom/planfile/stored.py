"""The cells that a solver found, as bytes: kept with the edit, because others may find others."""

from __future__ import annotations

import numpy as np

from quotaloom.core.allocation.journal.change import Change
from quotaloom.core.allocation.journal.place import Region
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.planfile.pack import UNREADABLE, pack, unpack


def change_bytes(change: Change) -> bytes:
    """The change in one canonical form; a cell that is not written is 0 there."""
    measure, layer = change.key
    head = {"measure": measure, "layer": layer, "method": change.method}
    arrays = {
        "rows": change.region.rows.astype(np.int64),
        "periods": change.region.periods.astype(np.int64),
        "live": change.live,
        "after": np.where(change.live, change.after, 0).astype(np.int64),
    }
    return pack(head, arrays)


def read_change(content: bytes) -> Change:
    """The change of some bytes. DataRefused where they are none."""
    head, arrays = unpack(content)
    try:
        region = Region(arrays["rows"], arrays["periods"])
        key = (head["measure"], head["layer"])
        live, after = arrays["live"], arrays["after"]
        return Change(key, region, live, after, head["method"], is_solved=True)
    except UNREADABLE as cause:
        raise DataRefused([error("planfile.cells_unreadable")]) from cause
