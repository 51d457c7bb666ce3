"""Reading jobs: everybody sees their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.core.model.findings import Finding, Severity
from quotaloom.web.jobs.models import FINAL, Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User


def jobs_for_user(user: User, permission: str = "system.read") -> QuerySet[Job]:
    """The user's own jobs; all of them with the permission."""
    return Job.objects.all() if user.has_perm(permission) else Job.objects.filter(owner=user)


def job_under_way(kinds: Iterable[str]) -> Job | None:
    """A job of one of the kinds that is not over, whoever began it; None where there is none."""
    return Job.objects.filter(kind__in=list(kinds)).exclude(state__in=FINAL).first()


def job_findings(job: Job, user: User) -> list[Finding]:
    """What a job found, as findings again; they quote the owner's files, so others get none."""
    return findings_of(job.findings) if job.owner_id == user.pk else []


def findings_of(kept: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Findings that ``tasks.plain`` made JSON of."""
    return [
        Finding(one["code"], Severity(one["severity"]), one["subject"], one["params"])
        for one in kept
    ]
