"""Figures that a method reads: another slice or a read-only reference, cell by cell of a room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.place import Ints, Region, Slice
    from quotaloom.core.allocation.journal.plan import Plan


def driver(plan: Plan, region: Region, at: Slice, source: Slice | str) -> Ints:
    """The source's figure for each cell of the region of ``at``.

    A reference by name is read cell by cell. Of another slice each cell reads the sum of those
    that agree with it on every axis that both leave alone; periods pair by their place.
    """
    if isinstance(source, str):
        if source not in plan.references:
            shown = "、".join(plan.references)
            raise UsageRefused([error("edit.unknown_reference", source, references=shown)])
        figures = plan.references[source]
        wide = np.zeros(plan.shape, np.int64)
        wide[: len(figures)] = figures
        return region.cut(wide)
    theirs = plan.region(replace(source, members=source.members or at.members))
    values = np.where(theirs.mask, theirs.cut(plan.column(_key(at, source)).values), 0)
    if theirs.shape[1] != region.shape[1]:
        has, wanted = theirs.shape[1], region.shape[1]
        raise UsageRefused(
            [error("edit.reference_periods", source.period, periods=has, wanted=wanted)]
        )
    axes = [
        place
        for place, axis in enumerate(plan.axes)
        if source.members == () or source.member(axis.name) == at.member(axis.name)
    ]
    keys = plan.rows[:, axes]
    found, numbers = np.unique(keys, axis=0, return_inverse=True)
    numbers = numbers.ravel()
    sums = np.zeros((len(found), region.shape[1]), np.int64)
    np.add.at(sums, numbers[theirs.rows], values)
    found_cells: Ints = sums[numbers[region.rows]]
    return found_cells


def _key(at: Slice, source: Slice) -> tuple[str, str]:
    return source.measure or at.measure, source.layer or at.layer
