"""The demo company's plan: next year's target, +15 % on this year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.cycle.demo_company.target import demo_request
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.services import Order, plan_create

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor

NAME = "2027 年度销售目标"


def plan_create_demo(*, owner: User, folder: Path, actor: Actor) -> Plan:
    """The plan of the demo company's files; the one that is there already, if it is."""
    there = Plan.objects.filter(name=NAME).first()
    return there or plan_create(owner=owner, order=Order(NAME, demo_request(folder)), actor=actor)
