"""What an edit may name: nothing that its author does not see, and no rule that is not hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.web.desk.hand import releases
from quotaloom.web.plans.sight import covers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.sight import Sight

RULES = (grammar.HoldEdit, grammar.BoundEdit, grammar.Note, grammar.Review)


def refuse_beyond(hand: Hand, journal: Journal, edit: Edit) -> None:
    """Refuse an edit that names, reads or lifts what is not its author's.

    What is hidden and what is not there are refused alike. Which cells are written the engine
    checks itself.
    """
    plan = journal.plan
    if isinstance(edit, grammar.Release):
        _refuse_unless(_may_lift(hand, plan, edit.seq))
    if isinstance(edit, grammar.Revert):
        _refuse_revert(hand, journal, edit.seq)
    if isinstance(edit, grammar.Elapse | grammar.EditionEdit):
        _refuse_unless(releases(hand.user, hand.seen))
    if hand.allowed is None and hand.seen.sight.is_whole:
        return
    _refuse_unless(not isinstance(edit, grammar.MEMBER_EDITS))
    _refuse_unless(all(hand.reach.shows(at.measure) for at in _written(edit)))
    sight = hand.reach if isinstance(edit, RULES) else hand.seen.sight
    _refuse_unless(all(is_covered(plan, at, sight) for at in slices(edit)))


def is_covered(plan: Plan, at: Slice, sight: Sight) -> bool:
    """Whether a slice is of this plan and lies within what is seen."""
    known = all(axis in plan.axis_places for axis, _ in at.members) and all(
        member in plan.axis(axis).places for axis, member in at.members
    )
    return known and covers(plan, at, sight)


def slices(edit: Edit) -> Iterator[Slice]:
    """Every slice that an edit names."""
    yield from _written(edit)
    yield from getattr(edit, "exclude", ())
    if isinstance(edit, grammar.Set | grammar.Spread):
        yield from (one for one in edit.method.references if isinstance(one, Slice))
    if isinstance(edit, grammar.Calibrate):
        yield edit.reference
    if isinstance(edit, grammar.Reconcile):
        yield from edit.references


def _written(edit: Edit) -> Iterator[Slice]:
    """The slices that an edit is about, apart from those that it only reads."""
    if isinstance(edit, grammar.Set | grammar.Fix):
        yield from (wish.at for wish in edit.wishes)
    at = getattr(edit, "at", None) or getattr(edit, "within", None)
    if at is not None:
        yield at


def _may_lift(hand: Hand, plan: Plan, seq: int) -> bool:
    """Whoever may write the whole plan, or set the hold herself, or may write all of a bound."""
    if hand.allowed is None:
        return True
    mine = str(hand.user.pk)
    held = [one.at for one in plan.holds if one.seq == seq and one.owner == mine]
    bounds = [one.at for one in plan.bounds if one.seq == seq]
    return any(covers(plan, at, hand.reach) for at in (*held, *bounds))


def _refuse_revert(hand: Hand, journal: Journal, seq: int) -> None:
    """Who may take an edit back is who might have made it."""
    if not 0 < seq <= journal.plan.position:
        _refuse_unless(hand.allowed is None)
        raise UsageRefused([error("edit.no_such_edit", f"#{seq}")])
    record = journal.record(seq)
    if isinstance(record.edit, grammar.HoldEdit):
        _refuse_unless(hand.allowed is None or record.author == str(hand.user.pk))
    refuse_beyond(hand, journal, record.edit)


def _refuse_unless(holds: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise UsageRefused([error("edit.outside_scope")])
