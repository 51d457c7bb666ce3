"""One workbook for each member of a level, made by a job and given as a zip."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.report.workbook.files import write_members
from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.models import Job, State
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.selectors import jobs_for_user
from quotaloom.web.jobs.services import job_start
from quotaloom.web.plans.download import part_of
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.plans.store import parts_path
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.policy import policy
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.jobs.registry import Progress
    from quotaloom.web.plans.selectors import Seen

EXPORT: Final = "plans.export"
PLAN_SPLIT: Final = "plan.split"
KEPT_FOR: Final = 7 * 24 * 3600  # seconds that a zip waits to be fetched


@kind(PLAN_SPLIT)
def split(job: Job, progress: Progress) -> dict[str, object]:
    """Write the workbooks of what the job's owner sees; begun anew, all are written anew."""
    seen = plan_seen(job.owner, UUID(job.params["plan"]), EXPORT)
    if seen.is_edited:
        raise UsageRefused([error("pivot.edited", seen.plan.name)])
    path = parts_path(job.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        inside = Path(folder)
        told = (job.params["lang"], job.params["level"])
        files = write_members(part_of(seen), inside, *told, progress)
        half = inside / path.name
        with ZipFile(half, "w", ZIP_STORED) as package:  # workbooks are packed already
            for file in files:
                package.write(file, file.name)
        half.replace(path)
    back = reverse("plan", args=[seen.plan.pk])
    return {"url": f"{back}?parts={job.pk}", "seen": _stand(seen), "count": len(files)}


@policy(EXPORT)
@require_POST
def plan_split(request: Request, plan_id: UUID) -> HttpResponse:
    """Start the job for a level."""
    seen = plan_seen(request.user, plan_id, EXPORT)
    level = request.POST.get("level", "")
    if level not in seen.pivot.levels or seen.is_edited:
        raise Http404
    job = job_start(
        owner=request.user,
        kind=PLAN_SPLIT,
        params={
            "plan": str(plan_id),
            "level": level,
            "lang": language(),
            "back": reverse("plan", args=[plan_id]),
        },
        actor=actor_of(request),
    )
    return redirect("job", job_id=job.pk)


@policy(EXPORT)
@require_GET
def plan_parts(request: Request, plan_id: UUID, job_id: UUID) -> HttpResponseBase:
    """The zip, to the one who asked for it, as long as she still sees just what is in it."""
    seen = plan_seen(request.user, plan_id, EXPORT)
    if parts_ready(request.user, seen, str(job_id)) is None:
        raise Http404
    return sent(parts_path(job_id), f"{seen.plan.name}.zip")


def parts_ready(user: User, seen: Seen, job_id: str) -> Job | None:
    """The user's own job whose workbooks show what she sees of the plan now, None for no such."""
    try:
        key = UUID(job_id)
    except ValueError:
        return None
    own = jobs_for_user(user).filter(owner=user, kind=PLAN_SPLIT, state=State.DONE)
    job = own.filter(pk=key).first()
    same = job is not None and job.result["seen"] == _stand(seen) and not seen.is_edited
    return job if same and parts_path(key).exists() else None


def _stand(seen: Seen) -> list[str]:
    """What the workbooks of an unedited plan show, told alike by every process."""
    return [seen.plan.digest, seen.sight.key]


def _sweep(folder: Path) -> None:
    """Delete what nobody fetched in time."""
    since = time.time() - KEPT_FOR
    for path in folder.glob("*.zip"):
        if path.stat().st_mtime < since:
            path.unlink(missing_ok=True)
