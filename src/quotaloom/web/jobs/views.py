"""The page of a job: stage, n of N, stop, and where its outcome lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.models import State
from quotaloom.web.jobs.selectors import job_findings, jobs_for_user
from quotaloom.web.jobs.services import job_cancel
from quotaloom.web.ui.policy import SIGNED_IN, policy

if TYPE_CHECKING:
    from uuid import UUID

    from quotaloom.web.accounts.request import Request


@policy(SIGNED_IN)
@require_GET
def job(request: Request, job_id: UUID) -> HttpResponse:
    """The whole page; the part alone for htmx, which leaves for the outcome when it is there."""
    row = get_object_or_404(jobs_for_user(request.user), pk=job_id)
    if row.state == State.DONE and (outcome := row.result.get("url")):
        if not request.htmx:
            return redirect(outcome)
        return HttpResponse(headers={"HX-Redirect": outcome})
    context = {"job": row, "findings": job_findings(row, request.user)}
    return render(request, "jobs/_job.html" if request.htmx else "jobs/job.html", context)


@policy(SIGNED_IN)
@require_POST
def cancel(request: Request, job_id: UUID) -> HttpResponse:
    """Ask the job to stop; say so where it is too late for that."""
    row = get_object_or_404(jobs_for_user(request.user, "system.edit"), pk=job_id)
    if not job_cancel(job=row, actor=actor_of(request)):
        too_late = _("It was too late to stop this job: its result is written.")
        messages.warning(request, too_late)
    return redirect("job", job_id=job_id)
