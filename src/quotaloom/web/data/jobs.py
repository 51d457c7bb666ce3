"""Looking at a large file, and taking any: done by the worker, so that nobody waits at a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.models import Upload
from quotaloom.web.data.services import upload_look, upload_take
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.services import job_start
from quotaloom.web.jobs.stage import STAGES

if TYPE_CHECKING:
    from quotaloom.warehouse.tables.reader import Step
    from quotaloom.web.accounts.models import User
    from quotaloom.web.jobs.models import Job
    from quotaloom.web.jobs.registry import Progress

LOOK: Final = "facts.look"
TAKE: Final = "facts.take"
CHECK: Final = "facts_check"
STAGES |= {CHECK: _("Checking the cells"), "compare": _("Comparing with what is there")}


def upload_job(*, row: Upload, kind: str, owner: User, actor: Actor) -> Job:
    """Start a job about a file; while one is under way that one is answered, and none is begun."""
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.job is not None and not held.job.is_over:
            return held.job
        params = {"upload": str(row.pk), "back": _page(row)}
        job = job_start(owner=owner, kind=kind, params=params, actor=actor)
        Upload.objects.filter(pk=row.pk).update(job=job)
    return job


@kind(LOOK)
def look(job: Job, progress: Progress) -> dict[str, object]:
    """Look at the file; what is wrong in it is noted, and no fault of the job."""
    row = Upload.objects.get(pk=job.params["upload"])
    upload_look(row=row, step=_told(progress))
    return {"url": _page(row)}


@kind(TAKE)
def take(job: Job, progress: Progress) -> dict[str, object]:
    """Commit the file; begun anew after a crash, it leaves alone what is committed."""
    row = Upload.objects.get(pk=job.params["upload"])
    try:
        upload_take(row=row, actor=Actor(str(job.owner_id)), step=_told(progress))
    except QuotaLoomError:
        upload_look(row=row)  # so that the page shows why
        raise
    return {"url": _page(row)}


def _told(progress: Progress) -> Step:
    """The stages of the reader under the words of the jobs."""

    def step(stage: str, done: int, of: int) -> None:
        progress(CHECK if stage == "check" else stage, done, of)

    return step


def _page(row: Upload) -> str:
    return reverse("data_upload", args=[row.pk])
