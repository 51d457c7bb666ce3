"""Save points from the workbench, and taking one away in the list of versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quotaloom.web.audit.services import actor_of
from quotaloom.web.desk.hand import hand_of
from quotaloom.web.plans.sight import WRITE
from quotaloom.web.ui.policy import policy
from quotaloom.web.versions.models import SavePoint
from quotaloom.web.versions.save_point import LONGEST, point_remove, point_save

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request


@policy(WRITE)
@require_POST
def save_point(request: Request, plan_id: UUID) -> HttpResponse:
    """Name the plan as it is now, for the workbench: a sentence, or what is wrong."""
    hand = hand_of(request.user, plan_id)
    name = request.POST.get("name", "").strip()
    if not 0 < len(name) <= LONGEST:
        return JsonResponse({"findings": [_("Please give the save point a name.")]})
    made = point_save(hand=hand, name=name, actor=actor_of(request))
    told = {"name": made.name, "position": made.position}
    said = _("Saved as “%(name)s” at edit no. %(position)d: see the versions.") % told
    return JsonResponse({"said": said})


@policy(WRITE)
@require_POST
def point_gone(request: Request, plan_id: UUID, point_id: int) -> HttpResponse:
    """Take one's own save point away; 404 for any other."""
    hand_of(request.user, plan_id)
    point = get_object_or_404(SavePoint, pk=point_id, made_by=request.user)
    if plan_id not in {point.plan_id, point.plan.root_id}:
        return redirect("versions", plan_id=plan_id)
    point_remove(point=point, actor=actor_of(request))
    messages.success(request, _("The save point is gone; the edits stay."))
    return redirect("versions", plan_id=plan_id)
