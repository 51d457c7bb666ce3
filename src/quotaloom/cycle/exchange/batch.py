"""Changes of a return as edits of the journal: one for each measure, in an order that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.edit import Set, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Key
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.cycle.exchange.compare import Change
    from quotaloom.cycle.exchange.handout import Handout

Batch = tuple[Set, ...]


def batches(handout: Handout, plan: Plan, changes: Sequence[Change]) -> list[Batch]:
    """The orders in which the changes may be written, the plainest first.

    Rates come last: they are of what the others say. Where one measure is never below another,
    either may have to move first, or the rises of the upper one before and its falls after.
    """
    told: dict[Key, list[Change]] = {}
    for one in changes:
        told.setdefault(handout.at(one.cell).key, []).append(one)
    rates = [key for key in told if plan.measure(key[0]).kind == "ratio"]
    upper = [key for key in told if (plan.measure(key[0]).at_least, key[1]) in told]
    lower = [key for key in told if key not in rates and key not in upper]
    plain = [told[key] for key in lower]
    after = [told[key] for key in rates]
    above = [told[key] for key in upper]
    orders = [[*plain, *above, *after]]
    if above:
        rises = [[one for one in part if one.mine >= (one.theirs or 0)] for part in above]
        falls = [[one for one in part if one.mine < (one.theirs or 0)] for part in above]
        orders += [[*above, *plain, *after], [*rises, *plain, *falls, *after]]
    return [tuple(_edit(handout, part) for part in order if part) for order in orders]


def _edit(handout: Handout, changes: Sequence[Change]) -> Set:
    """One edit that writes all the changes or none."""
    return Set(tuple(Wish(handout.at(one.cell), one.mine) for one in changes))
