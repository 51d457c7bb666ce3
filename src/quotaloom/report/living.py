"""A living plan seen from any side: the figures and trees that it has now, as a pivot."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.axis import PARTS
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.wished import kept_keys
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.measured import measured
from quotaloom.report.period_columns import columns_of
from quotaloom.report.pivot import Level, Pivot, level_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from quotaloom.core.allocation.journal.axis import Axis, Member
    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.report.pivot import Ints, Path


def living_levels(plan: Plan) -> Mapping[str, Level]:
    """The levels of all axes as the trees stand in the plan's last period, over its leaf table."""
    day = plan.periods[-1].start
    return {
        header: _level(plan, place, depth, day)
        for place, axis in enumerate(plan.axes)
        for depth, header in enumerate(axis.levels)
    }


def living_pivot(base: Pivot, plan: Plan, key: Key, levels: Mapping[str, Level]) -> Pivot:
    """The pivot of a decomposition with the figures that the plan has now.

    ``key`` names a measure and a layer; ``base`` has its history. Rows that were opened since have
    none. A ratio is taken of its two sides.
    """
    above, *below = kept_keys(plan, key)
    under = _minor(plan, below[0]) if below else None
    given = plan.column(above).given
    rows = len(given)
    past, potential = (
        None if one is None else _widened(one, rows) for one in (base.last_year, base.potential)
    )
    found = replace(
        base,
        levels=levels,
        quota=_minor(plan, above),
        basis=_widened(base.basis, rows),
        last_year=past,
        potential=potential,
        given=None if given.all() else given,
    )
    return measured(found, plan.measure(key[0]).kind, under)


def without_history(base: Pivot) -> Pivot:
    """The pivot without the figures of earlier years, which are of another measure."""
    return replace(base, basis=np.zeros_like(base.basis), last_year=None)


def plan_pivot(plan: Plan, key: Key) -> Pivot:
    """The pivot of a plan of which nothing else is known: without any history."""
    bare = Pivot(
        levels={},
        hierarchies=tuple((axis.name, axis.levels) for axis in plan.axes),
        columns=columns_of([one.label for one in plan.periods], plan.rollups),
        quota=np.zeros((0, len(plan.periods)), np.int64),
        basis=np.zeros(0, np.int64),
        last_year=None,
    )
    return living_pivot(bare, plan, key, living_levels(plan))


def node_slice(plan: Plan, rows: Sequence[str], path: Path, period: str, key: Key) -> Slice:
    """The slice of a node: on each axis the member that its codes name.

    Raises UsageRefused where several members have these codes, or none.
    """
    day = plan.periods[-1].start
    members = []
    for axis in plan.axes:
        named = {
            axis.levels.index(header): text
            for header, text in zip(rows, path, strict=False)
            if text and header in axis.levels
        }
        if named:
            members.append((axis.name, _member(axis, named, day)))
    return Slice(tuple(sorted(members)), period, *key)


def node_path(plan: Plan, at: Slice, rows: Sequence[str]) -> Path:
    """The codes of a slice's members under an order of rows, "" where it names none."""
    day = plan.periods[-1].start
    texts: dict[str, str] = {}
    for name, member in at.members:
        axis = plan.axis(name)
        ladder = _ladders(axis, day)[axis.place(member)]
        texts |= {
            header: _code(axis.members[one])
            for header, one in zip(axis.levels, ladder, strict=False)
        }
    return tuple(texts.get(header, "") for header in rows)


def _member(axis: Axis, named: Mapping[int, str], day: date) -> str:
    deepest = max(named)
    found = [
        axis.members[ladder[deepest]].id
        for place, ladder in enumerate(_ladders(axis, day))
        if len(ladder) == deepest + 1
        and not axis.is_void(axis.members[place].id)
        and all(_code(axis.members[ladder[depth]]) == text for depth, text in named.items())
    ]
    if len(found) != 1:
        raise UsageRefused([error("edit.node_unclear", named[deepest], axis=axis.name)])
    return found[0]


def _level(plan: Plan, place: int, depth: int, day: date) -> Level:
    axis = plan.axes[place]
    last = depth == len(axis.levels) - 1
    codes, names = [], []
    for member, ladder in zip(axis.members, _ladders(axis, day), strict=True):
        deep = len(ladder) > depth and not axis.is_void(member.id)
        one = axis.members[ladder[-1 if last else depth]] if deep else None
        codes.append(_code(one) if one else "")
        names.append(one.name(day) if one else "")
    taken = plan.rows[:, place]
    return level_of(axis.levels[depth], codes, names, taken)


@lru_cache(maxsize=64)
def _ladders(axis: Axis, day: date) -> tuple[tuple[int, ...], ...]:
    """The places from the top down to each member."""
    return tuple(
        tuple(axis.places[one] for one in axis.path(member.id, day)) for member in axis.members
    )


def _code(member: Member) -> str:
    """The code that files know a member by; its id may be the whole path."""
    return PARTS[member.part] if member.part else member.id.rpartition(">")[2]


def _minor(plan: Plan, key: Key) -> Ints:
    """The cells of a column in 分, or in pieces of what is no money."""
    return plan.column(key).values * plan.measure(key[0]).unit


def _widened(values: Ints, rows: int) -> Ints:
    return np.concatenate([values, np.zeros(rows - len(values), values.dtype)])
