"""Who changed a figure, when and why, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.core.allocation.journal.wished import kept_keys
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.money import half_up
from quotaloom.web.desk.refusal import what
from quotaloom.web.desk.shown import reason_of
from quotaloom.web.journals.opened import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.desk.hand import Hand

LOOKED_AT: Final = 60  # edits back from the newest


@dataclass(frozen=True, slots=True)
class Past:
    """One edit of a slice, in 分; ``cells`` that it wrote there. ``what`` may be "" (not seen)."""

    seq: int
    author: str
    time: datetime
    what: str
    reason: str
    cells: int
    before: int
    after: int


def past_of(hand: Hand, at: Slice) -> list[Past]:
    """The edits that wrote cells of a slice that the reader sees, the newest first.

    They are looked for among the last LOOKED_AT edits of the plan.
    """
    if hand.seen.figures.living is None:
        return []
    with reading(hand.seen.plan.pk) as journal:
        return list(_found(hand, journal, at))[::-1]


def _found(hand: Hand, journal: Journal, at: Slice) -> Iterator[Past]:
    """In the order of the journal: so each plan follows from the one before."""
    first = max(journal.plan.position - LOOKED_AT, 0)
    before = _plan(journal, first)
    for seq in range(first + 1, journal.plan.position + 1):
        after = _plan(journal, seq)
        if before is not None and after is not None:
            yield from _one(hand, (before, after), journal, at)
        before = after


def _one(hand: Hand, around: tuple[Plan, Plan], journal: Journal, at: Slice) -> Iterator[Past]:
    before, after = around
    cells = _cells(hand, after, at)
    writers = [after.column(key).writer[cells] for key in kept_keys(after, at.key)]
    written = int(sum((one == after.position).sum() for one in writers))
    if written:
        record = journal.record(after.position)
        told = what(hand, after, record)
        yield Past(
            after.position,
            record.author,
            record.time,
            told,
            reason_of(journal, record) if told else "",
            written,
            _total(before, at, cells),
            _total(after, at, cells),
        )


def _plan(journal: Journal, position: int) -> Plan | None:
    """The plan at a position, None where nobody remembers it any more."""
    try:
        return journal.at(position)
    except UsageRefused:
        return None


def _cells(hand: Hand, plan: Plan, at: Slice) -> tuple[np.ndarray, ...]:
    """The cells of a slice that are seen, as an index."""
    region = plan.region(at)
    mask = hand.seen.sight.mask
    rows = region.rows[region.rows < len(mask)]
    return np.ix_(rows[mask[rows]], region.periods)


def _total(plan: Plan, at: Slice, cells: tuple[np.ndarray, ...]) -> int:
    """In 分, or as the measure is kept. Rows that were opened later are not there yet."""
    measure = plan.measure(at.measure)
    rows = cells[0][cells[0][:, 0] < plan.shape[0]]
    periods = cells[1][..., -1:] if measure.kind == "balance" else cells[1]
    sums = [
        int(plan.column(key).values[rows, periods].sum()) * plan.measure(key[0]).unit
        for key in kept_keys(plan, at.key)
    ]
    if measure.kind != "ratio":
        return sums[0]
    return half_up(Fraction(sums[0] * RATE, sums[1])) if sums[1] else 0
