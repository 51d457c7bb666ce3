"""The pages of lists: bring one, see how it is read and what it would do, write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Severity
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org.access import may, scope_of
from quotaloom.web.org.effect import preview_of
from quotaloom.web.org.lists.column import ROLES
from quotaloom.web.org.lists.service import list_bring, list_read, list_write
from quotaloom.web.org.look import look_of
from quotaloom.web.org.models import Axis, ListImport, Tree
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.org.look import Look

MOST_SHOWN = 200  # findings and effects on the page; all are counted
ROLE_WORDS = {
    "code": gettext_lazy("Member code"),
    "name": gettext_lazy("Member name"),
    "kind": gettext_lazy("Kind"),
    "grade": gettext_lazy("Grade"),
    "parent": gettext_lazy("Parent"),
    "path": gettext_lazy("Department path"),
    "staff_no": gettext_lazy("Staff number"),
    "person": gettext_lazy("Person"),
    "title": gettext_lazy("Job title"),
    "manager": gettext_lazy("Direct manager"),
    "share": gettext_lazy("Share of the seat"),
    "from": gettext_lazy("Effective from"),
    "to": gettext_lazy("Until before"),
    "holds_from": gettext_lazy("Holds it from"),
    "holds_to": gettext_lazy("Holds it until before"),
    "state": gettext_lazy("State"),
}


class BringForm(forms.Form):
    """A file, and from when on it holds."""

    file = forms.FileField(label=gettext_lazy("File (xlsx, xls, csv)"))
    day = forms.DateField(
        label=gettext_lazy("Effective from"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload
        """No larger than the settings let in."""
        file = self.cleaned_data["file"]
        if file.size > settings.MOST_UPLOAD_BYTES:
            raise forms.ValidationError(gettext_lazy("The file is too large for this server."))
        return file


@policy("org.edit")
@require_GET
def lists(request: Request) -> HttpResponse:
    """The lists that were brought, and the form for another."""
    look = look_of(request.GET)
    return _lists_page(request, look, BringForm())


@policy("org.edit")
@require_POST
def lists_post(request: Request) -> HttpResponse:
    """Keep a list and show what it would do."""
    look = look_of(request.GET)
    _whole(request.user)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lists_page(request, look, form)
    one = list_bring(
        owner=request.user,
        axis=look.axis,
        tree=look.tree,
        day=form.cleaned_data["day"],
        file=form.cleaned_data["file"],
        actor=actor_of(request),
    )
    return redirect("org_list", list_id=one.pk)


@policy("org.edit")
@require_GET
def one_list(request: Request, list_id: UUID) -> HttpResponse:
    """How a list is read, what was found, and what it would change."""
    return _list_page(request, get_object_or_404(_mine(request.user), pk=list_id))


@policy("org.edit")
@require_POST
def list_settings(request: Request, list_id: UUID) -> HttpResponse:
    """Say how the list is to be read: sheet, header row, columns, people in two places."""
    one = get_object_or_404(_mine(request.user), pk=list_id, written_at=None)
    row = request.POST.get("header_row", "")
    chosen = {role: _text(request.POST.get(f"column:{role}", "?")) for role in ROLES}
    hidden = request.POST.get("hidden", "refuse")
    double = request.POST.get("double", "ask")
    one.params = {
        "sheet": _text(request.POST.get("sheet", "")),
        "header_row": int(row) if row.isdecimal() and len(row) < 7 else None,
        "double": double if double in {"ask", "share", "first"} else "ask",
        "hidden": hidden if hidden in {"refuse", "read", "skip"} else "refuse",
        "columns": {role: header for role, header in chosen.items() if header != "?"},
    }
    one.save(update_fields=["params"])
    return redirect("org_list", list_id=one.pk)


@policy("org.edit")
@require_POST
def list_apply(request: Request, list_id: UUID) -> HttpResponse:
    """Write the list that was seen."""
    one = get_object_or_404(_mine(request.user), pk=list_id, written_at=None)
    try:
        list_write(one=one, seen=request.POST.get("seen", ""), actor=actor_of(request))
    except DataRefused as refusal:
        return _list_page(request, one, refusal.findings)
    messages.success(request, _("The list is written, whole, and noted in the audit."))
    return redirect(f"{reverse('org')}?axis={one.axis}&tree={one.tree}&on={one.day}")


def _text(posted: str) -> str:
    """A text that every database takes."""
    return posted.replace("\x00", "")[:200]


def _whole(user: User) -> None:
    """Lists reach anywhere: they are for those whose permission does too."""
    for permission in ("org.edit", "people.edit"):
        if not may(user, permission) or not scope_of(user, permission).everything:
            raise PermissionDenied(permission)


def _mine(user: User) -> QuerySet[ListImport]:
    _whole(user)
    return ListImport.objects.select_related("owner")


def _lists_page(request: Request, look: Look, form: BringForm) -> HttpResponse:
    rows = _mine(request.user).filter(axis=look.axis)[:50]
    trees = Tree.objects.filter(axis=look.axis).order_by("-is_primary", "code")
    shown = {"rows": rows, "form": form, "look": look, "axes": Axis.choices, "trees": trees}
    return render(request, "org/lists.html", shown)


def _list_page(
    request: Request, one: ListImport, refused: tuple[Finding, ...] = ()
) -> HttpResponse:
    reading = list_read(one)
    grave = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    found = sorted((*refused, *reading.findings), key=lambda it: grave.index(it.severity))
    made = reading.compared
    preview = preview_of(made.done, one.day) if made and not one.written_at else None
    roles = reading.columns.roles if reading.columns else {}
    chosen = one.params.get("columns", {})
    shown = {
        "one": one,
        "reading": reading,
        "made": made,
        "preview": preview,
        "effects": preview.effects[:MOST_SHOWN] if preview else [],
        "more_effects": max(0, len(preview.effects) - MOST_SHOWN) if preview else 0,
        "findings": [] if one.written_at else found[:MOST_SHOWN],
        "more_findings": max(0, len(found) - MOST_SHOWN),
        "errors": sum(it.severity == Severity.ERROR for it in found),
        "roles": [(role, ROLE_WORDS[role], roles.get(role, ""), role in chosen) for role in ROLES],
        "double": one.params.get("double", "ask"),
        "sheet": one.params.get("sheet", ""),
        "hidden": one.params.get("hidden", "refuse"),
        "header_row": one.params.get("header_row") or "",
    }
    return render(request, "org/list.html", shown)
