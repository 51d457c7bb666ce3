"""The laws of the house, checked after every edit before it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.axis import Axis, Member
    from quotaloom.core.allocation.journal.place import Key, Mask
    from quotaloom.core.allocation.journal.plan import Bound, Hold, Plan
    from quotaloom.core.allocation.journal.transfer import Written
    from quotaloom.core.model.findings import Finding


def check(before: Plan, after: Plan, written: Sequence[Written]) -> None:
    """Refuse a plan in which a hold or a closed period moved, a bound or a base is not kept.

    Only columns that were written are looked at, and all of them where a member moved: totals
    above it are other ones then. A bound that is set again is looked at, too. All refusals are
    named together.
    """
    keys = {key for key, _, _ in written}
    totals = keys if after.axes == before.axes else set(after.columns)
    refused = [
        error("edit.hold_moved", f"#{hold.seq}")
        for hold in after.holds
        if hold.at.key in totals and _moved(before, after, hold)
    ]
    refused += [
        error("edit.bound_broken", f"#{bound.seq}", total=_said(after, bound))
        for bound in after.bounds
        if (bound.at.key in totals or bound not in before.bounds) and _broken(after, bound)
    ]
    for key in sorted(keys):
        refused += _over_most(after, key)
    for key, region, live in written:
        refused += _below_base(after, key, region, live)
        refused += _over_zero(after, key, region, live)
        refused += closed(before, region, live)
    if refused:
        raise DataRefused(refused)


def closed(plan: Plan, region: Region, live: Mask) -> list[Finding]:
    """What is wrong with cells of a region that lie in periods that are over."""
    late = live & (region.periods < plan.elapsed)
    if not late.any():
        return []
    last = plan.periods[plan.elapsed - 1].label
    return [error("edit.period_closed", last, cells=int(late.sum()))]


def _moved(before: Plan, after: Plan, hold: Hold) -> bool:
    if hold.kind == "total":
        return before.total(hold.at) != after.total(hold.at)
    region = before.region(hold.at)
    then = region.cut(before.column(hold.at.key).values)
    now = Region(region.rows, region.periods).cut(
        after.column(hold.at.key).values[: before.shape[0]]
    )
    return bool((then != now)[region.mask].any())


def _said(plan: Plan, bound: Bound) -> str:
    return plan.measure(bound.at.measure).say(plan.total(bound.at))


def _broken(plan: Plan, bound: Bound) -> bool:
    total = plan.total(bound.at)
    under = bound.low is not None and total < bound.low
    return under or (bound.high is not None and total > bound.high)


def _over_zero(plan: Plan, key: Key, region: Region, live: Mask) -> list[Finding]:
    """加码 leaves that an edit has made more than 0: they only take back what was given twice."""
    above = (region.cut(plan.columns[key].values) > 0) & live
    rows = region.rows[above.any(axis=1)]
    found = {
        axis.members[code]
        for place, axis in enumerate(plan.axes)
        for code in np.unique(plan.rows[rows, place]).tolist()
    }
    over = sorted(member.id for member in found if member.part == "over")
    return [error("edit.over_above_zero", one) for one in over]


def _over_most(plan: Plan, key: Key) -> list[Finding]:
    """加码 that is more than the level of its member allows, over the whole year."""
    bounded = ((axis, one) for axis in plan.axes if axis.over for one in axis.members)
    found = (_beyond(plan, key, axis, one) for axis, one in bounded if one.part == "over")
    return [one for one in found if one]


def _beyond(plan: Plan, key: Key, axis: Axis, leaf: Member) -> Finding | None:
    day = plan.periods[0].start
    parent = leaf.parent(day)
    most = axis.over_most(parent, day)
    if most is None:
        return None
    over = -plan.total(Slice(((axis.name, leaf.id),), "", *key))
    allowed = int(most * (plan.total(Slice(((axis.name, parent),), "", *key)) + over))
    if over <= allowed:
        return None
    say = plan.measure(key[0]).say
    return error("edit.over_beyond", leaf.id, over=say(over), most=say(allowed))


def _below_base(plan: Plan, key: Key, region: Region, live: Mask) -> list[Finding]:
    """Written cells whose challenge is now less than their base, both given."""
    code, layer = key
    pairs = [(code, plan.measure(code).at_least)]
    pairs += [(one.code, code) for one in plan.measures.values() if one.at_least == code]
    found = []
    for upper, lower in pairs:
        if not lower or (upper, layer) not in plan.columns or (lower, layer) not in plan.columns:
            continue
        above, below = plan.columns[upper, layer], plan.columns[lower, layer]
        both = live & region.cut(above.given) & region.cut(below.given)
        high = region.cut(above.values) * plan.measure(upper).unit
        low = region.cut(below.values) * plan.measure(lower).unit
        count = int((both & (high < low)).sum())
        if count:
            found.append(error("edit.below_base", upper, base=lower, cells=count))
    return found
