"""Events that lift the season: launches, procurement cycles, campaigns (F7)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.numeric.apportion import apportion_fractions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

GRID: Final = 10**12
"""Weights that need more digits are put on so many parts."""


def lifted(profiles: NDArray[np.int64], factors: Sequence[Fraction]) -> NDArray[np.int64]:
    """Each profile with its weights times the factor of their period: exact where GRID holds it.

    Factors are 1 + the sum of the uplifts, none below 0.
    """
    scale = lcm(*(one.denominator for one in factors))
    whole = [int(one * scale) for one in factors]
    rows = [_lifted(row, whole) for row in profiles.tolist()]
    return np.array(rows, np.int64)


def _lifted(row: Sequence[int], factors: Sequence[int]) -> list[int]:
    exact = [weight * factor for weight, factor in zip(row, factors, strict=True)]
    common = gcd(*exact) or 1
    found = [one // common for one in exact]
    if sum(found) <= GRID:
        return found
    return apportion_fractions(GRID, [Fraction(one) for one in found])
