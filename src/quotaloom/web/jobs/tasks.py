"""What the worker runs: one task, which finds the work of the job's kind."""

from __future__ import annotations

import logging
from dataclasses import asdict
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.jobs.registry import KINDS
from quotaloom.web.jobs.stage import LAST
from quotaloom.web.ui.away import is_away
from quotaloom.web.ui.disk import disk_full

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django_tasks.base import TaskContext

    from quotaloom.core.model.findings import Finding

log = logging.getLogger(__name__)
BETWEEN = 0.3  # seconds between two notes of progress of the same stage
IN_HAND: set[UUID] = set()  # what this process works on


class Cancelled(Exception):
    """Its owner asked the job to stop."""


class TakenAway(Exception):
    """Somebody else does the job by now; what we find no longer counts."""


class Notes:
    """Writes progress to the job's row, not too often, and sees whether to stop."""

    def __init__(self, job: UUID, worker: str) -> None:
        self._row = ours(job, worker)
        self._stage, self._at = "", 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Note it; raises Cancelled where the owner asked to stop, TakenAway where it is lost.

        One update decides between her and a job that begins to write: either comes too late.
        """
        now = monotonic()
        if stage == self._stage and now - self._at < BETWEEN:
            return
        self._stage, self._at = stage, now
        told = {"stage": stage, "done": done, "of": of, "heard_at": timezone.now()}
        if stage in LAST:
            told["is_writing"] = True
        if self._row.filter(cancel_asked=False).update(**told):
            return
        raise Cancelled if self._row.exists() else TakenAway


def ours(job: UUID, worker: str) -> QuerySet[Job]:
    """The row of a job, as long as this worker has it in hand."""
    return Job.objects.filter(pk=job, worker=worker, state=State.RUNNING)


@task(takes_context=True)
def work(context: TaskContext, job_id: str) -> None:
    """Do one job from its beginning to its end; delivered twice, it is done once."""
    key, worker, begun = UUID(job_id), context.task_result.worker_ids[-1], timezone.now()
    waiting = Job.objects.filter(pk=key, state=State.QUEUED)
    taken = {"state": State.RUNNING, "worker": worker, "started_at": begun, "heard_at": begun}
    if not waiting.update(attempts=F("attempts") + 1, **taken):
        return
    IN_HAND.add(key)
    try:
        ours(key, worker).update(ended_at=timezone.now(), **_outcome(key, worker))
    except TakenAway:
        log.exception("job %s was taken away", key)
    finally:
        IN_HAND.discard(key)


def _outcome(key: UUID, worker: str) -> dict[str, object]:
    """What came of the work, as columns of its row.

    Raises where the database was away: the next heartbeat begins the job anew.
    """
    job = Job.objects.select_related("owner").get(pk=key)
    try:
        return {"state": State.DONE, "result": KINDS[job.kind](job, Notes(key, worker))}
    except TakenAway:
        raise
    except Cancelled:
        return {"state": State.CANCELLED}
    except QuotaLoomError as refusal:
        return {"state": State.REFUSED, "findings": plain(refusal.findings)}
    except Exception as fault:
        log.exception("job %s (%s) failed", key, job.kind)
        full = disk_full(fault)
        if full is None and is_away(fault):
            raise
        found = full or error("worker.fault", str(key), kind=job.kind)
        return {"state": State.FAILED, "findings": plain([found])}


def plain(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as JSON can hold them."""
    return [asdict(one) | {"severity": str(one.severity)} for one in findings]
