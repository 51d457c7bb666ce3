"""Accounts: who has one, what it may do, its one-time password link, closing and opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org import access_accounts as services
from quotaloom.web.org.access_forms import AccountForm, GrantForm
from quotaloom.web.org.access_grants import Reach, grant_end, grant_give
from quotaloom.web.org.access_selectors import accounts, branch_options, grant_lines, held_of
from quotaloom.web.org.access_sight import may_view_as, sights
from quotaloom.web.org.models import Grant
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.audit.services import Actor

PAGE = 100
REFUSED = 422


@policy("access.read")
@require_GET
def account_list(request: Request) -> HttpResponse:
    """Everybody who may sign in."""
    text = request.GET.get("text", "").strip()[:100]
    page = Paginator(accounts(text), PAGE).get_page(request.GET.get("page"))
    lines = [{"user": one, "grants": grant_lines(held_of(one))} for one in page.object_list]
    context = {"page": page, "lines": lines, "text": text}
    template = "org/_access_accounts.html" if request.htmx else "org/access_accounts.html"
    return render(request, template, context)


@policy("access.edit")
@require_http_methods(["GET", "POST"])
def account_new(request: Request) -> HttpResponse:
    """Make an account; its page then shows the one-time link."""
    form = AccountForm(request.POST or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        person = told.pop("staff_no")
        try:
            user = services.account_create(actor=actor_of(request), **told)
        except DataRefused as refusal:
            findings = refusal.findings
        else:
            services.account_tie(actor=actor_of(request), user=user, person=person)
            return _with_link(request, user) if not user.sso_only else redirect("account", user.pk)
    context = {"form": form, "findings": findings}
    status = REFUSED if request.method == "POST" else 200
    return render(request, "org/access_account_new.html", context, status=status)


@policy("access.read")
@require_GET
def account(request: Request, user_id: UUID) -> HttpResponse:
    """One account: its grants, and what it sees."""
    return _page(request, get_object_or_404(User, pk=user_id))


@policy("access.edit")
@require_POST
def account_link(request: Request, user_id: UUID) -> HttpResponse:
    """Make a one-time link to choose a password, and show it this once."""
    user = get_object_or_404(User, pk=user_id, is_active=True, sso_only=False)
    return _with_link(request, user)


@policy("access.edit")
@require_POST
def account_switch(request: Request, user_id: UUID) -> HttpResponse:
    """Close or open the account."""
    user = get_object_or_404(User, pk=user_id)
    change = services.account_deactivate if user.is_active else services.account_activate
    return _changed(request, user, change)


@policy("access.edit")
@require_POST
def account_factors(request: Request, user_id: UUID) -> HttpResponse:
    """Take the account's second factors away."""
    user = get_object_or_404(User, pk=user_id)
    return _changed(request, user, services.account_factors_remove)


@policy("access.edit")
@require_POST
def grant_new(request: Request, user_id: UUID) -> HttpResponse:
    """Give the account a role."""
    user = get_object_or_404(User, pk=user_id)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form=form, status=REFUSED)
    told = form.cleaned_data
    reach = Reach(told["since"], told["until"], told["scope"], tuple(told["measures"]))
    try:
        grant_give(actor=actor_of(request), user=user, role=told["role"], reach=reach)
    except DataRefused as refusal:
        return _page(request, user, form=form, findings=refusal.findings, status=REFUSED)
    return redirect("account", user_id)


@policy("access.edit")
@require_POST
def grant_stop(request: Request, user_id: UUID, grant_id: int) -> HttpResponse:
    """End a role as of today: the next request no longer has it."""
    grant = get_object_or_404(Grant, pk=grant_id, user_id=user_id)
    try:
        grant_end(actor=actor_of(request), grant=grant, on=timezone.localdate())
    except DataRefused as refusal:
        return _page(request, grant.user, findings=refusal.findings, status=REFUSED)
    return redirect("account", user_id)


def _changed(request: Request, user: User, change: Callable[..., None]) -> HttpResponse:
    """Back to the account after a change by a service, or with what kept it from being made."""
    try:
        change(actor=actor_of(request), user=user)
    except DataRefused as refusal:
        return _page(request, user, findings=refusal.findings, status=REFUSED)
    return redirect("account", user.pk)


def _page(request: Request, user: User, *, status: int = 200, **more: object) -> HttpResponse:
    grants = user.grants.select_related("role", "scope")
    context = {
        "account": user,
        "person": getattr(user, "person", None),
        "grants": grant_lines(grants),
        "sights": sights(User.objects.get(pk=user.pk)),
        "branches": branch_options(),
        "last": user.sign_ins.first(),
        "has_factors": Authenticator.objects.filter(user=user).exists(),
        "viewable": may_view_as(request.user, user),
        "form": GrantForm(initial={"since": timezone.localdate().isoformat()}),
    }
    return render(request, "org/access_account.html", {**context, **more}, status=status)


def _with_link(request: Request, user: User) -> HttpResponse:
    actor: Actor = actor_of(request)
    secret = services.account_link(actor=actor, user=user)
    link = request.build_absolute_uri(reverse("choose_password", args=[secret]))
    return _page(request, user, link=link)
