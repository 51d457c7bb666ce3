"""The demo company's plan: next year's target, +15 % on this year; and its end with the company."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.demo_company.target import demo_request
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.journals.services import journal_drop
from quotaloom.web.org.demo_service import PARTS, Part
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.services import Order, plan_create
from quotaloom.web.plans.store import plan_folder

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.web.accounts.models import User
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress

NAME = "2027 年度销售目标"


def plan_create_demo(*, owner: User, folder: Path, actor: Actor) -> Plan:
    """The plan of the demo company's files; the one that is there already, if it is."""
    there = Plan.objects.filter(name=NAME).first()
    return there or plan_create(owner=owner, order=Order(NAME, demo_request(folder)), actor=actor)


def put_in(job: Job, folder: Path, progress: Progress) -> str:
    """The plan of the company that somebody put into the house; answers its id."""
    plan = Plan.objects.filter(job=job.pk).first() or plan_create(
        owner=job.owner,
        order=Order(NAME, demo_request(folder), job=job.pk),
        actor=Actor(str(job.owner_id)),
        progress=progress,
    )
    return str(plan.pk)


def clear(key: str, actor: Actor) -> None:
    """Delete that plan, and its cells once this is certain; one that is gone already is no fault.

    Call it inside a transaction. Raises DataRefused where something stands on the plan.
    """
    plan = Plan.objects.filter(pk=key).first()
    if plan is None:
        return
    folder = plan_folder(plan.pk)
    journal_drop(plan=plan.pk)
    try:
        plan.delete()
    except (ProtectedError, RestrictedError) as held:
        raise DataRefused([error("demo.plan_held", plan.name)]) from held
    audit_record(actor=actor, action="plan.delete", subject=f"plan:{key}")
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


PARTS["plan"] = Part(put_in, clear)
