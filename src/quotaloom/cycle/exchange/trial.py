"""Which changes of a batch the plan refuses, and why: found by trying ever smaller parts of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.apply import Context, apply
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.exchange.compare import batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.compare import Change
    from quotaloom.cycle.exchange.handout import Handout


@dataclass(frozen=True, slots=True)
class Refused:
    """Changes that the plan takes only without, and what it says to them."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def tried(
    handout: Handout, plan: Plan, changes: Sequence[Change], allowed: Mask | None = None
) -> tuple[Refused, ...]:
    """What of the changes is refused, the smallest parts first found; nothing if all go together.

    ``allowed`` marks the rows that the author may write, None for all. Where each half would be
    taken alone and only both together break a rule, they are refused together.
    """
    if not changes:
        return ()
    why = _refusal(handout, plan, changes, allowed)
    if not why:
        return ()
    if len(changes) == 1:
        return (Refused(tuple(changes), why),)
    middle = len(changes) // 2
    halves = (changes[:middle], changes[middle:])
    found = tuple(one for half in halves for one in tried(handout, plan, half, allowed))
    if not found:
        return (Refused(tuple(changes), why),)
    bad = {change.cell for one in found for change in one.changes}
    rest = [change for change in changes if change.cell not in bad]
    return (*found, *tried(handout, plan, rest, allowed))


def _refusal(
    handout: Handout, plan: Plan, changes: Sequence[Change], allowed: Mask | None
) -> tuple[Finding, ...]:
    try:
        apply(plan, batch(handout, changes), Context(allowed=allowed))
    except QuotaLoomError as refusal:
        return refusal.findings
    return ()
