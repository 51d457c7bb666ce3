"""The demo company's direct deals in the register, as its people would have kept them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zlib import crc32
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from quotaloom.core.model.timeliness import timeliness
from quotaloom.cycle.demo_company.pipeline import CHANCES, STAGES, deals
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.models import Axis, Member
from quotaloom.web.registers.deadline import company_deadline
from quotaloom.web.registers.field import Values, plain, put
from quotaloom.web.registers.models import Change, Opportunity, Outcome, Update
from quotaloom.web.registers.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from quotaloom.cycle.demo_company.pipeline import Deal
    from quotaloom.web.audit.services import Actor

OUTCOMES: Final = {"赢单": Outcome.WON, "输单": Outcome.LOST}
WON_BY: Final = "产品与方案"
FIRST, SPAN = time(9), 540  # minutes after the first hour in which people type


def register_deals(home: Path, actor: Actor) -> None:
    """Write the direct deals with their history, and publish them; once and no more."""
    if Opportunity.objects.filter(master="").exists():
        return
    seats = {one.code: one for one in Member.objects.filter(axis=Axis.ORG)}
    records: list[Opportunity] = []
    updates: list[Update] = []
    changes: list[Change] = []
    for deal in (one for one in deals(home) if one.is_direct):
        record = Opportunity(number=deal.number)
        for day, values in _steps(deal):
            before = plain(record)
            put(record, values, seats)
            updates.append(_update(record, deal, day))
            changes += [
                Change(update=updates[-1], field=name, old=before[name], new=new)
                for name, new in values.items()
                if new != before[name]
            ]
        records.append(record)
    with transaction.atomic():
        told = {"count": len(records)}
        audit_record(actor=actor, action="opportunity.demo", subject="demo", params=told)
        Opportunity.objects.bulk_create(records)
        Update.objects.bulk_create(updates)
        Change.objects.bulk_create(changes)
    publish()


def _steps(deal: Deal) -> Iterator[tuple[date, Values]]:
    """What was typed on which day."""
    first: Values = {
        "name": deal.name,
        "customer": deal.account["客户"],
        "product": deal.product.name,
        "seat": deal.holder["岗位"],
        "person": deal.person,
        "amount": deal.amount * 100,
        "begun_on": str(deal.steps[0][0]),
        "expected_on": str(deal.expected),
    }
    for day, stage in deal.steps:
        yield day, first | {"stage": stage, "probability": CHANCES[STAGES.index(stage)]}
    if deal.closed:
        is_won = deal.outcome == "赢单"
        yield (
            deal.closed,
            {
                "outcome": OUTCOMES[deal.outcome].value,
                "closed_on": str(deal.closed),
                "probability": 100 if is_won else 0,
                "reason": WON_BY if is_won else deal.reason,
                "competitor": deal.rival,
            },
        )


def _update(record: Opportunity, deal: Deal, day: date) -> Update:
    """A submit at an hour of that day, which is later than the deadline once in a while."""
    minutes = crc32(f"{deal.number} {day}".encode()) % SPAN
    begun = datetime.combine(day, FIRST, ZoneInfo(settings.TIME_ZONE))
    record.position, record.updated_at = record.position + 1, begun + timedelta(minutes=minutes)
    stands = timeliness(record.updated_at, None, company_deadline())
    return Update(
        record=record,
        position=record.position,
        at=record.updated_at,
        person=deal.person,
        day=stands.day,
        is_on_time=stands.is_on_time,
        is_within_day=stands.is_within_day,
    )
