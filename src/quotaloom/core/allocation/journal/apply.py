"""Apply one edit to a plan: the only way in which a plan ever changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.law import check
from quotaloom.core.allocation.journal.revert import reverted
from quotaloom.core.allocation.journal.rule import apply_rule
from quotaloom.core.allocation.journal.structure import (
    Rebuilt,
    close_member,
    merge_members,
    move_member,
    open_member,
    rename_member,
    split_member,
)
from quotaloom.core.allocation.journal.together import calibrate, fix, reconcile
from quotaloom.core.allocation.journal.total import scale, set_totals, spread_cells
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.allocation.journal.change import Change
    from quotaloom.core.allocation.journal.edit import CellEdit, Edit, MemberEdit
    from quotaloom.core.allocation.journal.place import Mask
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.core.allocation.journal.transfer import Written
    from quotaloom.core.model.findings import Finding

    Around = Callable[[int], tuple[Plan, Plan]]


@dataclass(frozen=True, eq=False)
class Applied:
    """The plan one position further, and what was written in which column.

    ``stored`` is the change where a float solver found it: it is to be kept with the edit.
    """

    plan: Plan
    written: tuple[Written, ...] = ()
    method: str = ""
    stored: Change | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class Context:
    """What an edit may need beside the plan.

    ``around`` answers the plan before and after an earlier edit, for reverts. ``allowed`` marks
    the rows that the author may write, None for all. ``stored`` is the change that a solver found
    when the edit was first applied. ``reason`` goes with a hold.
    """

    around: Around | None = None
    allowed: Mask | None = None
    stored: Change | None = None
    reason: str = ""


def apply(plan: Plan, edit: Edit, context: Context | None = None) -> Applied:
    """The plan after the edit, or a refusal and the plan as it was.

    Every total that the edit names equals its wish exactly, every hold and bound is kept, and
    what was written lies in the author's scope; else UsageRefused, DataRefused or Infeasible.
    """
    given = context or Context()
    seq = plan.position + 1
    done = _done(plan, edit, seq, given)
    _inside(done, given.allowed)
    check(plan, done.plan, done.written)
    return replace(done, plan=plan.ranked(replace(done.plan, position=seq)))


def _done(plan: Plan, edit: Edit, seq: int, context: Context) -> Applied:
    if isinstance(edit, grammar.CELL_EDITS):
        change = context.stored or cell_change(plan, edit)
        written = ((change.key, change.region, change.live),)
        stored = change if change.is_solved else None
        return Applied(change.on(plan, seq), written, change.method, stored, change.findings)
    if isinstance(edit, grammar.MEMBER_EDITS):
        rebuilt = _rebuilt(plan, edit, seq)
        return Applied(rebuilt.plan, rebuilt.written)
    if isinstance(edit, grammar.Revert):
        if context.around is None:
            raise ValueError("a revert needs the plans around the edit that it takes back")
        return Applied(*reverted(plan, edit.seq, seq, context.around(edit.seq)))
    return Applied(apply_rule(plan, edit, seq, context.reason))


def cell_change(plan: Plan, edit: CellEdit) -> Change:
    """What an edit of figures would write, before anything is written."""
    match edit:
        case grammar.Set():
            return set_totals(plan, edit)
        case grammar.Scale():
            return scale(plan, edit)
        case grammar.Spread():
            return spread_cells(plan, edit)
        case grammar.Fix():
            return fix(plan, edit)
        case grammar.Calibrate():
            return calibrate(plan, edit)
        case grammar.Reconcile():
            return reconcile(plan, edit)
        case _:
            assert_never(edit)


def _rebuilt(plan: Plan, edit: MemberEdit, seq: int) -> Rebuilt:
    match edit:
        case grammar.Open():
            return open_member(plan, edit, seq)
        case grammar.Close():
            return close_member(plan, edit, seq)
        case grammar.Move():
            return move_member(plan, edit, seq)
        case grammar.Rename():
            return rename_member(plan, edit, seq)
        case grammar.Split():
            return split_member(plan, edit, seq)
        case grammar.Merge():
            return merge_members(plan, edit, seq)
        case _:
            assert_never(edit)


def _inside(done: Applied, allowed: Mask | None) -> None:
    """Refuse what would write outside the author's rows; which ones they are is not said."""
    if allowed is None:
        return
    for _, region, live in done.written:
        known = region.rows < len(allowed)
        outside = live.any(axis=1) & ~(known & allowed[region.rows * known])
        if outside.any():
            raise UsageRefused([error("edit.outside_scope")])
