"""Whether an edit meets others that its author had not seen; if not, it is rebased silently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.place import Region, Slice
from quotaloom.core.allocation.journal.room import overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.core.allocation.journal.apply import Applied
    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.transfer import Written

    Unseen = Sequence[tuple[int, Edit]]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An edit that the author had not seen, and how many cells both are about."""

    seq: int
    cells: int


def meetings(plan: Plan, edit: Edit, applied: Applied, unseen: Unseen) -> tuple[Meeting, ...]:
    """The unseen edits (number, edit) that this one meets, in order.

    ``plan`` is the one that the edit was applied to. Two edits meet when the cells that they
    write intersect, when this one is about or reads what the other wrote, or when it moves a total
    that the other wished or held, or the other moved a member of it.
    """
    if not unseen:
        return ()
    late = [seq for seq, _ in unseen]
    known = [_known(plan, written) for written in applied.written]
    met: Counter[int] = Counter()
    for key, region, live in known:
        if key in plan.columns:
            met |= _writers(region.cut(plan.columns[key].writer)[live], late)
    for at in _about(edit):
        if at.key in plan.columns:
            region = plan.region(at)
            met |= _writers(region.cut(plan.columns[at.key].writer)[region.mask], late)
    for seq, other in unseen:
        if cells := _shared(plan, known, other) + _carried(plan, edit, other):
            met[seq] = max(met[seq], cells)
    return tuple(Meeting(seq, cells) for seq, cells in sorted(met.items()) if cells)


def _known(plan: Plan, written: Written) -> Written:
    """What was written, without the rows that the edit itself opened."""
    key, region, live = written
    old = region.rows < plan.shape[0]
    return key, Region(region.rows[old], region.periods), live[old]


def _writers(writers: object, unseen: Sequence[int]) -> Counter[int]:
    numbers, counts = np.unique(np.asarray(writers), return_counts=True)
    late = np.isin(numbers, unseen)
    return Counter(dict(zip(numbers[late].tolist(), counts[late].tolist(), strict=True)))


def _about(edit: Edit) -> Iterable[Slice]:
    """The slices whose totals an edit wishes or keeps, and those that it reads."""
    match edit:
        case grammar.Set() | grammar.Fix():
            yield from (wish.at for wish in edit.wishes)
        case grammar.Spread() | grammar.Scale() | grammar.Calibrate() | grammar.Reconcile():
            yield edit.at
        case grammar.HoldEdit() if edit.kind == "total":
            yield edit.at
        case _:
            return
    yield from _read(edit)


def _read(edit: Edit) -> Iterable[Slice]:
    """The slices that an edit reads. What one leaves open it takes from where it is written."""
    match edit:
        case grammar.Set():
            pairs = product((wish.at for wish in edit.wishes), edit.method.references)
        case grammar.Spread():
            pairs = product([edit.at], edit.method.references)
        case grammar.Calibrate():
            pairs = product([edit.at], [edit.reference])
        case grammar.Reconcile():
            pairs = product([edit.at], edit.references)
        case _:
            return iter(())
    return (_beside(at, source) for at, source in pairs if isinstance(source, Slice))


def _beside(at: Slice, source: Slice) -> Slice:
    measure, layer = source.measure or at.measure, source.layer or at.layer
    return Slice(source.members or at.members, source.period, measure, layer)


def _shared(plan: Plan, known: Sequence[Written], other: Edit) -> int:
    """How many written cells lie in totals that the other edit wished or held."""
    return sum(
        int((overlap(plan, region, plan.region(at)) & live).sum())
        for at in _about(other)
        for key, region, live in known
        if key == at.key and _has_period(plan, region, at.period)
    )


def _has_period(plan: Plan, region: Region, label: str) -> bool:
    """Whether a period of the region counts to a label: most edits are told apart by this."""
    return not set(region.periods.tolist()).isdisjoint(plan.period_places(label).tolist())


def _carried(plan: Plan, edit: Edit, other: Edit) -> int:
    """How many cells of this edit's totals the other one moved to or from another parent."""
    if not isinstance(other, grammar.Move):
        return 0
    axis = plan.axis(other.axis)
    before = max(other.start, date.min + _DAY) - _DAY
    above = {*axis.path(other.member, before), *axis.path(other.member, other.start)}
    above.discard(other.member)
    moved = [at for at in _about(edit) if at.member(other.axis) in above]
    regions = [plan.region(at.at(other.axis, other.member)) for at in moved]
    return sum(int((region.mask & _late(plan, region, other.start)).sum()) for region in regions)


def _late(plan: Plan, region: Region, start: date) -> Mask:
    return np.array([plan.periods[place].start >= start for place in region.periods.tolist()])
