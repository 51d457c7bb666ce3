"""The pages of the dated verbs: ask, show what would change, write it once confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.services import actor_of
from quotaloom.web.org.book import narrowed
from quotaloom.web.org.change import Asked, change_apply, change_preview
from quotaloom.web.org.change_form import FORMS, ChangeForm
from quotaloom.web.org.effect import preview_of
from quotaloom.web.org.look import around, look_of
from quotaloom.web.org.models import Member
from quotaloom.web.org.register import book_of
from quotaloom.web.org.sight import codes_within, sight_of
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request

SEATS = dict.fromkeys(("occupy", "leave"), "people.edit")
MEMBERS = dict.fromkeys(("open", "close", "move", "rename", "split", "merge"), "org.edit")
TITLES = {
    "open": gettext_lazy("Open a member"),
    "close": gettext_lazy("Close a member"),
    "move": gettext_lazy("Move a member"),
    "rename": gettext_lazy("Rename a member"),
    "split": gettext_lazy("Split a member"),
    "merge": gettext_lazy("Merge a member into another"),
    "occupy": gettext_lazy("Put somebody on a seat"),
    "leave": gettext_lazy("Take somebody off a seat"),
}


@policy("org.edit")
@require_GET
def change(request: Request, verb: str) -> HttpResponse:
    """The form of a verb about members."""
    return _page(request, _form(request, verb, MEMBERS), {})


@policy("people.edit")
@require_GET
def seat(request: Request, verb: str) -> HttpResponse:
    """The form of a verb about who holds a seat."""
    return _page(request, _form(request, verb, SEATS), {})


@policy("org.edit")
@require_POST
def change_post(request: Request, verb: str) -> HttpResponse:
    """``step=apply`` writes what was seen; anything else shows what would change."""
    return _answer(request, _form(request, verb, MEMBERS))


@policy("people.edit")
@require_POST
def seat_post(request: Request, verb: str) -> HttpResponse:
    """The same for who holds a seat."""
    return _answer(request, _form(request, verb, SEATS))


def _answer(request: Request, form: ChangeForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, {})
    look = form.look
    asked = Asked(look.axis, form.wish(), form.cleaned_data["day"], form.later)
    findings: tuple[Any, ...] = ()
    if request.POST.get("step") == "apply":
        try:
            seen = request.POST.get("seen", "")
            change_apply(user=request.user, asked=asked, seen=seen, actor=actor_of(request))
        except DataRefused as refusal:
            findings = refusal.findings
        else:
            messages.success(request, _("Written, and noted in the audit."))
            return redirect(_after(request, form))
    try:
        done = change_preview(user=request.user, asked=asked)
    except DataRefused as refusal:
        return _page(request, form, {"findings": list(refusal.findings)})
    shown = {"preview": preview_of(done, asked.day), "findings": [*findings, *done.told]}
    return _page(request, form, shown)


def _form(request: Request, verb: str, verbs: Mapping[str, str]) -> ChangeForm:
    """The form for the member that the address names; 404 beyond the scope."""
    look, code = look_of(request.GET), request.GET.get("member", "")
    if verb not in FORMS or verb not in verbs or look.tree is None:
        raise Http404
    scope = sight_of(request.user, look.axis, verbs[verb])
    row = Member.objects.filter(axis=look.axis, code=code).first()
    if (row is None and (code or verb != "open")) or (row and not scope.holds(row.pk)):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    book = book_of(look.axis)
    if not scope.everything:
        book = narrowed(book, codes_within(look.axis, scope))
    return FORMS[verb](posted, look=look, book=book, code=code)


def _page(request: Request, form: ChangeForm, shown: dict[str, Any]) -> HttpResponse:
    subject = form.book.label(form.code, form.look.on) if form.code else ""
    context = {"form": form, "look": form.look, "title": TITLES[form.verb], "subject": subject}
    context["around"] = around(request.GET)
    back = f"{reverse('org')}?{form.look.query}&{context['around']}"
    context["post"] = reverse(
        f"{'seat' if form.verb in SEATS else 'org'}_change_post", args=[form.verb]
    )
    context["back"] = f"{back}&member={quote(form.code)}" if form.code else back
    return render(request, "org/change.html", context | shown)


def _after(request: Request, form: ChangeForm) -> str:
    """The tree on the day of the change, at the member, else as it was left."""
    member = form.cleaned_data.get("new_code", form.code)
    look = replace(form.look, on=form.cleaned_data["day"])
    return f"{reverse('org')}?{look.query}&{around(request.GET)}&member={quote(member)}"
