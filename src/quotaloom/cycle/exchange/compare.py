"""What a returned table changes: against what was handed out, and against the plan as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.allocation.journal.wished import figure, kept_keys, moved_key
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error
from quotaloom.cycle.exchange.taken import NOTHING_TAKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.core.allocation.journal.place import Slice
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.handout import Cell, Handout
    from quotaloom.cycle.exchange.taken import Taken

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was edited outside: what it was, what it shall be, what it is by now.

    None where no figure is given. ``is_met`` where somebody else wrote some of it since, and not
    only took that back; ``by`` are the numbers of those edits.
    """

    cell: Cell
    base: int | None
    mine: int
    theirs: int | None
    is_met: bool = False
    by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A cell that cannot be written whatever else is, and why: such as of a member that is gone."""

    cell: Cell
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes of a return, and what of it cannot be found in the plan any more."""

    changes: tuple[Change, ...]
    gone: tuple[Gone, ...] = ()

    def undecided(self, choices: Mapping[Cell, Side]) -> tuple[Change, ...]:
        """The cells that both sides changed and for which nobody chose."""
        return tuple(one for one in self.changes if one.is_met and one.cell not in choices)

    def kept(self, choices: Mapping[Cell, Side]) -> tuple[Change, ...]:
        """The changes that are to be written."""
        return tuple(
            one for one in self.changes if not one.is_met or choices.get(one.cell) == "mine"
        )


def compared(
    handout: Handout, plan: Plan, said: Mapping[Cell, int], taken: Taken = NOTHING_TAKEN
) -> Comparison:
    """What a return that says these figures changes.

    A cell that was not edited outside stays as it is now. One that others wrote since, too, is
    ``is_met``, unless it is by now what the return says.
    """
    base = taken.over(handout)
    changes: list[Change] = []
    gone = []
    for cell, mine in sorted(said.items(), key=_by_spot):
        if mine == base.base(cell):
            continue
        try:
            found = _change(base, plan, cell, mine, taken)
        except QuotaLoomError as refusal:
            gone.append(Gone(cell, refusal.findings))
            continue
        if found.theirs != mine:
            changes.append(found)
    twice = _told_twice(handout, plan, changes)
    refused = {one.cell for one in twice}
    kept = tuple(one for one in changes if one.cell not in refused)
    return Comparison(kept, (*gone, *twice))


def _by_spot(one: tuple[Cell, int]) -> tuple[int, int, int]:
    """What measures say of one place stands together."""
    (sheet, line, head), _units = one
    return line, head, sheet


def _change(handout: Handout, plan: Plan, cell: Cell, mine: int, taken: Taken) -> Change:
    at, base = handout.at(cell), handout.base(cell)
    region = plan.region(at)
    columns = [plan.column(key) for key in kept_keys(plan, at.key)]
    theirs = figure(plan, at) if region.cut(columns[0].given)[region.mask].any() else None
    writers = np.concatenate([region.cut(one.writer)[region.mask] for one in columns])
    late = np.unique(writers[writers > handout.stamp.position]).tolist()
    known = taken.edits | (plan.reverts if theirs == base else frozenset())
    by = tuple(seq for seq in late if seq not in known)
    is_met = bool(by) or (theirs != base and not taken.edits)
    return Change(cell, base, mine, theirs, is_met, by)


def _told_twice(handout: Handout, plan: Plan, changes: Sequence[Change]) -> tuple[Gone, ...]:
    """Rates where the file writes what they would move as well: one would undo the other."""
    moved = {handout.at(one.cell) for one in changes}
    rates = [one for one in changes if not handout.sheets[one.cell[0]].adds]
    return tuple(
        Gone(one.cell, (error("handout.rate_and_side"),))
        for one in rates
        if _moved(plan, handout.at(one.cell)) in moved
    )


def _moved(plan: Plan, at: Slice) -> Slice:
    """What is written where a rate is."""
    measure, layer = moved_key(plan, at.key)
    return replace(at, measure=measure, layer=layer)
