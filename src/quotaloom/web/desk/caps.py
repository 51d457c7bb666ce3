"""The limit of growth that a plan was decomposed with, and who passes it after an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotaloom.core.model.amounts import parse_share
from quotaloom.core.model.findings import warning
from quotaloom.web.plans.store import column_of, decomposition_of

if TYPE_CHECKING:
    from fractions import Fraction

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.report.pivot import Ints, Mask
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.desk.services import Done


def caps_passed(hand: Hand, done: Done) -> list[Finding]:
    """A warning where leaves pass the limit for the year that kept it before; it stops nothing.

    Leaves that sold nothing last year have no limit.
    """
    limit = decomposition_of(hand.seen.plan).parameters.get("growth_max")
    past = hand.seen.pivot.last_year
    own = column_of(hand.seen.plan, done.after) == hand.seen.figures.key
    if limit is None or past is None or not own:
        return []
    most = 1 + parse_share(limit.strip().lstrip("+＋"))
    beyond = [_beyond(hand, plan, past, most) for plan in (done.before, done.after)]
    count = int((~beyond[0] & beyond[1]).sum())
    return [warning("edit.growth_passed", count=count, limit=limit)] if count else []


def _beyond(hand: Hand, plan: Plan, past: Ints, most: Fraction) -> Mask:
    """The leaves that had a last year and hold more than ``most`` of it."""
    key = column_of(hand.seen.plan, plan)
    year = plan.column(key).values.sum(axis=1) * plan.measure(key[0]).unit
    sold = np.pad(past, (0, len(year) - len(past)))  # leaves that were opened since sold nothing
    passed: Mask = (sold > 0) & (year * most.denominator > sold * most.numerator)
    return passed
