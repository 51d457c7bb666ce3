"""Which changes of a batch the plan refuses, and why: found by trying ever smaller parts of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal.apply import Context, apply
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.exchange.batch import batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.batch import Batch
    from quotaloom.cycle.exchange.compare import Change
    from quotaloom.cycle.exchange.handout import Handout


@dataclass(frozen=True, slots=True)
class Refused:
    """Changes that the plan takes only without, and what it says to them."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sifted:
    """The changes that the plan takes together, the edits that write them, and what it refuses."""

    changes: tuple[Change, ...]
    batch: Batch
    refused: tuple[Refused, ...] = ()


def sifted(
    handout: Handout, plan: Plan, changes: Sequence[Change], allowed: Mask | None = None
) -> Sifted:
    """Part the changes; ``allowed`` marks the rows that the author may write, None for all."""
    batch, why = _going(handout, plan, changes, allowed)
    if not why:
        return Sifted(tuple(changes), batch)
    refused = tried(handout, plan, changes, allowed)
    bad = {change.cell for one in refused for change in one.changes}
    good = tuple(one for one in changes if one.cell not in bad)
    return Sifted(good, _going(handout, plan, good, allowed)[0], refused)


def tried(
    handout: Handout, plan: Plan, changes: Sequence[Change], allowed: Mask | None = None
) -> tuple[Refused, ...]:
    """What of the changes is refused, the smallest parts first found; nothing if all go together.

    ``allowed`` marks the rows that the author may write, None for all. Where each half would be
    taken alone and only both together break a rule, they are refused together.
    """
    if not changes:
        return ()
    _, why = _going(handout, plan, changes, allowed)
    if not why:
        return ()
    if len(changes) == 1:
        return (Refused(tuple(changes), why),)
    middle = _middle(changes)
    halves = (changes[:middle], changes[middle:])
    found = tuple(one for half in halves for one in tried(handout, plan, half, allowed))
    if not found:
        return (Refused(tuple(changes), why),)
    bad = {change.cell for one in found for change in one.changes}
    rest = [change for change in changes if change.cell not in bad]
    return (*found, *tried(handout, plan, rest, allowed))


def _going(
    handout: Handout, plan: Plan, changes: Sequence[Change], allowed: Mask | None
) -> tuple[Batch, tuple[Finding, ...]]:
    """The edits that write all the changes as the plan takes them, or why it does not."""
    why: tuple[Finding, ...] = ()
    context = Context(allowed=allowed)
    for edits in batches(handout, plan, changes):
        try:
            reduce(lambda after, edit: apply(after, edit, context).plan, edits, plan)
        except QuotaLoomError as refusal:
            why = why or refusal.findings
        else:
            return edits, ()
    return (), why


def _middle(changes: Sequence[Change]) -> int:
    """Where to cut: what measures say of one place may need each other, and stays together."""
    spots = [one.cell[1:] for one in changes]
    cuts = [at for at in range(1, len(spots)) if spots[at] != spots[at - 1]]
    half = len(changes) // 2
    return min(cuts, key=lambda at: abs(at - half), default=half)
