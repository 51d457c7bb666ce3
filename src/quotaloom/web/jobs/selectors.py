"""Reading jobs: everybody sees their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.findings import Finding, Severity
from quotaloom.web.jobs.models import Job

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User


def jobs_for_user(user: User) -> QuerySet[Job]:
    """The jobs that the user may see: her own, or all of them with ``system.read``."""
    return Job.objects.all() if user.has_perm("system.read") else Job.objects.filter(owner=user)


def job_findings(job: Job) -> list[Finding]:
    """What a job found, as findings again."""
    return [
        Finding(one["code"], Severity(one["severity"]), one["subject"], one["params"])
        for one in job.findings
    ]
