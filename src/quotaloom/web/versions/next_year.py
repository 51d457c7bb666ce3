"""A plan that begins with the figures of any version: the same members, every total grown once."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan import desk
from quotaloom.cycle.plan.begin import from_plan
from quotaloom.planfile.figures import first_plan, read_figures
from quotaloom.report.living_leaves import as_decomposition
from quotaloom.web.audit.services import audit_record
from quotaloom.web.desk.begin import plan_begin
from quotaloom.web.journals.opened import plan_now
from quotaloom.web.journals.store import DatabaseStore
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import column_of, plan_folder, write_cells
from quotaloom.web.versions.models import Scenario

if TYPE_CHECKING:
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.versions.scenario import Copy
    from quotaloom.web.versions.version import Version


@dataclass(frozen=True, slots=True, eq=False)
class Into:
    """The year of the new plan, and the plan that it is a scenario of, if it is one."""

    year: int
    root: Plan | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """What the new plan begins with, and the digest of the cells that its pages show."""

    beginning: Beginning
    digest: str
    total: int


def plan_next(*, user: User, version: Version, wish: Copy, into: Into, actor: Actor) -> Plan:
    """A plan for a year, of its own or beside another one. The user has to see the whole version.

    Raises QuotaLoomError.
    """
    source, year = version.plan, into.year
    if not version.sight.is_whole:
        raise UsageRefused([error("edit.outside_scope")])
    plan_begin(plan=source, actor=actor)
    plan_id = uuid.uuid4()
    made = _made(version, wish, year, plan_id)
    plan = Plan(
        id=plan_id,
        name=wish.name,
        year=year,
        measure=source.measure,
        also=source.also,
        owner=into.root.owner if into.root else user,
        total=made.total,
        unit=source.unit,
        leaf_count=source.leaf_count,
        digest=made.digest,
        org_header=source.org_header,
        root=into.root,
    )
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
            DatabaseStore.create(plan_id, made.beginning.text, [made.beginning.figures])
            known = {"source": version.ref, "growth": wish.growth.strip(), "note": wish.note}
            if into.root:
                Scenario.objects.create(plan=plan, made_by=user, **known)
            told = {"name": wish.name, "year": year, **known}
            audit_record(actor=actor, action="plan.next", subject=f"plan:{plan_id}", params=told)
    except BaseException:
        shutil.rmtree(plan_folder(plan_id), ignore_errors=True)
        raise
    return plan


def _made(version: Version, wish: Copy, year: int, plan_id: uuid.UUID) -> _Made:
    """The grown figures, and their cells in the folder of the plan."""
    living = version.living or plan_now(version.plan.pk)
    if living is None:
        raise UsageRefused([error("edit.no_such_edit", version.ref)])
    head = desk.definition(DatabaseStore(version.plan.pk))
    growth = wish.rate() or Fraction(0)
    beginning = from_plan(living, head, name=wish.name, year=year, growth=growth)
    grown = first_plan(beginning.definition, read_figures(beginning.figures))
    key = column_of(version.plan, grown)
    past = living.column(key).values
    decomposed = as_decomposition(grown, key, past)
    digest = write_cells(plan_id, decomposed, pl.DataFrame())
    return _Made(beginning, digest, decomposed.total)
