"""Webster's divisor method (Sainte-Laguë) for head-counts: a larger total never costs anyone.

Each part is its weight divided by one common divisor and rounded; the divisor is such that the
parts add up. Unlike largest remainder it may leave a part more than one unit from its exact share.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.groups import Groups, whole
from quotaloom.core.numeric.refusal import bad_cells, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from quotaloom.core.numeric.groups import Ints


def webster(total: int, weights: ArrayLike, *, rank: ArrayLike | None = None) -> Ints:
    """The total over one group by weight, in whole units; for -T the same with every sign changed.

    Ties go to the larger weight, then to the lower rank (the earlier cell without one). Exact for
    any int64 weight. Raises DataRefused for a negative weight, or a total without any weight.
    """
    drivers = whole(weights)
    one = Groups.sized(np.array([len(drivers)]))
    refuse(bad_cells("apportion.weight_negative", drivers < 0, one))
    order = range(len(drivers)) if rank is None else whole(rank).tolist()
    cells = [cell for cell in range(len(drivers)) if drivers[cell] > 0]
    answer = np.zeros(len(drivers), np.int64)
    if total and not cells:
        raise DataRefused([error("apportion.no_weight", "#1", group=0, total=total)])
    if total:
        own = [int(drivers[cell]) for cell in cells]
        parts = _divided(abs(total), own, [order[cell] for cell in cells])
        answer[cells] = parts if total > 0 else [-part for part in parts]
    return answer


def _divided(total: int, weights: Sequence[int], order: Sequence[int]) -> list[int]:
    """Round each exact share half down, then give or take single units by priority."""
    over = sum(weights)
    parts = [-((over - 2 * total * weight) // (2 * over)) for weight in weights]
    missing = total - sum(parts)
    step = 1 if missing > 0 else -1
    queue = [_claim(cell, parts, weights, order, step) for cell in range(len(weights))]
    heapify(queue)
    for _ in range(abs(missing)):
        cell = queue[0][-1]
        parts[cell] += step
        heapreplace(queue, _claim(cell, parts, weights, order, step))
    return parts


def _claim(
    cell: int, parts: list[int], weights: Sequence[int], order: Sequence[int], step: int
) -> tuple[Fraction, int, int, int]:
    """Sorts first what gets the next unit (step 1) or gives its last one back (step -1)."""
    odd = 2 * parts[cell] + step
    weight = weights[cell]
    return step * Fraction(odd, weight), -step * weight, step * order[cell], cell
