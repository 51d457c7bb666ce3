"""Layers that have no figure where others have: none is not 0, so they are not brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.edit import Calibrate, Reconcile
from quotaloom.core.allocation.journal.together import gaps
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.web.plans.counted import layer_words

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.place import Ints, Mask, Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding

MOST_NAMED: Final = 8


def refuse_uneven(plan: Plan, edit: Edit) -> None:
    """Refuse to bring layers together that lack figures where others have some: nodes are named.

    They lie in the slice of the edit, so whoever may write that sees them. What journals hold
    already replays as it was. Raises UsageRefused.
    """
    if not isinstance(edit, Calibrate | Reconcile):
        return
    found = [_uneven(plan, edit.at, source, cells) for source, cells in gaps(plan, edit)]
    if found:
        raise UsageRefused(found)


def _uneven(plan: Plan, at: Slice, source: Slice, cells: Mask) -> Finding:
    region, layer = plan.region(at), source.layer or at.layer
    periods = [plan.periods[one] for one in region.periods[cells.any(axis=0)].tolist()]
    names = _names(plan, at, region.rows[cells.any(axis=1)], periods[-1].start)
    return error(
        "layers.uneven",
        str(layer_words(layer)),
        layer=layer,
        nodes="、".join(names[:MOST_NAMED]) + "…" * (len(names) > MOST_NAMED),
        first=periods[0].label,
        last=periods[-1].label,
        cells=int(cells.sum()),
    )


def _names(plan: Plan, at: Slice, rows: Ints, day: date) -> list[str]:
    """The members right below a slice that rows are of, on the axis that tells the rows best."""
    every, found = plan.region(at).rows, []
    for place, axis in enumerate(plan.axes):
        some = _below(plan, place, at.member(axis.name), rows, day)
        whole = _below(plan, place, at.member(axis.name), every, day)
        found.append((len(some) / len(whole), place, some))
    _, place, some = min(found)
    axis = plan.axes[place]
    return [axis.members[axis.place(one)].name(day) for one in some]


def _below(plan: Plan, place: int, above: str, rows: Ints, day: date) -> list[str]:
    """The members of an axis, by id, right below one of it that rows are of; that one if none."""
    axis, found = plan.axes[place], set()
    for leaf in np.unique(plan.rows[rows, place]).tolist():
        path = axis.path(axis.members[leaf].id, day)
        depth = path.index(above) + 1 if above in path else 0
        found.add(path[min(depth, len(path) - 1)])
    return sorted(found)
