"""The lists of an axis: all that were brought, and the form for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.audit.services import actor_of
from quotaloom.web.org.lists.form import BringForm
from quotaloom.web.org.lists.jobs import READ, list_job
from quotaloom.web.org.lists.selectors import lists_for_user
from quotaloom.web.org.lists.service import list_bring
from quotaloom.web.org.look import look_of
from quotaloom.web.org.models import Axis, Tree
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request
    from quotaloom.web.org.look import Look

A_PAGE = 20
REFUSED = 422


@policy("org.edit")
@require_GET
def lists(request: Request) -> HttpResponse:
    """The lists that were brought, and the form for another."""
    return _page(request, look_of(request.GET), BringForm())


@policy("org.edit")
@require_POST
def lists_post(request: Request) -> HttpResponse:
    """Keep a list and begin to read it."""
    look = look_of(request.GET)
    lists_for_user(request.user)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, look, form)
    told = form.cleaned_data
    actor = actor_of(request)
    asked = {"axis": look.axis, "tree": look.tree, "day": told["day"], "file": told["file"]}
    one = list_bring(owner=request.user, actor=actor, **asked)
    job = list_job(one=one, kind=READ, owner=request.user, actor=actor)
    return redirect("job", job_id=job.pk)


def _page(request: Request, look: Look, form: BringForm) -> HttpResponse:
    rows = lists_for_user(request.user).filter(axis=look.axis).defer("reading")
    rows = rows.annotate(errors=F("reading__errors"))
    shown = {
        "rows": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "look": look,
        "axes": Axis.choices,
        "trees": Tree.objects.filter(axis=look.axis).order_by("-is_primary", "code"),
    }
    return render(request, "org/lists.html", shown, status=REFUSED if form.errors else 200)
