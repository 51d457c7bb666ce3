"""The work of making a plan, done by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.registry import kind
from quotaloom.web.plans.models import Plan, Upload
from quotaloom.web.plans.request import files_asked, request_of
from quotaloom.web.plans.services import Order, plan_create
from quotaloom.web.plans.store import upload_path

if TYPE_CHECKING:
    from quotaloom.cycle.progress import Progress
    from quotaloom.web.jobs.models import Job

PLAN_CREATE = "plan.create"


@kind(PLAN_CREATE)
def create(job: Job, progress: Progress) -> dict[str, object]:
    """Make the plan that the job describes; begun anew, it answers the plan that is there."""
    there = Plan.objects.filter(job=job.pk).first()
    if there is None:
        asked = job.params["asked"]
        ids = [UUID(one) for one in files_asked(asked)]
        files = {str(u.pk): upload_path(u) for u in Upload.objects.filter(pk__in=ids)}
        there = plan_create(
            owner=job.owner,
            order=Order(
                job.params["name"],
                request_of(asked, files),
                asked,
                job.pk,
                potential=files.get(asked.get("potential", "")),
            ),
            actor=Actor(str(job.owner_id)),
            progress=progress,
        )
    return {"url": reverse("plan", args=[there.pk]), "plan": str(there.pk)}
