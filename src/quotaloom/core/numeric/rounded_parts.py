"""Exact parts rounded to whole steps so that they add up to a total that is rounded already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.numeric.apportion_select import chosen
from quotaloom.core.numeric.groups import Groups, whole

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from quotaloom.core.numeric.groups import Ints


def rounded_parts(parts: ArrayLike, step: int, totals: ArrayLike, starts: ArrayLike) -> Ints:
    """Each part in whole steps, less than one step from its exact size, int64.

    Group g owns the parts [starts[g], starts[g + 1]) and sums to ``totals[g]`` steps, which must be
    a neighbour of its exact sum (ValueError). Parts may be negative. The largest remainders go up;
    a tie goes to the earlier part, so callers order the parts by member code.
    """
    amounts, wanted = whole(parts), whole(totals)
    groups = Groups.of(starts, len(amounts))
    floors = amounts // step
    rests = amounts - floors * step
    missing = wanted - groups.sums(floors)
    spare = groups.sums(rests) - missing * step
    if (np.abs(spare) >= step).any():
        raise ValueError("a total is not next to the exact sum of its parts")
    return floors + chosen(missing, groups, rests)
