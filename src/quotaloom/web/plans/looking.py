"""Large files of a draft are looked at by a job: its page shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.models import FINAL, Job
from quotaloom.web.jobs.registry import kind
from quotaloom.web.jobs.services import job_start
from quotaloom.web.jobs.stage import STAGES
from quotaloom.web.plans.draft import is_large, roles_guess
from quotaloom.web.plans.forms import PlanForm
from quotaloom.web.plans.models import Draft
from quotaloom.web.plans.scene import is_scene_seen, look_of, scene_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.jobs.registry import Progress

LOOK: Final = "draft.look"
STAGES["recognise"] = _("Recognising the columns")


def looked_at(request: Request, draft: Draft) -> HttpResponse | None:
    """The way to the job that looks at a large draft; None where the page can do it at once."""
    job = _under_way(draft)
    if job is None:
        files = list(draft.files.select_related("upload"))
        known = all(file.role for file in files)
        if not is_large(files) or (known and is_scene_seen(draft, asked_so_far(draft))):
            return None
        told = {"draft": str(draft.pk), "back": reverse("plan_new")}
        job = job_start(owner=draft.owner, kind=LOOK, params=told, actor=actor_of(request))
    answer = redirect("job", job_id=job.pk)
    if request.htmx:
        answer.status_code = 200
        answer["HX-Redirect"] = answer.url
    return answer


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


def _under_way(draft: Draft) -> Job | None:
    rows = Job.objects.filter(kind=LOOK, params__draft=str(draft.pk))
    return rows.exclude(state__in=FINAL).first()
