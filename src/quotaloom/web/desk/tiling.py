"""Totals of a block whose parts stand in the block as well: they must agree, and say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Ints, Region
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.web.desk.figure import Figure


def without_sums(plan: Plan, figures: Sequence[Figure]) -> list[Figure]:
    """The figures without those that others of them add up to.

    Raises UsageRefused where such a total is not the sum of its parts. One that was rounded, or
    has rounded parts, may be off by as many units.
    """
    regions = [plan.region(one.place.at) for one in figures]
    covers = np.full(plan.shape, -1, np.int64)  # which figure a cell belongs to so far
    kept, wrong = [], []
    for number in sorted(range(len(figures)), key=lambda one: regions[one].size):
        parts = _parts(covers, regions[number], regions)
        if parts is None:
            kept.append(number)
        elif not _agrees(figures[number], [figures[part] for part in parts]):
            sums = sum(figures[part].amount for part in parts)
            wrong.append(_differs(plan, figures[number], sums))
        _cover(covers, regions[number], number)
    if wrong:
        raise UsageRefused(wrong)
    return [figures[number] for number in sorted(kept)]


def _parts(covers: Ints, region: Region, regions: Sequence[Region]) -> list[int] | None:
    """The earlier figures that fill a region between them, None where they do not."""
    cells = region.cut(covers)[region.mask]
    found, counts = np.unique(cells, return_counts=True)
    parts = found.tolist()
    whole = parts and parts[0] >= 0
    sizes = [regions[part].size for part in parts] if whole else []
    return parts if whole and sizes == counts.tolist() else None


def _cover(covers: Ints, region: Region, number: int) -> None:
    where = np.ix_(region.rows, region.periods)
    covers[where] = np.where(region.mask, number, covers[where])


def _agrees(total: Figure, parts: Sequence[Figure]) -> bool:
    slack = sum(one.is_rounded for one in (total, *parts))
    return abs(total.amount - sum(one.amount for one in parts)) <= slack


def _differs(plan: Plan, total: Figure, sums: int) -> Finding:
    say = plan.measure(total.place.at.measure).say
    amounts = {"total": say(total.amount), "expected": say(sums)}
    return error("paste.sum_differs", wish=total.place.words, **amounts)
