"""``set``, ``scale``, ``spread`` and ``fix``: totals wished for, met exactly or refused."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.change import Change
from quotaloom.core.allocation.journal.direct import spread_targets
from quotaloom.core.allocation.journal.driver import driver
from quotaloom.core.allocation.journal.edit import Fix, Method, Scale, Set, Spread, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.refused import in_words
from quotaloom.core.allocation.journal.room import Room, joined, overlap, room
from quotaloom.core.allocation.journal.solving import METHOD as SOLVED
from quotaloom.core.allocation.journal.solving import solve
from quotaloom.core.allocation.journal.target import PHASED, one_target, phased, targets
from quotaloom.core.allocation.journal.wished import in_cells
from quotaloom.core.model.errors import DataRefused, Infeasible, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.target import Targets

    Sums = Sequence[tuple[str, Mask, int]]
    Named = tuple[Slice, Sums | None]

VERSION = "@1"
FILLS = ("repeat", "straight_line", "growth", "by_reference", "blend")


def set_totals(plan: Plan, edit: Set) -> Change:
    """Each wish met by the edit's method.

    Wishes of one edit speak of one column. Where they share cells, or where holds and bounds
    leave the method no way, the cells are raked from what they hold.
    """
    wishes = [in_cells(plan, wish) for wish in edit.wishes]
    key = _one_key(wishes)
    regions = [plan.region(wish.at) for wish in wishes]
    region, parts = joined(plan, regions)
    if edit.keep == "hold_parent":
        return _beside_siblings(plan, edit, wishes)
    space = room(plan, key, region, edit.exclude, [wish.at for wish in wishes])
    amounts = [wish.amount for wish in wishes]
    texts = [shown(plan, wish) for wish in wishes]
    if len(parts) > 1 and (np.add.reduce(parts, dtype=np.int8) > 1).any():
        return _solved(plan, space, list(zip(texts, parts, amounts, strict=True)))
    if len(wishes) == 1 and edit.method.name in PHASED:
        goal = phased(plan, space, wishes[0].at, amounts[0], edit.method, edit.along)
    else:
        goal = targets(parts, amounts) if len(parts) > 1 else one_target(parts[0], amounts[0])
    asked = _asked(space, goal, edit.method, texts)
    return _met(plan, space, goal, edit.method, (wishes[0].at, asked))


def scale(plan: Plan, edit: Scale) -> Change:
    """The slice times 1 + rate, its total rounded to the unit."""
    total = plan.region(edit.at).total(plan.column(edit.at.key).values)
    return set_totals(plan, Set((Wish(edit.at, half_up(total * (1 + edit.rate))),)))


def spread_cells(plan: Plan, edit: Spread) -> Change:
    """A slice filled by a method that itself says how much; nothing is met but the method."""
    method, at = edit.method, edit.at
    region = plan.region(at)
    space = room(plan, at.key, region, edit.exclude, [at])
    if method.name in ("by_reference", "blend"):
        read = driver(plan, region, at, method.references[0])
        amount = half_up(int(read[region.mask].sum()) * (1 + (method.rate or Fraction(0))))
        goal = one_target(region.mask, amount)
        return _met(plan, space, goal, method, (at, _asked(space, goal, method, [""])))
    if edit.amount is None or method.name not in FILLS:
        raise UsageRefused([error("edit.spread_needs", method.name, methods="、".join(FILLS))])
    if method.name == "repeat":
        goal = one_target(region.mask, edit.amount)
    else:
        goal = phased(plan, space, at, edit.amount, method, "")
    return _met(plan, space, goal, method, (at, _asked(space, goal, method, [""])))


def fix(plan: Plan, edit: Fix) -> Change:
    """Several totals solved for together; what they are part of keeps its own total."""
    wishes = [in_cells(plan, wish) for wish in edit.wishes]
    key = _one_key(wishes)
    whole = edit.within or Slice((), "", *key)
    region = plan.region(whole)
    space = room(plan, key, region, named=[wish.at for wish in wishes])
    asked = []
    for wish in wishes:
        theirs = plan.region(wish.at)
        cells = overlap(plan, region, theirs)
        if int(cells.sum()) != theirs.size:
            raise UsageRefused([error("edit.wish_outside", shown(plan, wish))])
        asked.append((shown(plan, wish), cells, wish.amount))
    asked.append(("=", region.mask, int(space.now[region.mask].sum())))
    return _solved(plan, space, asked)


def shown(plan: Plan, wish: Wish) -> str:
    """A wish in the coordinates of the journal: 区域=EAST&2027Q2=1200."""
    amount = plan.measure(wish.at.measure).say(wish.amount)
    places = [f"{axis}={member}" for axis, member in wish.at.members]
    return "&".join([*places, *([wish.at.period] if wish.at.period else [])]) + f"={amount}"


def _one_key(wishes: Sequence[Wish]) -> tuple[str, str]:
    keys = {wish.at.key for wish in wishes}
    if len(keys) != 1:
        raise UsageRefused([error("edit.several_measures", count=len(keys))])
    return keys.pop()


def _beside_siblings(plan: Plan, edit: Set, wishes: Sequence[Wish]) -> Change:
    """One wish met inside its parent's total: the other children of the parent absorb it."""
    (wish,) = wishes
    outer = plan.region(_parent(plan, wish.at, edit.along))
    space = room(plan, wish.at.key, outer, edit.exclude, [wish.at])
    mine = overlap(plan, outer, plan.region(wish.at))
    if edit.method.operation != "replace":
        raise UsageRefused([error("edit.hold_parent_replaces", edit.method.operation)])
    whole = int(space.now[outer.mask].sum())
    if 0 <= whole < wish.amount:
        raise DataRefused(
            [
                error(
                    "edit.siblings_below_zero",
                    shown(plan, wish),
                    total=plan.measure(wish.at.measure).say(whole),
                )
            ]
        )
    goal = targets([mine, outer.mask & ~mine], [wish.amount, whole - wish.amount])
    asked = [(shown(plan, wish), mine, wish.amount), ("=", outer.mask, whole)]
    return _met(plan, space, goal, edit.method, (wish.at, asked))


def _parent(plan: Plan, at: Slice, along: str) -> Slice:
    """The slice one step wider along an axis, or in time."""
    if along:
        axis = plan.axis(along)
        member = at.member(along)
        above = axis.members[axis.place(member)].parent(plan.periods[0].start) if member else ""
        if not member:
            raise UsageRefused([error("edit.no_parent", along)])
        return at.at(along, above)
    if not at.period:
        raise UsageRefused([error("edit.no_parent", at.period)])
    labels = plan.rollups.get(at.period)
    if labels is None:
        inner = plan.periods[int(plan.period_places(at.period)[0])].label
        wider = plan.rollups.get(inner, ())
        labels = wider[wider.index(at.period) + 1 :]
    return Slice(at.members, labels[0] if labels else "", at.measure, at.layer)


def _met(plan: Plan, space: Room, goal: Targets, method: Method, named: Named) -> Change:
    """The direct spread; raked where a held total or a bound leaves it no way.

    ``named``: the slice that the method's references stand beside, and the sums to rake for, None
    where the method does not say what the cells add up to.
    """
    at, asked = named
    drivers = tuple(driver(plan, space.region, at, source) for source in method.references)
    try:
        after, live, findings = spread_targets(space, goal, method, drivers)
    except DataRefused as refusal:
        if asked is None or not space.kept:
            names = [text for text, _, _ in asked or ()]
            raise DataRefused(in_words(plan, space, refusal.findings, names)) from None
        return _solved(plan, space, asked)
    broken = [f"#{kept.seq}" for kept in space.kept if not kept.holds(after)]
    if not broken:
        written = method.name + VERSION
        return Change(space.key, space.region, live, after, written, findings=findings)
    if asked is None:
        raise DataRefused([error("edit.would_break", method.name, holds="、".join(broken))])
    return _solved(plan, space, asked)


def _asked(space: Room, goal: Targets, method: Method, texts: list[str]) -> Sums | None:
    """What each target adds up to in the end; None where the method does not say it."""
    if method.name == "repeat":
        return None
    sign = {"replace": 0, "add": 1, "subtract": -1}[method.operation]
    wanted = goal.amounts if not sign else goal.sums(space.now) + sign * goal.amounts
    if len(texts) != len(wanted):
        texts = [f"{texts[0]}[{number + 1}]" for number in range(len(wanted))]
    return [
        (text, goal.codes == number, amount)
        for number, (text, amount) in enumerate(zip(texts, wanted.tolist(), strict=True))
    ]


def _solved(plan: Plan, space: Room, wishes: Sums) -> Change:
    try:
        after = solve(space, wishes)
    except Infeasible as refusal:
        raise Infeasible(in_words(plan, space, refusal.findings, ())) from None
    live = space.live & ((after != space.now) | np.logical_or.reduce([w[1] for w in wishes]))
    return Change(space.key, space.region, live, after, SOLVED, is_solved=True)
