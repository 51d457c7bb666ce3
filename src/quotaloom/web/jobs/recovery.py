"""Jobs whose worker died in the middle: begun anew, or given up with a finding."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from quotaloom.core.model.findings import error
from quotaloom.web.jobs.liveness import living
from quotaloom.web.jobs.models import Job, State, Worker
from quotaloom.web.jobs.tasks import IN_HAND, plain, work

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOST_ATTEMPTS = 3
LOST = timedelta(seconds=10)  # a job that waits so long without a task was never handed over
OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def recover(me: str) -> int:
    """Take up what dead workers left behind; answers how many jobs were touched.

    Several may do this at once: each job is moved by one of them only.
    """
    alive = {one.pk for one in living()}
    _close_tasks(alive)
    held = Job.objects.filter(state=State.RUNNING)
    left = [job for job in held if job.worker not in alive or _dropped(job, me)]
    touched = sum(_begin_anew(job) for job in left)
    touched += sum(_hand_over(job) for job in Job.objects.filter(state=State.QUEUED))
    Worker.objects.exclude(pk__in=alive).delete()
    return touched


def _dropped(job: Job, me: str) -> bool:
    """Whether we ourselves lost it, when the database was away."""
    return job.worker == me and job.pk not in IN_HAND


def _close_tasks(alive: AbstractSet[str]) -> None:
    for one in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if alive.isdisjoint(one.worker_ids[-1:]):
            lost = {"exception_class_path": "worker lost", "finished_at": timezone.now()}
            DBTaskResult.objects.filter(pk=one.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.FAILED, **lost
            )


def _begin_anew(job: Job) -> bool:
    row = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
    with transaction.atomic():
        if job.cancel_asked:
            return bool(row.update(state=State.CANCELLED, ended_at=timezone.now()))
        if job.attempts >= MOST_ATTEMPTS:
            found = plain([error("worker.lost", str(job.pk), attempts=job.attempts)])
            ended = {"state": State.FAILED, "ended_at": timezone.now(), "findings": found}
            return bool(row.update(**ended))
        if not row.update(state=State.QUEUED, stage="", done=0, of=0):
            return False
        work.enqueue(str(job.pk))
    return True


def _hand_over(job: Job) -> bool:
    """Give a waiting job a task, where it has none."""
    if timezone.now() - job.created_at < LOST:
        return False
    if DBTaskResult.objects.filter(status__in=OPEN, args_kwargs__args=[str(job.pk)]).exists():
        return False
    work.enqueue(str(job.pk))
    return True
