"""The versions of a plan in one list: the plan itself, its scenarios, its editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404

from quotaloom.web.plans.models import Plan, Stage
from quotaloom.web.plans.selectors import plan_seen, plans_for_user
from quotaloom.web.versions.models import Edition, Scenario
from quotaloom.web.versions.save_point import points_seen
from quotaloom.web.versions.version import Version, edition_ref, version_seen

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from quotaloom.web.accounts.models import User

Kind = Literal["plan", "scenario", "edition", "point"]


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A line of the list, with the sum in 分 of what the user sees of it.

    ``since`` counts the edits that a plan has had since its last edition; a broken edition is one
    whose files are not what was released. ``point`` is the number of a save point.
    """

    version: Version
    kind: Kind
    name: str
    who: User
    at: datetime
    note: str = ""
    source: str = ""
    is_archived: bool = False
    is_broken: bool = False
    since: int = 0
    point: int = 0

    @property
    def ref(self) -> str:
        """How addresses name it."""
        return self.version.ref

    @property
    def plan(self) -> Plan:
        """The plan that its figures are of."""
        return self.version.plan

    @property
    def edition(self) -> Edition | None:
        """The edition that it is, if it is one."""
        return self.version.edition


def root_of(user: User, plan_id: UUID) -> Plan:
    """The plan that a plan is a scenario of, or itself. Raises Http404 where it is not seen."""
    plan = plans_for_user(user).filter(pk=plan_id).select_related("root").first()
    if plan is None:
        raise Http404
    return plan_seen(user, (plan.root or plan).pk).plan


def versions_of(user: User, root: Plan) -> list[Listed]:
    """The plan, its editions and save points (the newest first), its scenarios (in use first)."""
    return [
        _itself(user, root),
        *_editions(user, root),
        *_points(user, root),
        *_scenarios(user, root),
    ]


def scenario_of(user: User, root: Plan, scenario_id: UUID) -> Scenario:
    """A scenario of a plan that the user sees. Raises Http404 for any other."""
    plan_seen(user, scenario_id)
    return get_object_or_404(
        Scenario.objects.select_related("plan", "made_by"), plan_id=scenario_id, plan__root=root
    )


def name_of(user: User, ref: str) -> str:
    """What a version is called, "" for one that is gone or not seen."""
    try:
        return title(version_seen(user, ref))
    except Http404:
        return ""


def title(version: Version) -> str:
    """What a version is called beside others."""
    if version.edition is not None:
        return f"{version.plan.name} · {version.edition.name}"
    return version.plan.name if version.is_newest else f"{version.plan.name} #{version.position}"


def _itself(user: User, root: Plan) -> Listed:
    version = version_seen(user, str(root.pk))
    editions = version.living.editions if version.living else {}
    since = version.position - max(editions) if editions else 0
    return Listed(version, "plan", root.name, root.owner, root.created_at, since=since)


def _editions(user: User, root: Plan) -> list[Listed]:
    found = Edition.objects.filter(plan=root).select_related("released_by").order_by("-number")
    return [_edition(user, one) for one in found]


def _edition(user: User, one: Edition) -> Listed:
    try:
        version, broken = version_seen(user, edition_ref(one)), False
    except Http404:
        seen = plan_seen(user, one.plan_id)
        version = Version(edition_ref(one), seen.plan, seen.figures, seen.sight, edition=one)
        broken = True
    who, at = one.released_by, one.released_at
    return Listed(version, "edition", one.name, who, at, one.note, is_broken=broken)


def scenario_listed(user: User, one: Scenario) -> Listed:
    """A scenario as the list of versions shows it. Raises Http404 where it is not seen."""
    return Listed(
        version_seen(user, str(one.plan_id)),
        "scenario",
        one.plan.name,
        one.made_by,
        one.made_at,
        one.note,
        " ".join(filter(None, (name_of(user, one.source), one.growth))),
        one.plan.stage == Stage.ARCHIVED,
    )


def _points(user: User, root: Plan) -> list[Listed]:
    """The save points as far as they are seen, also those of scenarios."""
    return [
        Listed(
            version_seen(user, f"{one.plan_id}:{one.position}"),
            "point",
            one.name,
            one.made_by,
            one.made_at,
            source=one.plan.name if one.plan_id != root.pk else "",
            point=one.pk,
        )
        for one in points_seen(user, plan_seen(user, root.pk))
    ]


def _scenarios(user: User, root: Plan) -> list[Listed]:
    rows = Scenario.objects.filter(plan__root=root).select_related("plan", "made_by")
    return [
        scenario_listed(user, one)
        for one in rows.order_by("-plan__stage", "-made_at")
        if plans_for_user(user).filter(pk=one.plan_id).exists()
    ]
