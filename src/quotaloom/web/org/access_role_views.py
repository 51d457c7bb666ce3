"""Roles: what each allows, changed or made anew; the built-in ones can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org import access_roles as services
from quotaloom.web.org.access_forms import RoleForm
from quotaloom.web.org.access_selectors import roles
from quotaloom.web.org.models import Role
from quotaloom.web.org.roles import ROLES
from quotaloom.web.ui.permissions import PERMISSIONS
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.request import Request

REFUSED = 422


@policy("access.read")
@require_GET
def role_list(request: Request) -> HttpResponse:
    """All roles against all permissions."""
    rows = list(roles())
    table = [
        (code, words, [code in row.permissions for row in rows])
        for code, words in PERMISSIONS.items()
    ]
    return render(request, "org/access_roles.html", {"roles": rows, "table": table})


@policy("access.edit")
@require_http_methods(["GET", "POST"])
def role_new(request: Request) -> HttpResponse:
    """A role of the company's own."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.role_create(actor=actor_of(request), **form.cleaned_data)
        except DataRefused as refusal:
            return _form(request, form, None, refusal.findings)
        return redirect("role_list")
    return _form(request, form, None)


@policy("access.edit")
@require_http_methods(["GET", "POST"])
def role(request: Request, code: str) -> HttpResponse:
    """Names and permissions of one role."""
    row = get_object_or_404(Role, code=code)
    told = {"name_zh": row.name_zh, "name_en": row.name_en, "permissions": row.permissions}
    form = RoleForm(request.POST or None, initial=told, role=row)
    if request.method == "POST" and form.is_valid():
        try:
            services.role_change(actor=actor_of(request), role=row, **form.cleaned_data)
        except DataRefused as refusal:
            return _form(request, form, row, refusal.findings)
        return redirect("role_list")
    return _form(request, form, row)


@policy("access.edit")
@require_POST
def role_restore(request: Request, code: str) -> HttpResponse:
    """A built-in role as it was at the start."""
    row = get_object_or_404(Role, code=code)
    if code not in ROLES:
        raise Http404
    try:
        services.role_restore(actor=actor_of(request), role=row)
    except DataRefused as refusal:
        told = {"name_zh": row.name_zh, "name_en": row.name_en, "permissions": row.permissions}
        return _form(request, RoleForm(initial=told, role=row), row, refusal.findings)
    return redirect("role_list")


def _form(
    request: Request, form: RoleForm, row: Role | None, findings: tuple[Finding, ...] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "role": row,
        "builtin": row is not None and row.code in ROLES,
        "findings": findings,
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "org/access_role.html", context, status=status)
