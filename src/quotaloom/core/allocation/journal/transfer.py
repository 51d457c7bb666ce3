"""Cells that change hands between members: rows opened for them, figures added up or shared out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.core.numeric.apportion import apportion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from quotaloom.core.allocation.journal.place import Ints, Key, Mask
    from quotaloom.core.allocation.journal.plan import Column, Plan

Written = tuple["Key", Region, "Mask"]


def spare_rows(plan: Plan, axis: str, member: str, beside: str) -> Plan:
    """The plan with an empty row of the member beside each row of another member's branch.

    Rows that are there already stay the only ones. Without any row to stand beside, each
    combination of the other axes opens.
    """
    place = plan.axis_places[axis]
    code = plan.axis(axis).place(member)
    rows = plan.region(Slice(((axis, beside),) if beside else ())).rows
    there = plan.rows[rows] if len(rows) else plan.rows
    wanted = there.copy()
    wanted[:, place] = code
    if not len(wanted) and len(plan.axes) == 1:
        wanted = np.array([[code]], np.int32)
    known = {tuple(row) for row in plan.rows[plan.rows[:, place] == code].tolist()}
    new = sorted({tuple(row) for row in wanted.tolist()} - known)
    if not new:
        return plan
    columns = {key: column.widened(len(new)) for key, column in plan.columns.items()}
    more = np.array(new, np.int32).reshape(len(new), len(plan.axes))
    return replace(plan, rows=np.concatenate([plan.rows, more]), columns=columns)


def taken_over(
    plan: Plan, axis: str, gone: Sequence[str], into: str, late: Sequence[int], seq: int
) -> tuple[Plan, tuple[Written, ...]]:
    """The figures of some members in these periods added to another's, and 0 left behind."""
    source = np.concatenate([_own(plan, axis, member) for member in gone] or [np.array([], int)])
    goal = _partners(plan, axis, source, into)
    return _each_column(plan, source, goal, late, seq)


def shared_out(
    plan: Plan,
    axis: str,
    split: tuple[str, Sequence[str], Sequence[Fraction]],
    late: Sequence[int],
    seq: int,
) -> tuple[Plan, tuple[Written, ...]]:
    """The figures of a member in these periods among others by weight, and 0 left behind.

    Each cell is shared out by largest remainder, to the unit.
    """
    member, ids, weights = split
    base = int(np.lcm.reduce([weight.denominator for weight in weights]))
    drivers = np.array([int(weight * base) for weight in weights], np.int64)
    source = _own(plan, axis, member)
    goals = [_partners(plan, axis, source, one) for one in ids]
    periods = np.array(late, np.int64)
    written = []
    for key, column in plan.columns.items():
        region = Region(source, periods)
        totals = region.cut(column.values).ravel()
        given = region.cut(column.given)
        starts = np.arange(len(totals) + 1) * len(ids)
        parts = apportion(totals, np.tile(drivers, len(totals)), starts).reshape(-1, len(ids))
        after = column
        for number, goal in enumerate(goals):
            part = parts[:, number].reshape(region.shape)
            after = after.written(Region(goal, periods), given, part, seq)
            written.append((key, Region(goal, periods), given))
        after = after.written(region, given, np.zeros(region.shape, np.int64), seq)
        written.append((key, region, given))
        plan = plan.with_column(key, after)
    return plan, tuple(written)


def _each_column(
    plan: Plan, source: Ints, goal: Ints, late: Sequence[int], seq: int
) -> tuple[Plan, tuple[Written, ...]]:
    periods = np.array(late, np.int64)
    written: list[Written] = []
    for key, column in plan.columns.items():
        region = Region(source, periods)
        given = region.cut(column.given)
        after = _added(column, region, goal, seq)
        written += [(key, region, given), (key, Region(goal, periods), given)]
        plan = plan.with_column(key, after)
    return plan, tuple(written)


def _added(column: Column, region: Region, goal: Ints, seq: int) -> Column:
    """The cells of the region added to those of the goal rows, one goal row a source row."""
    given = region.cut(column.given)
    moved = np.where(given, region.cut(column.values), 0)
    targets, numbers = np.unique(goal, return_inverse=True)
    theirs = Region(targets, region.periods)
    sums = theirs.cut(column.values).copy()
    some = np.zeros(theirs.shape, np.bool_)
    np.add.at(sums, numbers, moved)
    np.logical_or.at(some, numbers, given)
    after = column.written(theirs, some, sums, seq)
    return after.written(region, given, np.zeros(region.shape, np.int64), seq)


def _own(plan: Plan, axis: str, member: str) -> Ints:
    """The rows of a member itself. A member that holds others has to be emptied first."""
    tree = plan.axis(axis)
    if any(tree.children(member, period.start) for period in plan.periods):
        raise DataRefused([error("edit.not_a_leaf", member, axis=axis)])
    return np.flatnonzero(plan.rows[:, plan.axis_places[axis]] == tree.place(member))


def _partners(plan: Plan, axis: str, source: Ints, into: str) -> Ints:
    """For each row, the row of another member with the same other coordinates."""
    place = plan.axis_places[axis]
    code = plan.axis(axis).place(into)
    wanted = plan.rows[source].copy()
    wanted[:, place] = code
    numbers = {tuple(row): number for number, row in enumerate(plan.rows.tolist())}
    return np.array([numbers[tuple(row)] for row in wanted.tolist()], np.int64)
