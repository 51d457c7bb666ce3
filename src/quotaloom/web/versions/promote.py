"""A scenario becomes the plan: its edits are brought back, asked about where they clash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotaloom.core.allocation.journal import edit as grammar
from quotaloom.core.model.errors import DataRefused, QuotaLoomError, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.merge import Choice, incoming, merge, rehearse
from quotaloom.planfile.journal import Author
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.guard import refuse_beyond
from quotaloom.web.desk.refusal import refusal_seen
from quotaloom.web.desk.services import plan_undo
from quotaloom.web.journals.opened import lives, reading, writing
from quotaloom.web.journals.store import DatabaseStore

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.plan import Plan as LivingPlan
    from quotaloom.cycle.plan.merge import Rehearsal
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.desk.hand import Hand
    from quotaloom.web.plans.models import Plan


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What bringing a scenario back would do, and the plan that it would be done to."""

    rehearsal: Rehearsal
    before: LivingPlan


def promotion_look(*, hand: Hand, scenario: Plan, choice: Choice) -> Look:
    """Nothing is written. Raises QuotaLoomError without a word about what is not seen."""
    _refuse_unedited(hand.seen.plan)
    with reading(hand.seen.plan.pk) as journal:
        return _look(hand, journal, scenario, choice)


def scenario_promote(
    *, hand: Hand, scenario: Plan, choice: Choice, actor: Actor
) -> tuple[Look, list[int]]:
    """Write the scenario's edits into its plan as one batch; the numbers they have there.

    Nothing is written where a clash is undecided.
    """
    plan = hand.seen.plan
    _refuse_unedited(plan)
    with writing(plan.pk) as journal:
        look = _look(hand, journal, scenario, choice)
        if look.rehearsal.undecided:
            return look, []
        store = DatabaseStore(scenario.pk)
        _, numbers = merge(journal, store, _author(hand), choice)
        told = {"scenario": str(scenario.pk), "edits": list(numbers.values())}
        told["hash"] = journal.store.head().hash
        audit_record(actor=actor, action="scenario.promote", subject=f"plan:{plan.pk}", params=told)
    return look, list(numbers.values())


def promotion_undo(*, hand: Hand, actor: Actor) -> None:
    """Take back the scenario that the user brought back last, while she has edited nothing since.

    UsageRefused where the last thing that she did was no such thing.
    """
    if not lives(hand.seen.plan.pk):
        raise UsageRefused([error("edit.nothing_to_undo")])
    with reading(hand.seen.plan.pk) as journal:
        last = journal.undoing(str(hand.user.pk))[0]
        if not journal.record(last.seq).origin:
            raise UsageRefused([error("edit.nothing_to_undo")])
    plan_undo(hand=hand, actor=actor)


def _refuse_unedited(plan: Plan) -> None:
    """A plan without a journal has no branches: what stands beside it began as something else."""
    if not lives(plan.pk):
        raise DataRefused([error("edit.not_a_branch")])


def _look(hand: Hand, journal: Journal, scenario: Plan, choice: Choice) -> Look:
    store = DatabaseStore(scenario.pk)
    try:
        found = incoming(journal, store)
        for record in found.records:
            _refuse_beyond(hand, journal, record.edit, found.common)
        return Look(rehearse(journal, store, _author(hand), choice), journal.plan)
    except QuotaLoomError as refusal:
        raise refusal_seen(hand, refusal) from refusal


def _refuse_beyond(hand: Hand, journal: Journal, edit: grammar.Edit, common: int) -> None:
    """What the user might not have written herself, she does not bring back either.

    What takes back an edit of the scenario itself was asked of that edit already.
    """
    is_own = isinstance(edit, grammar.Release | grammar.Revert) and edit.seq > common
    if not is_own and not isinstance(edit, grammar.Elapse | grammar.EditionEdit):
        refuse_beyond(hand, journal, edit)


def _author(hand: Hand) -> Author:
    return Author(str(hand.user.pk), hand.allowed)
