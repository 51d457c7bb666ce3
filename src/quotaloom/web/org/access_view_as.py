"""Seeing pages as somebody else would: read-only, within one's own scope, and in the audit.

The borrowed account stands in ``request.user``; ``request.real_user`` is who sits there. Nothing
that changes anything runs meanwhile, and nothing that is the borrowed person's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.accounts.models import User
from quotaloom.web.audit.services import actor_of, audit_record
from quotaloom.web.org.access_selectors import accounts, grant_lines, held_of
from quotaloom.web.org.access_sight import may_view_as
from quotaloom.web.ui.policy import SIGNED_IN, policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from quotaloom.web.accounts.request import Request

KEY: Final = "view_as"
MOST: Final = 60  # accounts that a page looks through; more are found by name
HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
STILL_ONESELF: Final = frozenset({"view_as_end", "account_logout"})


class ViewAs:
    """Lends the view of another account to a request, as long as it may be lent."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; ``process_view`` lends."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view run, with the borrowed account in ``request.user``."""
        match = request.resolver_match
        wanted = request.session.get(KEY)
        if not wanted or not match or match.view_name in STILL_ONESELF:
            return None
        viewer = request.user
        target = User.objects.filter(pk=wanted).first()
        if not viewer.is_authenticated or target is None or not may_view_as(viewer, target):
            request.session.pop(KEY, None)
            return None
        request.real_user = viewer  # type: ignore[attr-defined]
        request.acting_for = str(target.pk)  # type: ignore[attr-defined]
        request.user = target
        if request.method not in HARMLESS:
            raise PermissionDenied("policy.view_as")
        return None


@policy("view_as.use", own=True)
@require_GET
def view_as_list(request: Request) -> HttpResponse:
    """The accounts whose view one may borrow, among the first that fit the text."""
    text = request.GET.get("text", "").strip()[:100]
    fitting = accounts(text).filter(is_active=True)[:MOST]
    lines = [
        {"user": one, "grants": grant_lines(held_of(one))}
        for one in fitting
        if may_view_as(request.user, one)
    ]
    template = "org/_access_view_as.html" if request.htmx else "org/access_view_as.html"
    return render(request, template, {"lines": lines, "text": text})


@policy("view_as.use", own=True)
@require_POST
def view_as_begin(request: Request, user_id: UUID) -> HttpResponse:
    """Borrow the view of an account that sees no more than oneself."""
    target = get_object_or_404(User, pk=user_id)
    if not may_view_as(request.user, target):
        raise PermissionDenied("policy.view_as_wider")
    actor = actor_of(request)
    with transaction.atomic():
        audit_record(actor=actor, action="view_as.begin", subject=f"account:{target.pk}")
    request.session[KEY] = str(target.pk)
    return redirect("home")


@policy(SIGNED_IN)
@require_POST
def view_as_end(request: Request) -> HttpResponse:
    """Give the view back."""
    if target := request.session.pop(KEY, None):
        with transaction.atomic():
            actor = actor_of(request)
            audit_record(actor=actor, action="view_as.end", subject=f"account:{target}")
        messages.info(request, _("You see with your own eyes again."))
    return redirect("home")
