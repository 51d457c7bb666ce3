"""The versions of a plan: scenarios copied, described and archived; editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import hand_of, releases, writes
from quotaloom.web.desk.words import said
from quotaloom.web.plans.selectors import plan_seen, plans_shown
from quotaloom.web.plans.sight import READ, WRITE
from quotaloom.web.ui.policy import policy
from quotaloom.web.versions.forms import CopyForm, DescribeForm
from quotaloom.web.versions.next_year import Into, plan_next
from quotaloom.web.versions.scenario import (
    Copy,
    scenario_archive,
    scenario_copy,
    scenario_describe,
)
from quotaloom.web.versions.selectors import root_of, scenario_of, versions_of
from quotaloom.web.versions.version import version_seen

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.report.period_columns import Column
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.versions.models import Scenario


@policy(READ)
@require_GET
def versions(request: Request, plan_id: UUID) -> HttpResponse:
    """All versions of a plan in one list; asked of a scenario, those of its plan."""
    root = root_of(request.user, plan_id)
    seen = plan_seen(request.user, root.pk)
    listed = versions_of(request.user, root)
    living = seen.figures.living
    others = [one.plan for one in plans_shown(request.user) if one.plan.pk != root.pk]
    context = {
        "plan": root,
        "sight": seen.sight,
        "listed": listed,
        "others": others,
        "may_write": writes(request.user, seen) is not None,
        "may_release": releases(request.user, seen),
        "may_create": request.user.has_perm("plans.create"),
        "closed": living.periods[living.elapsed - 1].label if living and living.elapsed else "",
        "open_periods": _open_periods(seen.pivot.columns, living.elapsed if living else 0),
        "undo": request.GET.get("promoted") == "1",
        "edited": living is not None,
    }
    return render(request, "versions/list.html", context)


@policy(WRITE)
@require_POST
def version_copy(request: Request, plan_id: UUID) -> HttpResponse:
    """A scenario of any version that is seen, or a plan of another year; then its workbench."""
    root = root_of(request.user, plan_id)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the copy a name and a year."))
        return redirect("versions", root.pk)
    try:
        made = _copied(request, root, form)
    except QuotaLoomError as refusal:
        for one in refusal.findings:
            messages.error(request, said(one))
        return redirect("versions", root.pk)
    messages.success(request, _("%(name)s is ready: change it as you like.") % {"name": made.name})
    return redirect("versions", made.pk)


@policy(WRITE)
@require_POST
def scenario_change(request: Request, plan_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Another name and description."""
    scenario = _mine(request, plan_id, scenario_id)
    form = DescribeForm(request.POST)
    if form.is_valid():
        told = {"name": form.cleaned_data["name"], "note": form.cleaned_data["note"]}
        scenario_describe(scenario=scenario, actor=actor_of(request), **told)
    else:
        messages.error(request, _("Give the scenario a name."))
    return redirect("versions", plan_id)


@policy(WRITE)
@require_POST
def scenario_shelve(request: Request, plan_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Archive a scenario, or take it out of the archive."""
    scenario = _mine(request, plan_id, scenario_id)
    archived = request.POST.get("archived") == "1"
    scenario_archive(scenario=scenario, archived=archived, actor=actor_of(request))
    return redirect("versions", plan_id)


def _copied(request: Request, root: Plan, form: CopyForm) -> Plan:
    """Edits come along where the copy is of the same plan and year; else only the figures do."""
    user, actor, asked = request.user, actor_of(request), form.cleaned_data
    version = version_seen(user, asked["source"])
    wish = Copy(asked["name"], asked["note"], asked["growth"])
    same = (version.plan.root or version.plan) == root
    if same and asked["year"] == root.year:
        hand_of(user, version.plan.root_id or version.plan.pk)  # 404 for who may write nothing
        return scenario_copy(user=user, version=version, wish=wish, actor=actor)
    if asked["year"] == root.year:
        hand_of(user, root.pk)
        into = Into(root.year, root)
    elif user.has_perm("plans.create"):
        into = Into(asked["year"])
    else:
        raise Http404
    return plan_next(user=user, version=version, wish=wish, into=into, actor=actor)


def _mine(request: Request, plan_id: UUID, scenario_id: UUID) -> Scenario:
    """A scenario that the user made, or of a plan all of which she may write. Else Http404."""
    root = root_of(request.user, plan_id)
    scenario = scenario_of(request.user, root, scenario_id)
    reach = writes(request.user, plan_seen(request.user, root.pk))
    if reach is None or not (reach.is_whole or scenario.made_by_id == request.user.pk):
        raise Http404
    return scenario


def _open_periods(columns: tuple[Column, ...], elapsed: int) -> list[str]:
    """The leaf periods that are not closed yet."""
    return [one.label for one in columns if one.is_leaf and one.leaves[0] >= elapsed]
