"""One's own tokens: made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from quotaloom.web.api.token import SCOPES, token_create, token_revoke, tokens_of
from quotaloom.web.audit.services import actor_of
from quotaloom.web.ui.permissions import PERMISSIONS
from quotaloom.web.ui.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from quotaloom.web.accounts.request import Request

LASTS = ((30, _("30 days")), (90, _("90 days")), (365, _("one year")))


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(code, PERMISSIONS[code]) for code in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(label=_("It lasts"), choices=LASTS, coerce=int, initial=90)


@policy("tokens.use", own=True)
@require_GET
def token_list(request: Request) -> HttpResponse:
    """The tokens that one has made."""
    return _page(request, TokenForm(initial={"scopes": SCOPES}))


@policy("tokens.use", own=True)
@require_POST
def token_new(request: Request) -> HttpResponse:
    """Make one and show its text this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    _row, secret = token_create(actor=actor_of(request), user=request.user, **told)
    return _page(request, TokenForm(initial={"scopes": SCOPES}), secret=secret)


@policy("tokens.use", own=True)
@require_POST
def token_stop(request: Request, token_id: int) -> HttpResponse:
    """Revoke one of one's own."""
    row = get_object_or_404(tokens_of(request.user), pk=token_id)
    token_revoke(actor=actor_of(request), token=row)
    return redirect("token_list")


def _page(
    request: Request, form: TokenForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "tokens": tokens_of(request.user),
        "secret": secret,
        "now": timezone.now(),
        "root": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/tokens.html", context, status=status)
