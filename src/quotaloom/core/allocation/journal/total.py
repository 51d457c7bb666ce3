"""``set``, ``scale`` and ``spread``: totals wished for, met exactly or refused."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.aim import Aim, Targets, targets
from quotaloom.core.allocation.journal.driver import driver, drivers_of, unpaired
from quotaloom.core.allocation.journal.edit import Method, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.meet import met, solved
from quotaloom.core.allocation.journal.method import FILLING, SHARING, check_method
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.room import joined, overlap, room
from quotaloom.core.allocation.journal.wished import (
    figure,
    in_cells,
    one_key,
    refuse_derived,
    shown,
    warnings,
)
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.change import Change
    from quotaloom.core.allocation.journal.meet import Sums
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.room import Room
    from quotaloom.core.model.findings import Finding

USUAL = Method()


def set_totals(plan: Plan, edit: Set) -> Change:
    """Each wish met by the edit's method.

    Wishes of one edit speak of one column. Where they share cells, or where holds and bounds
    leave the method no way, the cells are raked from what they hold.
    """
    check_method(edit.method, SHARING)
    wishes = [in_cells(plan, wish) for wish in edit.wishes]
    key = one_key(wishes)
    told = warnings(plan, edit.wishes)
    if edit.keep == "hold_parent":
        return _beside_siblings(plan, edit, wishes).telling(told)
    region, parts = joined(plan, [plan.region(wish.at) for wish in wishes])
    space = room(plan, key, region, edit.exclude, [wish.at for wish in wishes])
    aims = [
        Aim(shown(plan, wish), wish.at, part, wish.amount)
        for wish, part in zip(wishes, parts, strict=True)
    ]
    if _share_cells(aims):
        return solved(plan, space, _reached(space, aims, edit.method)).telling(told)
    goal = targets(plan, space, aims, edit.method, edit.along)
    drivers = drivers_of(plan, region, aims, edit.method.references)
    return met(plan, space, goal, edit.method, drivers).telling(told)


def scale(plan: Plan, edit: Scale) -> Change:
    """The slice times 1 + rate, its total rounded to the unit."""
    total = figure(plan, edit.at)
    if total is None:
        raise UsageRefused([error("edit.nothing_to_scale", edit.at.measure)])
    return set_totals(plan, Set((Wish(edit.at, half_up(total * (1 + edit.rate))),)))


def spread_cells(plan: Plan, edit: Spread) -> Change:
    """A slice filled by a method that itself says how much; nothing is met but the method."""
    method, at = edit.method, edit.at
    check_method(method, FILLING, edit.amount)
    refuse_derived(plan, at)
    region = plan.region(at)
    space = room(plan, at.key, region, edit.exclude, [at])
    drivers = tuple(driver(plan, region, at, source) for source in method.references)
    amount = edit.amount or 0
    told: tuple[Finding, ...] = ()
    if method.name in ("by_reference", "blend") and edit.amount is None:
        read = int(drivers[0].values[region.mask].sum())
        amount = half_up(read * (1 + (method.rate or Fraction(0))))
        told = unpaired(plan, at, method.references[0]) if read == 0 else ()
    aim = Aim(shown(plan, Wish(at, amount)), at, region.mask, amount)
    return met(plan, space, targets(plan, space, [aim], method), method, drivers).telling(told)


def _share_cells(aims: Sequence[Aim]) -> bool:
    counts = np.add.reduce([aim.cells for aim in aims], dtype=np.int16)
    return len(aims) > 1 and bool((counts > 1).any())


def _reached(space: Room, aims: Sequence[Aim], method: Method) -> Sums:
    """What aims that share cells each come to.

    Only the cells' own proportions can meet them together, so another method is refused.
    """
    if (method.name, method.scope) != (USUAL.name, USUAL.scope):
        raise UsageRefused([error("edit.wishes_share_cells", method.name)])
    sign = {"replace": 0, "add": 1, "subtract": -1}[method.operation]
    then = [int(space.now[aim.cells].sum()) if sign else 0 for aim in aims]
    return [
        (aim.text, aim.cells, before + (sign or 1) * aim.amount)
        for aim, before in zip(aims, then, strict=True)
    ]


def _beside_siblings(plan: Plan, edit: Set, wishes: Sequence[Wish]) -> Change:
    """One wish met inside its parent's total: the other children of the parent absorb it."""
    if len(wishes) != 1:
        raise UsageRefused([error("edit.hold_parent_one", count=len(wishes))])
    if edit.method.operation != "replace":
        raise UsageRefused([error("edit.hold_parent_replaces", edit.method.operation)])
    wish = wishes[0]
    outer = plan.region(_parent(plan, wish.at, edit.along))
    space = room(plan, wish.at.key, outer, edit.exclude, [wish.at])
    mine = overlap(plan, outer, plan.region(wish.at))
    whole = int(space.now[outer.mask].sum())
    if 0 <= whole < wish.amount:
        total = plan.measure(wish.at.measure).say(whole)
        raise DataRefused([error("edit.siblings_below_zero", shown(plan, wish), total=total)])
    own = Aim(shown(plan, wish), wish.at, mine, wish.amount)
    rest = Aim("=", wish.at, outer.mask & ~mine, whole - wish.amount)
    drivers = tuple(driver(plan, outer, wish.at, one) for one in edit.method.references)
    goal = Targets.of([own, rest])
    sums = [(own.text, mine, own.amount), ("=", outer.mask, whole)]
    return met(plan, space, goal, edit.method, drivers, asked=sums)


def _parent(plan: Plan, at: Slice, along: str) -> Slice:
    """The slice one step wider along an axis, or in time."""
    if along:
        axis = plan.axis(along)
        member = at.member(along)
        above = axis.members[axis.place(member)].parent(plan.periods[0].start) if member else ""
        if not member:
            raise UsageRefused([error("edit.no_parent", along)])
        return at.at(along, above)
    if not at.period or plan.measure(at.measure).kind == "balance":
        raise UsageRefused([error("edit.no_parent", at.period)])
    labels = plan.rollups.get(at.period)
    if labels is None:
        inner = plan.periods[int(plan.period_places(at.period)[0])].label
        wider = plan.rollups.get(inner, ())
        labels = wider[wider.index(at.period) + 1 :]
    return Slice(at.members, labels[0] if labels else "", at.measure, at.layer)
