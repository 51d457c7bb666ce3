"""Choosing and changing one's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.views import password_change
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quotaloom.web.accounts.login import tell
from quotaloom.web.accounts.password_link import link_open, link_use
from quotaloom.web.ui.policy import OWN, PUBLIC, policy

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from quotaloom.web.accounts.request import Request


@policy(OWN)
@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    """One's own password; there is none to change where one signs in elsewhere."""
    if request.user.sso_only or not request.user.has_usable_password():
        raise Http404
    answer: HttpResponse = password_change(request)
    return answer


@policy(PUBLIC)
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, secret: str) -> HttpResponse:
    """A password by one-time link; a link that does not work is not there."""
    link = link_open(secret)
    if link is None:
        raise Http404
    form = SetPasswordForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = link_use(secret=secret, password=form.cleaned_data["new_password1"])
        if user is None:
            raise Http404
        tell(request, "account.password_chosen", user)
        messages.success(request, _("Your password is set. Please sign in with it."))
        return redirect("account_login")
    return render(request, "account/choose_password.html", {"form": form, "account": link.user})
