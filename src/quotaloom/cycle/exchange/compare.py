"""What a returned table changes: against what was handed out, and against the plan as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from quotaloom.core.allocation.journal.edit import Set, Wish
from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.exchange.handout import NOTHING_TAKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.exchange.handout import Cell, Handout, Taken

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was edited outside: what it was, what it shall be, what it is by now.

    ``is_met`` where somebody else wrote some of it since, and not only took that back; ``by`` are
    the numbers of those edits.
    """

    cell: Cell
    base: int
    mine: int
    theirs: int
    is_met: bool = False
    by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A cell whose member or period the plan no longer has, and what it says to that."""

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
    changes, gone = [], []
    for cell, mine in sorted(said.items()):
        if mine == base.base(cell):
            continue
        try:
            found = _change(base, plan, cell, mine, taken)
        except QuotaLoomError as refusal:
            gone.append(Gone(cell, refusal.findings))
            continue
        if found.theirs != mine:
            changes.append(found)
    return Comparison(tuple(changes), tuple(gone))


def batch(handout: Handout, changes: Iterable[Change]) -> Set:
    """One edit that writes all the changes or none, and is undone as one."""
    return Set(tuple(Wish(handout.at(one.cell), one.mine) for one in changes))


def _change(handout: Handout, plan: Plan, cell: Cell, mine: int, taken: Taken) -> Change:
    at, base = handout.at(cell), handout.base(cell)
    region, column = plan.region(at), plan.column(at.key)
    theirs = region.total(column.values)
    writers = region.cut(column.writer)[region.mask]
    late = np.unique(writers[writers > handout.stamp.position]).tolist()
    known = taken.edits | (plan.reverts if theirs == base else frozenset())
    by = tuple(seq for seq in late if seq not in known)
    is_met = bool(by) or (theirs != base and not taken.edits)
    return Change(cell, base, mine, theirs, is_met, by)
