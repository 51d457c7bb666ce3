"""Scenarios: a plan copied with all its edits, named, described and archived."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.core.allocation.journal.edit import Scale
from quotaloom.core.allocation.journal.place import Slice
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.names import half_width
from quotaloom.planfile.number import read_rate
from quotaloom.planfile.piece import Piece
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.desk.services import Asked, plan_edit
from quotaloom.web.journals.services import journal_copy
from quotaloom.web.plans.models import Plan, Stage
from quotaloom.web.plans.store import link_cells, plan_folder
from quotaloom.web.versions.models import Scenario

if TYPE_CHECKING:
    from fractions import Fraction

    from quotaloom.core.allocation.journal.edit import Edit
    from quotaloom.planfile.journal import Journal
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.versions.version import Version

COPIED = ("year", "measure", "owner", "upload", "total", "unit", "leaf_count", "digest")
COPIED_TOO = ("also", "org_header", "request", "as_of")


@dataclass(frozen=True, slots=True)
class Copy:
    """What a scenario is to be called, what it is for, and by how much it is raised at once."""

    name: str
    note: str = ""
    growth: str = ""

    def rate(self) -> Fraction | None:
        """The growth, None where there is none. Raises DataRefused for what is no rate."""
        return read_rate(Piece(half_width(self.growth).strip())) if self.growth.strip() else None


def scenario_copy(*, user: User, version: Version, wish: Copy, actor: Actor) -> Plan:
    """A scenario of the version's plan, with all the edits that are in it; then the growth.

    It is seen by whom its plan is seen, and edited as the plan is. Raises QuotaLoomError.
    """
    rate = wish.rate()
    source = version.plan
    plan_begin(plan=source, actor=actor)
    named = {name: getattr(source, name) for name in (*COPIED, *COPIED_TOO)}
    made = Plan(id=uuid.uuid4(), name=wish.name, root=source.root or source, **named)
    try:
        with transaction.atomic():
            link_cells(source.pk, made.pk)
            made.save(force_insert=True)
            journal_copy(source=source.pk, target=made.pk, position=version.position)
            known = {"source": version.ref, "growth": wish.growth.strip(), "note": wish.note}
            Scenario.objects.create(plan=made, made_by=user, **known)
            told = {"name": wish.name, **known}
            audit_record(
                actor=actor, action="scenario.copy", subject=f"plan:{made.pk}", params=told
            )
            if rate:
                _raise(user, made, rate, actor)
    except BaseException:
        shutil.rmtree(plan_folder(made.pk), ignore_errors=True)
        raise
    return made


def scenario_describe(*, scenario: Scenario, name: str, note: str, actor: Actor) -> None:
    """Give a scenario another name and description."""
    plan = scenario.plan
    with transaction.atomic():
        plan.name, scenario.note = name, note
        plan.save(update_fields=["name"])
        scenario.save(update_fields=["note"])
        told = {"name": name, "note": note}
        audit_record(
            actor=actor, action="scenario.describe", subject=f"plan:{plan.pk}", params=told
        )


def scenario_archive(*, scenario: Scenario, archived: bool, actor: Actor) -> None:
    """Put a scenario aside, where it is read and no more, or take it out again."""
    plan = scenario.plan
    with transaction.atomic():
        plan.stage = Stage.ARCHIVED if archived else Stage.DRAFT
        plan.save(update_fields=["stage"])
        action = "scenario.archive" if archived else "scenario.restore"
        audit_record(actor=actor, action=action, subject=f"plan:{plan.pk}")


def _raise(user: User, made: Plan, rate: Fraction, actor: Actor) -> None:
    """Every total of the scenario times 1 + rate, as edits of whoever copied it."""
    hand = hand_of(user, made.pk)
    if hand.allowed is not None:
        raise UsageRefused([error("edit.outside_scope")])

    def edits(journal: Journal) -> list[Edit]:
        additive = [
            key
            for key in sorted(journal.plan.columns)
            if journal.plan.measure(key[0]).kind == "additive"
        ]
        return [Scale(Slice((), "", *key), rate) for key in additive]

    plan_edit(hand=hand, asked=Asked(edits, action="scenario.raise"), actor=actor)
