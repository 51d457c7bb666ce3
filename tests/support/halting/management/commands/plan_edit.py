"""plan_edit RATE: two edits of the newest plan as one act, as the workbench and programs write."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.core.management.base import BaseCommand

from quotaloom.core.allocation.journal.edit import Scale, Set, Wish
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import Actor
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.services import Asked, plan_edit
from quotaloom.web.journals import opened
from quotaloom.web.org.models import Grant, Role
from quotaloom.web.plans.models import Plan
from tests.support.halting.apps import halt

PERMISSIONS = ["plans.read", "plans.write"]


class Command(BaseCommand):
    """Edit the plan; the end of the command, where all is committed, is a point as well."""

    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("rate", type=int)

    def handle(self, *, rate, **_):
        opened.CHECKPOINT = 4  # so that checkpoints are among what is cut
        plan, user = Plan.objects.latest("created_at"), self._editor()

        def edits(journal):
            year, quarter = (Slice((), period, "booked", "issued") for period in ("", "2027Q2"))
            wish = Wish(year, journal.plan.total(year) + rate)
            return [Set((wish,)), Scale(quarter, Fraction(rate, 1000))]

        asked = Asked(edits, reason=f"第 {rate} 次")
        plan_edit(hand=hand_of(user, plan.pk), asked=asked, actor=Actor(str(user.pk)))
        halt()

    def _editor(self):
        user, is_new = User.objects.get_or_create(username="editor")
        if is_new:
            named = {"name_zh": "编辑", "name_en": "Editor", "permissions": PERMISSIONS}
            role = Role.objects.create(code="editor", **named)
            Grant.objects.create(user=user, role=role, valid_from=date(2020, 1, 1))
        return user
