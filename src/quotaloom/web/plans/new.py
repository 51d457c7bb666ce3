"""A new plan from files: drop them, look, ask, go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.cycle.assembly import calendar_of
from quotaloom.web.audit.services import actor_of
from quotaloom.web.jobs.models import State
from quotaloom.web.jobs.selectors import findings_of, jobs_for_user
from quotaloom.web.jobs.services import job_start
from quotaloom.web.org.access import measures_of
from quotaloom.web.plans.choices import UNITS
from quotaloom.web.plans.columns import guess_tree
from quotaloom.web.plans.draft import answers_keep, company_answers, draft_begin
from quotaloom.web.plans.drop import dropped, limits
from quotaloom.web.plans.forms import PlanForm, World
from quotaloom.web.plans.jobs import PLAN_CREATE
from quotaloom.web.plans.looking import looked_at, waiting
from quotaloom.web.plans.models import Draft, Role
from quotaloom.web.plans.question import QUESTIONS
from quotaloom.web.plans.scene import draft_of, files_of, looking, scene_of
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.scene import Scene

CREATE: Final = "plans.create"
REQUIRED: Final = frozenset(one.name for one in QUESTIONS.values() if one.required)
SHOWN: Final = {"intake.column_chosen", "decompose.dimensions_found"}


@policy(CREATE)
@require_http_methods(["GET", "POST"])
def plan_new(request: Request) -> HttpResponse:
    """The drop zone; files that came go on to the form."""
    if request.method == "GET":
        return render(request, "plans/new.html", limits())
    files, wrong = dropped(request)
    if wrong or not files:
        context = limits() | {"wrong": wrong or _("Please choose a file first.")}
        return render(request, "plans/new.html", context, status=413 if wrong else 200)
    draft = draft_begin(owner=request.user, files=files, actor=actor_of(request))
    return looked_at(request, draft) or redirect("plan_form", draft_id=draft.pk)


@policy(CREATE)
@require_http_methods(["GET", "POST"])
def plan_form(request: Request, draft_id: UUID) -> HttpResponse:
    """The form, filled with what was recognised; sent, it becomes a job."""
    draft = draft_of(request.user, draft_id)
    if request.method == "GET":
        return looked_at(request, draft) or _opened(request, draft)
    typed = typed_in(request.POST)
    answers_keep(draft=draft, typed=typed, actor=actor_of(request))
    form, scene = _filled(request, draft, typed)
    files = files_of(draft)
    if not (files["facts"] or files.get("weights")):
        form.add_error(None, _("Please add a file with past orders, or one with weights."))
    if not form.is_valid():
        return _page(request, form, scene, draft, status=422)
    job = job_start(
        owner=request.user,
        kind=PLAN_CREATE,
        params={
            "name": form.cleaned_data["name"],
            "asked": form.asked() | files,
            "back": reverse("plan_form", args=[draft.pk]),
        },
        actor=actor_of(request),
    )
    draft.job = job.pk
    draft.save(update_fields=["job"])
    return redirect("job", job_id=job.pk)


@policy(CREATE)
@require_POST
def plan_look(request: Request, draft_id: UUID) -> HttpResponse:
    """What the files are taken for under other answers: the part beside the form."""
    draft = draft_of(request.user, draft_id)
    typed = typed_in(request.POST)
    answers_keep(draft=draft, typed=typed, actor=actor_of(request))
    if part := waiting(request, draft, request.path, "#look"):
        return part
    form, scene = _filled(request, draft, typed)
    shown = PlanForm(initial=typed, world=form.world)
    context = _context(shown, scene, draft) | {"is_part": True}
    return render(request, "plans/_look.html", context)


def typed_in(sent: QueryDict) -> dict[str, str]:
    """The answers that a page sent, as typed; several of one question in lines."""
    return {name: "\n".join(sent.getlist(name)) for name in QUESTIONS if name in sent}


def _opened(request: Request, draft: Draft) -> HttpResponse:
    """The form as it was left, with what the last job refused at its fields."""
    bare, scene = _filled(request, draft, draft.typed)
    proposed = _proposed(draft, bare, scene)
    given = {name: text for name, text in draft.typed.items() if text or name not in REQUIRED}
    typed = proposed | given
    refused = refused_last(request, draft)
    form = PlanForm(typed if refused else None, initial=typed, world=bare.world)
    if form.is_bound and form.is_valid():
        form.place(refused)
    return _page(request, form, scene, draft, refused=refused)


def _filled(request: Request, draft: Draft, typed: Mapping[str, str]) -> tuple[PlanForm, Scene]:
    """The form bound to the answers, and what the files are taken for under them."""
    asked = PlanForm(typed)
    asked.full_clean()
    scene = scene_of(draft, asked.asked())
    reach = measures_of(request.user, CREATE)
    seen = scene.seen
    world = World(scene.columns, seen.chosen, tuple(seen.members), reach, company_answers())
    form = PlanForm(typed, world=world)
    form.full_clean()
    return form, scene


def _proposed(draft: Draft, form: PlanForm, scene: Scene) -> dict[str, Any]:
    """Defaults that need no thought: the year after the facts, the hierarchies that were seen."""
    seen = scene.seen
    year = _year_after(draft, form, scene)
    facts = [one.file.upload.name for one in scene.files if one.file.role == Role.FACTS]
    stem = facts[0].rsplit(".", 1)[0] if facts else ""
    name = _("%(year)s target · %(file)s") % {"year": year, "file": stem} if year else stem
    told = {"year": year, "name": name, "by": "\n".join(seen.by), "unit": UNITS[1][0]}
    return {name: value for name, value in told.items() if value}


def _year_after(draft: Draft, form: PlanForm, scene: Scene) -> int | None:
    """The fiscal year after the last order."""
    if scene.seen.last is None:
        return None
    try:
        calendar = calendar_of(looking(draft, form.asked()))
    except QuotaLoomError:
        return scene.seen.last.year + 1
    return calendar.year_of(scene.seen.last) + 1


def refused_last(request: Request, draft: Draft) -> list[Finding]:
    """What the draft's last job refused, if it did."""
    if draft.job is None:
        return []
    job = jobs_for_user(request.user).filter(pk=draft.job, state=State.REFUSED).first()
    return findings_of(job.findings) if job else []


def _page(
    request: Request,
    form: PlanForm,
    scene: Scene,
    draft: Draft,
    *,
    status: int = 200,
    refused: Sequence[Finding] = (),
) -> HttpResponse:
    context = _context(form, scene, draft) | limits()
    past = [one for one in refused if one not in (*scene.seen.findings, *scene.of_joins)]
    context |= {"refused": past, "refused_in": marked_names(scene, past)}
    return render(request, "plans/form.html", context, status=status)


def _context(form: PlanForm, scene: Scene, draft: Draft) -> dict[str, Any]:
    """What the form and the parts beside it are drawn from; each finding is told once."""
    beside = scene.of_joins
    seen = [one for one in scene.seen.findings if one.code not in SHOWN]
    told = [one for one in seen if one not in beside]
    return {
        "draft": draft,
        "form": form,
        "scene": scene,
        "told": told,
        "marked": marked_names(scene, told),
        "tree": guess_tree(scene.columns),
        "roles": Role.choices,
    }


def marked_names(scene: Scene, findings: Sequence[Finding]) -> list[tuple[int, str]]:
    """The files in which some finding names a cell: key and name."""
    named = {str(one.params.get("file", "")) for one in findings if "row" in one.params}
    files = [one.file for one in scene.files]
    return [(file.pk, file.upload.name) for file in files if file.upload.name in named]
