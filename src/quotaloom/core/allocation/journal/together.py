"""``fix``, ``calibrate`` and ``reconcile``: many sums at once, and layers brought together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal.aim import Aim, Targets
from quotaloom.core.allocation.journal.driver import Driver, driver
from quotaloom.core.allocation.journal.edit import Calibrate, Fix, Method, Reconcile, Wish
from quotaloom.core.allocation.journal.meet import met, solved
from quotaloom.core.allocation.journal.method import versioned
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.allocation.journal.room import SET_ASIDE, overlap, room
from quotaloom.core.allocation.journal.wished import in_cells, one_key, refuse_derived, shown
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotaloom.core.allocation.journal.change import Change
    from quotaloom.core.allocation.journal.place import Mask, Region
    from quotaloom.core.allocation.journal.plan import Plan

_LARGEST = 2**62


def fix(plan: Plan, edit: Fix) -> Change:
    """Several totals solved for together; what they are part of keeps its own total."""
    wishes = [in_cells(plan, wish) for wish in edit.wishes]
    key = one_key(wishes)
    whole = edit.within or Slice((), "", *key)
    region = plan.region(whole)
    space = room(plan, key, region, named=[wish.at for wish in wishes])
    sums = []
    for wish in wishes:
        theirs = plan.region(wish.at)
        cells = overlap(plan, region, theirs)
        if int(cells.sum()) != theirs.size:
            raise UsageRefused([error("edit.wish_outside", shown(plan, wish))])
        sums.append((shown(plan, wish), cells, wish.amount))
    sums.append(("=", region.mask, int(space.now[region.mask].sum())))
    return solved(plan, space, sums)


def calibrate(plan: Plan, edit: Calibrate) -> Change:
    """The cells of a slice raked until its children on each axis are what the reference says."""
    _one_measure(plan, edit.at, (edit.reference,))
    layer = edit.reference.layer or edit.at.layer
    region = plan.region(edit.at)
    space = room(plan, edit.at.key, region, named=[edit.at])
    below = [one for along in edit.along for one in _children(plan, edit.at, along)]
    if not below:
        raise UsageRefused([error("edit.nothing_below", "、".join(edit.along) or "—")])
    wishes = [Wish(one, plan.total(replace(one, layer=layer))) for one in below]
    sums = [
        (shown(plan, wish), overlap(plan, region, plan.region(wish.at)), wish.amount)
        for wish in wishes
    ]
    return solved(plan, space, sums, "calibrate")


def reconcile(plan: Plan, edit: Reconcile) -> Change:
    """Each cell the weighted mean of the references; the total is rounded once, then shared out."""
    _one_measure(plan, edit.at, edit.references)
    parts = _whole_parts(edit)
    region = plan.region(edit.at)
    space = room(plan, edit.at.key, region, named=[edit.at])
    read = [driver(plan, region, edit.at, source) for source in edit.references]
    largest = max(int(np.abs(one.values).max(initial=0)) for one in read)
    if largest * sum(parts) > _LARGEST:
        raise UsageRefused([error("edit.weights_too_fine", parts=sum(parts))])
    mixed = np.sum([part * one.values for part, one in zip(parts, read, strict=True)], axis=0)
    given = np.logical_or.reduce([one.given for one in read])
    whole = sum(
        part * int(one.values[region.mask].sum()) for part, one in zip(parts, read, strict=True)
    )
    total = half_up(Fraction(whole, sum(parts)))
    aim = Aim(shown(plan, Wish(edit.at, total)), edit.at, region.mask, total)
    followed = (Driver(mixed, given),)
    change = met(plan, space, Targets.of([aim]), Method("by_reference"), followed)
    return change if change.is_solved else replace(change, method=versioned("reconcile"))


def gaps(plan: Plan, edit: Calibrate | Reconcile) -> tuple[tuple[Slice, Mask], ...]:
    """What the edit would read as 0 though it was never given: the sources, and at which cells.

    A source lacks a cell where another has a figure, of ``calibrate`` the slice itself. Cells of
    members that are not open do not count. Raises as the edit does.
    """
    region = plan.region(edit.at)
    if isinstance(edit, Calibrate):
        _one_measure(plan, edit.at, (edit.reference,))
        sources = [replace(edit.at, layer=edit.reference.layer or edit.at.layer)]
        read = [driver(plan, region, edit.at, one) for one in (*sources, edit.at)]
    else:
        _one_measure(plan, edit.at, edit.references)
        pairs = zip(edit.references, _whole_parts(edit), strict=True)
        sources = [one for one, part in pairs if part]
        read = [driver(plan, region, edit.at, one) for one in sources]
    has = np.logical_or.reduce([one.given for one in read]) & _counted(plan, region, read)
    found = [(one, has & ~its.given) for one, its in zip(sources, read, strict=False)]
    return tuple((one, mask) for one, mask in found if mask.any())


def _counted(plan: Plan, region: Region, read: Sequence[Driver]) -> Mask:
    """Cells of open members, elapsed or not; those set aside only where they hold a figure."""
    found = replace(plan, elapsed=0).writable(region)
    aside = np.zeros(len(region.rows), np.bool_)
    for place, axis in enumerate(plan.axes):
        parts = np.array([one.part in SET_ASIDE for one in axis.members], np.bool_)
        aside |= parts[plan.rows[region.rows, place]]
    some = np.logical_or.reduce([one.values != 0 for one in read])
    counted: Mask = found & (some | ~aside[:, None])
    return counted


def _whole_parts(edit: Reconcile) -> list[int]:
    """The weights of the references as whole numbers; even ones where none are typed."""
    wanted = len(edit.references)
    weights = edit.weights or (Fraction(1),) * wanted
    if len(weights) != wanted or not any(weights) or min(weights) < 0:
        told = {"references": wanted, "wanted": len(weights)}
        raise UsageRefused([error("edit.reference_count", edit.verb, **told)])
    base = lcm(*(weight.denominator for weight in weights))
    return [int(weight * base) for weight in weights]


def _one_measure(plan: Plan, at: Slice, sources: Sequence[Slice]) -> None:
    """Refuse a ratio, and sources of another measure: their units are not those of the slice."""
    refuse_derived(plan, at)
    measures = {at.measure, *(source.measure or at.measure for source in sources)}
    if len(measures) > 1:
        raise UsageRefused([error("edit.several_measures", count=len(measures))])


def _children(plan: Plan, at: Slice, along: str) -> Iterator[Slice]:
    """The slices right below one on an axis, or its periods for ""."""
    if not along:
        for place in plan.period_places(at.period).tolist():
            yield replace(at, period=plan.periods[place].label)
        return
    day = plan.periods[int(plan.period_places(at.period)[0])].start
    for child in plan.axis(along).children(at.member(along), day):
        yield at.at(along, child)
