"""deal_write NUMBER: somebody writes the number into the only opportunity, or opens it with it."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.registers.meeting import Seen
from quotaloom.web.registers.models import Opportunity
from quotaloom.web.registers.services import Hand, opportunity_change, opportunity_open
from tests.support.halting.apps import halt


class Command(BaseCommand):
    """Submit; the end of the command, where all is committed and published, is a point as well."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **_):
        user, _ = User.objects.get_or_create(username="seller")
        hand = Hand(user, Actor(str(user.pk)))
        record, wishes = Opportunity.objects.first(), {"note": str(number)}
        if record is None:
            opportunity_open(wishes={"name": "厂房项目", "stage": "线索确认"} | wishes, hand=hand)
        else:
            seen = Seen(record.position)
            opportunity_change(key=record.pk, seen=seen, wishes=wishes, hand=hand)
        halt()
