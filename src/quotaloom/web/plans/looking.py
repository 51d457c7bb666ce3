"""Large files of a draft are looked at by a job: its page shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.models import FINAL, Job, State
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.services import job_start
from quotaloom.web.jobs.stage import STAGES
from quotaloom.web.plans.draft import is_large, roles_guess
from quotaloom.web.plans.forms import PlanForm
from quotaloom.web.plans.models import Draft
from quotaloom.web.plans.scene import is_scene_seen, look_of, scene_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.jobs.registry import Progress

LOOK: Final = "draft.look"
STAGES["recognise"] = _("Recognising the columns")


def looked_at(request: Request, draft: Draft) -> HttpResponse | None:
    """The way to the job that looks at a large draft; None where the page can do it at once."""
    job = _job(request, draft)
    return redirect("job", job_id=job.pk) if job else None


def waiting(request: Request, draft: Draft, again: str, target: str) -> HttpResponse | None:
    """A part that shows how far the job is and asks ``again`` for what belongs in ``target``.

    None where the page can look at once.
    """
    job = _job(request, draft)
    if job is None:
        return None
    context = {"job": job, "again": again, "target": target}
    return render(request, "plans/_looking.html", context)


def _job(request: Request, draft: Draft) -> Job | None:
    """The job that looks at a large draft, begun where none is; None where nothing is to wait for.

    One that a part waited for in vain is not begun again by that part.
    """
    job = _under_way(draft) or _in_vain(request, draft)
    if job:
        return job
    files = list(draft.files.select_related("upload"))
    known = all(file.role for file in files)
    if not is_large(files) or (known and is_scene_seen(draft, asked_so_far(draft))):
        return None
    told = {"draft": str(draft.pk), "back": reverse("plan_new")}
    return job_start(owner=draft.owner, kind=LOOK, params=told, actor=actor_of(request))


def asked_so_far(draft: Draft) -> dict[str, object]:
    """What the answers ask for, as far as they can be read."""
    form = PlanForm(draft.typed)
    form.full_clean()
    return form.asked()


@kind(LOOK)
def look(job: Job, progress: Progress) -> dict[str, object]:
    """Read each file, guess what those are for that were not read yet, and keep what is seen."""
    draft = Draft.objects.get(pk=job.params["draft"])
    files = list(draft.files.select_related("upload"))
    for number, file in enumerate(files, 1):
        progress("read", number, len(files))
        look_of(file.upload)
    progress("recognise", 0, 0)
    roles_guess(draft=draft, files=[file for file in files if not file.role])
    scene_of(draft, asked_so_far(draft))
    return {"url": reverse("plan_form", args=[draft.pk])}


def _jobs(draft: Draft) -> QuerySet[Job]:
    return Job.objects.filter(kind=LOOK, params__draft=str(draft.pk))


def _under_way(draft: Draft) -> Job | None:
    return _jobs(draft).exclude(state__in=FINAL).first()


def _in_vain(request: Request, draft: Draft) -> Job | None:
    """The job that the part which asks waited for, if it ended without an outcome."""
    waited = request.POST.get("waits", "")
    found = next((job for job in _jobs(draft) if str(job.pk) == waited), None)
    return found if found and found.is_over and found.state != State.DONE else None
