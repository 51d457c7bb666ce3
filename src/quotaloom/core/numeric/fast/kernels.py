"""The compiled kernels, gathered."""

from __future__ import annotations

from quotaloom.core.numeric.fast.bounded import split_bounded
from quotaloom.core.numeric.fast.cube import roll_axis, roll_rows
from quotaloom.core.numeric.fast.real import real_shares
from quotaloom.core.numeric.fast.split import split, split_held

__all__ = ["real_shares", "roll_axis", "roll_rows", "split", "split_bounded", "split_held"]
