"""Reading, writing and taking back a list: done by the worker, so that nobody waits at a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.services import Actor
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.services import job_start
from quotaloom.web.org.lists.outcome import outcome_of
from quotaloom.web.org.lists.reading import list_read
from quotaloom.web.org.lists.service import list_undo, list_write
from quotaloom.web.org.models import ListImport

if TYPE_CHECKING:
    from quotaloom.web.accounts.models import User
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress

READ: Final = "list.read"
WRITE: Final = "list.write"
UNDO: Final = "list.undo"


def list_job(*, one: ListImport, kind: str, owner: User, actor: Actor, seen: str = "") -> Job:
    """Start a job about a list; while one is under way that one is answered, and none is begun."""
    with transaction.atomic():
        row = ListImport.objects.select_for_update(of=("self",)).get(pk=one.pk)
        if row.job and not row.job.is_over:
            return row.job
        params = {"list": str(row.pk), "seen": seen, "back": page_of(row)}
        row.job = job_start(owner=owner, kind=kind, params=params, actor=actor)
        row.save(update_fields=["job"])
    return row.job


def page_of(one: ListImport) -> str:
    """The address of a list."""
    return reverse("org_list", args=[one.pk])


def _outcome(one: ListImport) -> dict[str, object]:
    return {"url": page_of(one), "list": str(one.pk)}


@kind(READ)
def read(job: Job, progress: Progress) -> dict[str, object]:
    """Keep what came of reading the list, refused or not; one that was written stays as it is."""
    one = ListImport.objects.get(pk=job.params["list"])
    told = outcome_of(list_read(one, progress), one.day)
    ListImport.objects.filter(pk=one.pk, job=job, written_at=None).update(reading=told)
    return _outcome(one)


@kind(WRITE)
def write(job: Job, progress: Progress) -> dict[str, object]:
    """Write what was seen; begun anew after a crash, it leaves alone what is written."""
    one, actor = ListImport.objects.get(pk=job.params["list"]), Actor(str(job.owner_id))
    if one.written_at is None:
        try:
            list_write(one=one, seen=job.params["seen"], actor=actor, progress=progress)
        except DataRefused:
            read(job, progress)  # so that the page shows what would be written by now
            raise
    return _outcome(one)


@kind(UNDO)
def undo(job: Job, progress: Progress) -> dict[str, object]:
    """Take back what was written."""
    one = ListImport.objects.get(pk=job.params["list"])
    list_undo(one=one, actor=Actor(str(job.owner_id)), progress=progress)
    return _outcome(one)
