"""Split whole totals by weight, so that the parts add up to the total exactly.

The method is largest remainder (最大余数法, Hamilton): every part gets the floor of its exact
share; the units then left over go, one each, to the parts with the largest remainders. A tie goes
to the larger weight, then to the lower rank. Row order decides only where no rank is given.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.numeric import exact, fast
from quotaloom.core.numeric.apportion_select import chosen
from quotaloom.core.numeric.groups import Groups, whole
from quotaloom.core.numeric.refusal import bad_cells, bad_groups, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from numpy.typing import ArrayLike

    from quotaloom.core.model.findings import Finding
    from quotaloom.core.numeric.groups import Ints, Mask

OnZero = Literal["equal", "refuse"]
NO_RANK = np.empty(0, np.int64)


def apportion(
    totals: ArrayLike,
    weights: ArrayLike,
    starts: ArrayLike,
    *,
    rank: ArrayLike | None = None,
    valid: ArrayLike | None = None,
    on_zero: OnZero = "refuse",
) -> Ints:
    """Each group's total over its cells by weight, in whole units, int64.

    Group g owns the cells [starts[g], starts[g + 1]). Totals reach from -2**62 to 2**62, the
    weights of a group sum to less than 2**63; apportion(-T) = -apportion(T). ``rank`` (int32,
    >= 0, distinct within a group) breaks the last tie, the lower one first; without it the earlier
    cell does. ``valid`` is False where a weight is missing. Raises DataRefused that names every
    missing or negative weight, and each group with a total but no cell, or no weight unless
    ``on_zero`` is "equal".
    """
    amounts, drivers = whole(totals), whole(weights)
    groups = grouped(amounts, drivers, starts)
    ranks = NO_RANK if rank is None else whole(rank)
    answer = np.empty(groups.cells, np.int64)
    kernels = fast.kernels_for(groups.cells) if valid is None else None
    task = (amounts, drivers, groups.starts, ranks)
    if kernels is not None and kernels.split(task, on_zero == "equal", answer) < 0:
        return answer
    drivers, sums = driven(amounts, drivers, groups, valid=valid, on_zero=on_zero)
    for run, cells, block in groups.blocks():
        keys = (drivers[cells], *places_of(ranks, cells))
        answer[cells] = split_block(amounts[run], sums[run], block, *keys)
    return answer


def grouped(totals: Ints, weights: Ints, starts: ArrayLike) -> Groups:
    """The groups, one a total. ValueError where the arrays do not meet."""
    groups = Groups.of(starts, len(weights))
    if len(totals) != len(groups):
        raise ValueError(f"{len(totals)} totals for {len(groups)} groups")
    return groups


def driven(
    totals: Ints,
    weights: Ints,
    groups: Groups,
    *,
    valid: ArrayLike | None = None,
    on_zero: OnZero = "refuse",
) -> tuple[Ints, Ints]:
    """The weights that are split by, and their sums; raises all that forbids to split."""
    sums, spoilt, findings = _checked(totals, weights, groups, valid)
    hollow = (sums == 0) & (totals != 0) & (groups.sizes > 0) & ~spoilt
    if on_zero == "refuse":
        findings += bad_groups("apportion.no_weight", hollow, total=totals)
    refuse(findings)
    if not hollow.any():
        return weights, sums
    return np.where(groups.each(hollow), 1, weights), np.where(hollow, groups.sizes, sums)


def places_of(ranks: Ints, cells: slice) -> tuple[Ints, ...]:
    """The ranks of some cells as a key of which the larger comes first; none without ranks."""
    return (ranks.max() - ranks[cells],) if ranks.size else ()


def _checked(
    totals: Ints, weights: Ints, groups: Groups, valid: ArrayLike | None
) -> tuple[Ints, Mask, list[Finding]]:
    """The sum of each group's weights, the groups that are spoilt, and what is wrong."""
    missing = np.False_ if valid is None else ~np.asarray(valid, np.bool_)
    negative = (weights < 0) & ~missing
    sums, wide = exact.exact_sums(np.maximum(weights, 0), groups)
    wide |= (totals > exact.LIMIT_TOTAL) | (totals < -exact.LIMIT_TOTAL)
    bare = (groups.sizes == 0) & (totals != 0)
    findings = [
        *bad_cells("apportion.weight_missing", missing & np.ones_like(negative), groups),
        *bad_cells("apportion.weight_negative", negative, groups, value=weights),
        *bad_groups("apportion.too_large", wide, total=totals),
        *bad_groups("apportion.no_cell", bare, total=totals),
    ]
    spoilt = wide | (groups.sums(negative | missing) > 0) if findings else wide
    return sums, spoilt, findings


def split_block(totals: Ints, sums: Ints, groups: Groups, weights: Ints, *places: Ints) -> Ints:
    """One block: the floors, and a unit more for the largest remainders."""
    part, rest = exact.shares(np.abs(totals), weights, sums, groups)
    return raised(part, totals, groups, rest, weights, *places)


def raised(part: Ints, totals: Ints, groups: Groups, *keys: Ints) -> Ints:
    """The floors with the units left over given to the first cells by key, and the sign."""
    left_over = np.abs(totals) - groups.sums(part)
    part += chosen(left_over, groups, *keys)
    negative = totals < 0
    return np.where(groups.each(negative), -part, part) if negative.any() else part


def apportion_fractions(
    total: int, weights: Sequence[Fraction | Decimal | int], *, rank: Sequence[int] | None = None
) -> list[int]:
    """One total by exact rational weights of any size, such as 37.5 and 62.5.

    The same rule and the same ties as ``apportion``; raises the same refusals.
    """
    ratios = [weight.as_integer_ratio() for weight in weights]
    base = lcm(*(bottom for _, bottom in ratios))
    drivers = [top * (base // bottom) for top, bottom in ratios]
    over = sum(drivers)
    negative = np.array([driver < 0 for driver in drivers], np.bool_)
    refuse(bad_cells("apportion.weight_negative", negative, Groups.sized(np.array([len(drivers)]))))
    if over == 0 and total != 0:
        raise DataRefused([error("apportion.no_weight", "#1", group=0, total=total)])
    over = max(over, 1)
    order = list(rank) if rank is not None else list(range(len(drivers)))
    parts = [abs(total) * driver // over for driver in drivers]
    rests = [abs(total) * driver % over for driver in drivers]
    by_rest = sorted(range(len(drivers)), key=lambda i: (-rests[i], -drivers[i], order[i]))
    more = set(by_rest[: abs(total) - sum(parts)])
    sign = -1 if total < 0 else 1
    return [sign * (part + (cell in more)) for cell, part in enumerate(parts)]
