"""Writing to a living plan: one action, one transaction, one row of the audit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.planfile.journal import Author, Met
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.desk.guard import refuse_beyond
from quotaloom.web.desk.refusal import met_seen, refusal_seen
from quotaloom.web.desk.step import redo_next
from quotaloom.web.desk.uneven import refuse_uneven
from quotaloom.web.journals.opened import reading, writing
from quotaloom.web.plans.sight import position_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quotaloom.core.allocation.journal.apply import Applied
    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.core.allocation.journal.plan import Plan
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand

    Wanted = Callable[[Journal], Iterable[Edit]]
    Also = Callable[["Done"], None]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is to be done: ``edits`` are made of the newest plan, all of them or none.

    Each is taken when those before it are written, and may be made of what they left.
    ``seen`` is the position that lay before the author, None for the newest.
    """

    edits: Wanted
    seen: int | None = None
    reason: str = ""
    action: str = "plan.edit"


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """The edits that were written, by number, what each did, and the plans around them."""

    before: Plan
    applied: dict[int, Applied]

    @property
    def after(self) -> Plan:
        """The plan after the last of them."""
        return self.applied[max(self.applied)].plan if self.applied else self.before


def plan_edit(*, hand: Hand, asked: Asked, actor: Actor, also: Also | None = None) -> Done:
    """Write edits, all of them or none; ``also`` is done in the same transaction.

    Raises Met and QuotaLoomError, both without a word about what the author may not see.
    """
    plan = hand.seen.plan
    if hand.seen.figures.living is None:
        plan_begin(plan=plan, actor=actor)
    with writing(plan.pk) as journal:
        done = _told(hand, journal, lambda: _written(hand, journal, asked))
        params = {"edits": list(done.applied), "hash": journal.store.head().hash}
        subject = f"plan:{plan.pk}"
        audit_record(actor=actor, action=asked.action, subject=subject, params=params)
        if also:
            also(done)
    return done


def plan_undo(*, hand: Hand, actor: Actor) -> Done:
    """Take back the author's own last edit that still stands."""
    author = str(hand.user.pk)
    asked = Asked(lambda journal: journal.undoing(author), action="plan.undo")
    return plan_edit(hand=hand, asked=asked, actor=actor)


def plan_redo(*, hand: Hand, actor: Actor) -> Done:
    """Do again what the author took back last, as long as she edited nothing since."""
    author = str(hand.user.pk)
    asked = Asked(lambda journal: redo_next(journal, author), action="plan.redo")
    return plan_edit(hand=hand, asked=asked, actor=actor)


def plan_preview(*, hand: Hand, asked: Asked, actor: Actor) -> Done:
    """What edits would do; nothing of them is written. Raises as ``plan_edit`` does."""
    plan = hand.seen.plan
    if hand.seen.figures.living is None:
        plan_begin(plan=plan, actor=actor)
    with reading(plan.pk) as journal:
        return _told(hand, journal, lambda: _previewed(hand, journal, asked))


def _written(hand: Hand, journal: Journal, asked: Asked) -> Done:
    done = Done(journal.plan, {})
    author = _author(hand, journal, asked)
    for edit in asked.edits(journal):
        refuse_beyond(hand, journal, edit)
        refuse_uneven(journal.plan, edit)
        batch = min(done.applied, default=0)
        mine = replace(author, known=frozenset(done.applied), batch=batch)
        applied = journal.write(edit, mine, asked.reason)
        done.applied[applied.plan.position] = applied
    return done


def _previewed(hand: Hand, journal: Journal, asked: Asked) -> Done:
    author, edits = _author(hand, journal, asked), list(asked.edits(journal))
    for edit in edits:
        refuse_beyond(hand, journal, edit)
    staged = journal.stage(enumerate(edits, start=journal.plan.position + 1), author)
    for _, met in staged.met:
        raise met
    states = (journal.plan, *(one.plan for one in staged.applied))
    for state, edit in zip(states, edits, strict=False):
        refuse_uneven(state, edit)
    return Done(journal.plan, {one.plan.position: one for one in staged.applied})


def _author(hand: Hand, journal: Journal, asked: Asked) -> Author:
    """Who saw the last edit of what she sees has seen all that there is for her to see."""
    seen = asked.seen
    if seen is not None and position_seen(journal.plan, hand.seen.sight) <= seen:
        seen = seen if seen > journal.plan.position else None
    return Author(str(hand.user.pk), hand.allowed, seen)


def _told(hand: Hand, journal: Journal, act: Callable[[], Done]) -> Done:
    """The act, with its refusals as far as the author may know them."""
    try:
        return act()
    except Met as met:
        raise met_seen(hand, journal.plan, met) from met
    except QuotaLoomError as refusal:
        raise refusal_seen(hand, refusal) from refusal
