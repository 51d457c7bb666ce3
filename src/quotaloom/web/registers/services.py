"""Opening and changing records: one submit is one transaction, one history row and one audit row.

None of these is to be called inside another transaction: facts are published after their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.timeliness import timeliness
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.models import Axis, Member, Person
from quotaloom.web.registers.deadline import company_deadline
from quotaloom.web.registers.field import OVERLAY, plain, put
from quotaloom.web.registers.meeting import meet
from quotaloom.web.registers.models import Change, Opportunity, Update
from quotaloom.web.registers.publish import publish_now
from quotaloom.web.registers.seat import holder_names
from quotaloom.web.registers.stage import STAGES

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.registers.field import Values
    from quotaloom.web.registers.meeting import Seen

PREFIX: Final = "QL-"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who submits, when what she tells happened, if she says, and when she submits (None: now)."""

    user: User
    actor: Actor
    happened_at: datetime | None = None
    at: datetime | None = None

    @property
    def name(self) -> str:
        """What she is called: by her person, else by her account."""
        person = Person.objects.filter(account=self.user).first()
        return person.name if person else self.user.shown_name


def opportunity_open(*, wishes: Values, hand: Hand) -> Opportunity:
    """A new record, kept here; its number is drawn."""
    with transaction.atomic():
        key = uuid4()
        told = {"fields": sorted(wishes)}
        audit_record(
            actor=hand.actor, action="opportunity.open", subject=f"opportunity:{key}", params=told
        )
        record = Opportunity(id=key, number=_number())
        _write(record, wishes, hand)
    publish_now()
    return record


def opportunity_change(*, key: UUID, seen: Seen, wishes: Values, hand: Hand) -> Opportunity:
    """Change fields of a record that was seen as told; others' changes since then stay.

    Raises Clash where somebody else changed one of the same fields meanwhile, and Elsewhere where
    another system keeps the field.
    """
    with transaction.atomic():
        record = Opportunity.objects.select_for_update(of=("self",)).get(pk=key)
        if record.master and not set(wishes) <= set(OVERLAY):
            raise Elsewhere(record.master)
        changed = meet(record, seen, wishes)
        if not changed:
            return record
        told = {"fields": sorted(changed), "position": record.position + 1}
        audit_record(
            actor=hand.actor,
            action="opportunity.change",
            subject=f"opportunity:{record.pk}",
            params=told,
        )
        _write(record, changed, hand)
    publish_now()
    return record


class Elsewhere(Exception):
    """The record is kept in the system that is named."""


def _write(record: Opportunity, changed: Values, hand: Hand) -> None:
    before = plain(record)
    values = changed | _derived(before, changed)
    now = hand.at or timezone.now()
    put(record, values, _seats(values))
    record.position, record.updated_at = record.position + 1, now
    record.save()
    stands = timeliness(now, hand.happened_at, company_deadline())
    update = Update.objects.create(
        record=record,
        position=record.position,
        at=now,
        happened_at=hand.happened_at,
        author=hand.user,
        person=hand.name,
        day=stands.day,
        is_on_time=stands.is_on_time,
        is_within_day=stands.is_within_day,
    )
    after = plain(record)
    note_changes(update, before, {name: after[name] for name in values})


def note_changes(update: Update, before: Values, after: Values) -> None:
    """One row a field that differs."""
    Change.objects.bulk_create(
        Change(update=update, field=name, old=before[name], new=new)
        for name, new in after.items()
        if new != before[name]
    )


def _derived(before: Values, changed: Values) -> Values:
    """What follows from a change: the holder of another seat, the usual chance of a stage."""
    found: Values = {}
    if "seat" in changed:
        found["person"] = holder_names([changed["seat"]]).get(changed["seat"], "")
    stage = changed.get("stage", before["stage"])
    if changed.get("probability", before["probability"]) == _usual(before["stage"]):
        found["probability"] = _usual(stage)
    return found


def _seats(values: Values) -> dict[str, Member]:
    rows = Member.objects.filter(axis=Axis.ORG, code=values.get("seat", ""))
    return {one.code: one for one in rows}


def _usual(stage: object) -> int | str:
    return STAGES[stage].probability if isinstance(stage, str) and stage in STAGES else ""


def _number() -> str:
    """The next free number; the audit's head, which is held by now, lets only one ask at a time."""
    count = Opportunity.objects.filter(number__startswith=PREFIX).count() + 1
    while Opportunity.objects.filter(number=f"{PREFIX}{count:05}").exists():
        count += 1
    return f"{PREFIX}{count:05}"
