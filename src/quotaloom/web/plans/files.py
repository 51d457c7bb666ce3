"""The files of a draft: added, given a role, joined, taken out, given back with marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from quotaloom.cycle.inspect import inspect_request, raw_table
from quotaloom.cycle.reading import raw_options
from quotaloom.web.audit.services import actor_of
from quotaloom.web.plans.draft import answers_keep, file_change, file_remove, files_add
from quotaloom.web.plans.drop import dropped, limits
from quotaloom.web.plans.looking import asked_so_far, waiting
from quotaloom.web.plans.models import Draft, DraftFile, Role
from quotaloom.web.plans.new import CREATE, refused_last, typed_in
from quotaloom.web.plans.scene import draft_of, looking, scene_of
from quotaloom.web.plans.settings_file import is_settings, settings_take
from quotaloom.web.plans.store import upload_path
from quotaloom.web.ui.attachment import marked
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase

    from quotaloom.web.accounts.request import Request


@policy(CREATE)
@require_POST
def plan_files(request: Request, draft_id: UUID) -> HttpResponse:
    """Add files, if any; settings in TOML are taken as answers, and the whole page shows them."""
    draft = draft_of(request.user, draft_id)
    _keep(request, draft)
    files, wrong = dropped(request)
    tables = [file for file in files if not is_settings(file)]
    files_add(draft=draft, files=tables, actor=actor_of(request))
    settings = [file for file in files if is_settings(file)]
    told = [settings_take(draft=draft, file=file, actor=actor_of(request)) for file in settings]
    if told and not wrong:
        for one in told:
            one.tell(request)
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _part(request, draft, wrong)


@policy(CREATE)
@require_POST
def plan_file(request: Request, draft_id: UUID, file_id: int) -> HttpResponse:
    """Say what a file is for and, of a table to look up, by which columns."""
    file = _file(request, draft_id, file_id)
    _keep(request, file.draft)
    role = request.POST.get(f"role-{file.pk}", "")
    named = {name: request.POST.get(f"{name}-{file.pk}", "") for name in ("left", "right", "alias")}
    if role in Role.values:
        file_change(file=file, role=role, keys=named, actor=actor_of(request))
    return _part(request, file.draft)


@policy(CREATE)
@require_POST
def plan_file_remove(request: Request, draft_id: UUID, file_id: int) -> HttpResponse:
    """Take a file out of the draft."""
    file = _file(request, draft_id, file_id)
    _keep(request, file.draft)
    file_remove(file=file, actor=actor_of(request))
    return _part(request, file.draft)


@policy(CREATE)
@require_GET
def plan_marked(request: Request, draft_id: UUID, file_id: int) -> HttpResponseBase:
    """A file as a workbook with everything that is wrong marked in its cell."""
    file = _file(request, draft_id, file_id)
    asked = looking(file.draft, asked_so_far(file.draft))
    found = [*inspect_request(asked).findings, *refused_last(request, file.draft)]
    name = file.upload.name
    own = [one for one in found if one.params.get("file", name) == name]
    return marked(raw_table(upload_path(file.upload), raw_options(asked)), own, name)


def _keep(request: Request, draft: Draft) -> None:
    """Keep the answers of the form around, where a page sent them along."""
    if typed := typed_in(request.POST):
        answers_keep(draft=draft, typed=typed, actor=actor_of(request))


def _file(request: Request, draft_id: UUID, file_id: int) -> DraftFile:
    draft = draft_of(request.user, draft_id)
    return get_object_or_404(draft.files.select_related("upload", "draft"), pk=file_id)


def _part(request: Request, draft: Draft, wrong: str = "") -> HttpResponse:
    """The list of files; the part beside the form then looks again."""
    if not request.htmx:
        return redirect("plan_form", draft_id=draft.pk)
    again = reverse("plan_files", args=[draft.pk])
    if part := waiting(request, draft, again, "#files"):
        return part
    scene = scene_of(draft, asked_so_far(draft))
    context = limits() | {"draft": draft, "scene": scene, "roles": Role.choices, "wrong": wrong}
    answer = render(request, "plans/_files.html", context)
    answer["HX-Trigger-After-Swap"] = "look"
    return answer
