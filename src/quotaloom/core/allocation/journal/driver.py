"""Figures that a method reads: another slice or a read-only reference, cell by cell of a room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.aim import Aim
    from quotaloom.core.allocation.journal.place import Ints, Mask, Region
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding


class Driver(NamedTuple):
    """A figure for each cell of a region; ``given`` is False where there is none, which is not 0.

    Of a read-only reference every figure counts as given.
    """

    values: Ints
    given: Mask


def driver(plan: Plan, region: Region, at: Slice, source: Slice | str) -> Driver:
    """The source's figure for each cell of the region of ``at``.

    A reference by name is read cell by cell. Of another slice each cell reads the sum of those
    that agree with it on every axis that both leave alone; periods pair by their place.
    """
    if isinstance(source, str):
        return _named(plan, region, source)
    theirs = plan.region(replace(source, members=source.members or at.members))
    if theirs.shape[1] != region.shape[1]:
        has, wanted = theirs.shape[1], region.shape[1]
        raise UsageRefused(
            [error("edit.reference_periods", source.period, periods=has, wanted=wanted)]
        )
    column = plan.column(_key(at, source))
    given = theirs.cut(column.given) & theirs.mask
    values = np.where(given, theirs.cut(column.values), 0)
    axes = [
        place
        for place, axis in enumerate(plan.axes)
        if source.members == () or source.member(axis.name) == at.member(axis.name)
    ]
    found, numbers = np.unique(plan.rows[:, axes], axis=0, return_inverse=True)
    numbers = numbers.ravel()
    sums = np.zeros((len(found), region.shape[1]), np.int64)
    some = np.zeros(sums.shape, np.bool_)
    np.add.at(sums, numbers[theirs.rows], values)
    np.logical_or.at(some, numbers[theirs.rows], given)
    return Driver(sums[numbers[region.rows]], some[numbers[region.rows]])


def drivers_of(
    plan: Plan, region: Region, aims: Sequence[Aim], sources: Sequence[Slice | str]
) -> tuple[Driver, ...]:
    """The drivers of a room that several aims share: each aim reads beside its own slice."""
    return tuple(_joined(plan, region, aims, source) for source in sources)


def _joined(plan: Plan, region: Region, aims: Sequence[Aim], source: Slice | str) -> Driver:
    if isinstance(source, str) or len(aims) == 1:
        return driver(plan, region, aims[0].at, source)
    values, given = np.zeros(region.shape, np.int64), np.zeros(region.shape, np.bool_)
    for aim in aims:
        own = plan.region(aim.at)
        read = driver(plan, own, aim.at, source)
        where = np.ix_(
            np.searchsorted(region.rows, own.rows), np.searchsorted(region.periods, own.periods)
        )
        values[where] = np.where(own.mask, read.values, values[where])
        given[where] = np.where(own.mask, read.given, given[where])
    return Driver(values, given)


def _named(plan: Plan, region: Region, name: str) -> Driver:
    if name not in plan.references:
        shown = "、".join(plan.references)
        raise UsageRefused([error("edit.unknown_reference", name, references=shown)])
    figures = plan.references[name]
    wide = np.zeros(plan.shape, np.int64)
    wide[: len(figures)] = figures
    return Driver(region.cut(wide), np.ones(region.shape, np.bool_))


def unpaired(plan: Plan, at: Slice, source: Slice | str) -> tuple[Finding, ...]:
    """That a reference holds figures, and yet none that pairs with a cell of ``at``.

    It is told and not refused: what was once written so replays.
    """
    if isinstance(source, str):
        return ()
    whole = Slice(source.members or at.members, source.period, *_key(at, source))
    total = plan.total(whole)
    if not total:
        return ()
    said = plan.measure(whole.measure).say(total)
    return (warning("edit.reference_unpaired", _named_of(whole), total=said),)


def _named_of(at: Slice) -> str:
    return "&".join([*(f"{axis}={member}" for axis, member in at.members), at.period]).strip("&")


def _key(at: Slice, source: Slice) -> tuple[str, str]:
    return source.measure or at.measure, source.layer or at.layer
