"""What the worker runs: one task, which finds the work of the job's kind."""

from __future__ import annotations

import logging
from dataclasses import asdict
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.jobs.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding

log = logging.getLogger(__name__)
BETWEEN = 0.3  # seconds between two notes of progress of the same stage


class Cancelled(Exception):
    """Its owner asked the job to stop."""


class Notes:
    """Writes progress to the job's row, not too often, and sees whether to stop."""

    def __init__(self, job: UUID) -> None:
        self._row = Job.objects.filter(pk=job)
        self._stage, self._at = "", 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Note it; raises Cancelled where the owner asked to stop."""
        now = monotonic()
        if stage == self._stage and now - self._at < BETWEEN:
            return
        self._stage, self._at = stage, now
        self._row.update(stage=stage, done=done, of=of, heard_at=timezone.now())
        if self._row.filter(cancel_asked=True).exists():
            raise Cancelled


@task()
def work(job_id: str) -> None:
    """Do one job from its beginning to its end; one that is over stays as it is."""
    job = Job.objects.select_related("owner").get(pk=UUID(job_id))
    if job.is_over:
        return
    begun = timezone.now()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, started_at=begun, heard_at=begun)
    try:
        result = KINDS[job.kind](job, Notes(job.pk))
    except Cancelled:
        _end(job, State.CANCELLED)
    except QuotaLoomError as refusal:
        _end(job, State.REFUSED, findings=plain(refusal.findings))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, State.FAILED)
    else:
        _end(job, State.DONE, result=result)


def plain(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as JSON can hold them."""
    return [asdict(one) | {"severity": str(one.severity)} for one in findings]


def _end(job: Job, state: State, **changes: object) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=timezone.now(), **changes)
