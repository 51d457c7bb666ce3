"""The compiled kernels, gathered."""

from __future__ import annotations

from quotaloom.core.numeric.fast.bounded import split_bounded
from quotaloom.core.numeric.fast.cube import roll_axis, roll_rows
from quotaloom.core.numeric.fast.real import real_shares
from quotaloom.core.numeric.fast.split import split, split_held
from quotaloom.core.numeric.fast.table import (
    column_sums,
    cut,
    free_column_sums,
    leaves,
    parted,
    product,
    row_sums,
)
from quotaloom.core.numeric.fast.whole import (
    gather,
    group_sums,
    line_sums,
    nests,
    on_grid,
    running,
    seated,
    seats,
    still_cells,
)

__all__ = [
    "column_sums",
    "cut",
    "free_column_sums",
    "gather",
    "group_sums",
    "leaves",
    "line_sums",
    "nests",
    "on_grid",
    "parted",
    "product",
    "real_shares",
    "roll_axis",
    "roll_rows",
    "row_sums",
    "running",
    "seated",
    "seats",
    "split",
    "split_bounded",
    "split_held",
    "still_cells",
]
