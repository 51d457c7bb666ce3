"""What an edit does, in figures and in one sentence: cells, people, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotaloom.core.allocation.journal.edit import Scale, Set, Spread
from quotaloom.web.desk.caps import caps_passed
from quotaloom.web.desk.words import said
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.unit import UNITS, in_full, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.desk.ask import Wanted
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.services import Done


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
        "text": _counted(cells, seats),
        "notes": [said(one) for one in notes],
    }
    if wanted and isinstance(wanted.edit, Set | Scale | Spread):
        before, after = _sums(done, wanted.edit)
        unit = UNITS[chosen_unit(request)]
        told |= {"before": shown(before, unit), "after": shown(after, unit)}
        told["full"] = in_full(after)
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


def _counted(cells: int, seats: int) -> str:
    if not cells:
        return _("No figure changes")
    told = ngettext("%(count)s cell", "%(count)s cells", cells) % {"count": f"{cells:,}"}
    if not seats:
        return told
    return f"{told} / " + ngettext("%(count)s seat", "%(count)s seats", seats) % {
        "count": f"{seats:,}"
    }


def _sums(done: Done, edit: Set | Scale | Spread) -> tuple[int, int]:
    """What the slices that an edit aims at add up to before and after, each cell once, in 分."""
    slices = [wish.at for wish in edit.wishes] if isinstance(edit, Set) else [edit.at]
    plan, (first, *others) = done.before, slices
    cells = plan.region(first).whole_mask(plan.shape)
    for at in others:
        cells |= plan.region(at).whole_mask(plan.shape)
    unit = plan.measure(first.measure).unit
    both = (plan.column(first.key).values, done.after.column(first.key).values)
    before, after = (int(values[cells].sum()) * unit for values in both)
    return before, after
