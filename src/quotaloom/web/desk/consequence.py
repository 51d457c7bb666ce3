"""What an edit does, in figures and in one sentence: cells, people, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotaloom.core.allocation.journal.edit import Calibrate, Reconcile, Scale, Set, Spread
from quotaloom.core.allocation.journal.wished import figure
from quotaloom.web.desk.caps import caps_passed
from quotaloom.web.desk.words import said
from quotaloom.web.plans.counted import full_words, unit_of
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.unit import UNITS, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.ask import Wanted
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.services import Done

    Aimed = Set | Scale | Spread | Calibrate | Reconcile
AIMED: Final = (Set, Scale, Spread, Calibrate, Reconcile)
"""Edits that are about the sum of some figures."""


def consequence(
    request: Request, hand: Hand, done: Done, wanted: Wanted | None = None
) -> dict[str, Any]:
    """How many cells and seats change, and what is asked for before and after."""
    cells, seats = touched(done, hand.seen.plan.org_header)
    findings = [one for applied in done.applied.values() for one in applied.findings]
    notes = [*(wanted.notes if wanted else ()), *findings, *caps_passed(hand, done)]
    told: dict[str, Any] = {
        "cells": cells,
        "seats": seats,
        "text": counted_words(cells, seats),
        "notes": [said(one) for one in notes],
    }
    if wanted and isinstance(wanted.edit, AIMED):
        measure = hand.seen.figures.measure
        unit = unit_of(measure, UNITS[chosen_unit(request)])
        sums = _sums(done, wanted.edit)
        before, after = ("—" if one is None else shown(one, unit) for one in sums)
        exact = unit_of(measure, UNITS["yuan"])
        told |= {"before": before, "after": after, "full": full_words(sums[1], exact)}
    return told


def touched(done: Done, seat_header: str) -> tuple[int, int]:
    """How many cells differ in the end, and on how many seats (0 where the plan knows none)."""
    cells, rows = 0, [np.zeros(0, np.int64)]
    for changed in _changed(done):
        cells += int(changed.sum())
        rows.append(np.flatnonzero(changed.any(axis=1)))
    place = next((at for at, axis in enumerate(done.after.axes) if seat_header in axis.levels), -1)
    some = np.concatenate(rows)
    return cells, len(np.unique(done.after.rows[some, place])) if place >= 0 else 0


def _changed(done: Done) -> Iterator[np.ndarray]:
    """A mask of the whole leaf table for each column that was written."""
    keys = {key for applied in done.applied.values() for key, _, _ in applied.written}
    for key in sorted(keys):
        now, then = done.after.column(key), done.before.column(key)
        more = len(now.values) - len(then.values)
        yield now.values != np.pad(then.values, ((0, more), (0, 0)))


def counted_words(cells: int, seats: int) -> str:
    """How many cells and seats in words; seats are not told where the plan knows none."""
    if not cells:
        return _("No figure changes")
    told = ngettext("%(count)s cell", "%(count)s cells", cells) % {"count": f"{cells:,}"}
    if not seats:
        return told
    return f"{told} / " + ngettext("%(count)s seat", "%(count)s seats", seats) % {
        "count": f"{seats:,}"
    }


def _sums(done: Done, edit: Aimed) -> tuple[int | None, int | None]:
    """What the slices that an edit aims at show before and after, each cell once.

    In 分, or as the measure is kept; None for several slices of what does not add up.
    """
    slices = [wish.at for wish in edit.wishes] if isinstance(edit, Set) else [edit.at]
    plan, (first, *others) = done.before, slices
    measure = plan.measure(first.measure)
    size = 1 if measure.kind == "ratio" else measure.unit
    if not others:
        both = (figure(plan, first), figure(done.after, first))
    elif measure.kind == "additive":
        both = _added(done, slices)
    else:
        return None, None
    before, after = (None if one is None else one * size for one in both)
    return before, after


def _added(done: Done, slices: Sequence[Slice]) -> tuple[int, int]:
    """The cells of several slices added up, before and after, in units."""
    plan, (first, *others) = done.before, slices
    cells = plan.region(first).whole_mask(plan.shape)
    for at in others:
        cells |= plan.region(at).whole_mask(plan.shape)
    before, after = (one.column(first.key).values[cells] for one in (plan, done.after))
    return int(before.sum()), int(after.sum())
