"""How people get in: accounts are made by administrators, never by signing up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quotaloom.web.accounts.address import address_of
from quotaloom.web.accounts.event import account_event
from quotaloom.web.accounts.lockout import trial_begin, trial_right
from quotaloom.web.accounts.models import SignIn, User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up; locks a name after wrong passwords; says when one was here last."""

    error_messages = {  # noqa: RUF012 - allauth's own way
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The account or the password is wrong."),
        "incorrect_password": gettext_lazy("The password is wrong."),
        "enter_current_password": gettext_lazy("Please type your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address."""
        return address_of(request)

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent there: this very host only, not every host that is ours."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Refuse a locked name before its password is looked at."""
        locked_out(request, credentials.get("username", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:  # noqa: ANN401
        """The account whose password this is; wrong ones are counted and told."""
        user: User | None = super().authenticate(request, **credentials)
        name = credentials.get("username", "")
        if user and not user.sso_only:
            trial_right(name)
        else:
            tell(request, "account.sign_in_failed", User.objects.filter(username=name).first())
            user = None
        return user

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:  # noqa: ANN401
        """Note the sign-in and say when and from where the last one was."""
        last = user.sign_ins.first()
        SignIn.objects.create(user=user, at=timezone.now(), address=address_of(request))
        if last:
            at = date_format(timezone.localtime(last.at), "Y-m-d H:i")
            told_last = {"at": at, "address": last.address or "—"}
            messages.info(request, _("Your last sign-in: %(at)s from %(address)s.") % told_last)
        tell(request, "account.sign_in", user)
        answer: HttpResponse = super().post_login(request, user, **told)
        return answer


def locked_out(request: HttpRequest, name: str) -> None:
    """Count a try for ``name``; raises ValidationError with the minutes where it is locked."""
    minutes = trial_begin(name, address_of(request)).minutes
    if not minutes:
        return
    tell(request, "account.locked_out", User.objects.filter(username=name).first())
    said = _("Too many wrong tries. Please wait %(minutes)s min, then try again.")
    raise ValidationError(said % {"minutes": minutes}, code="too_many_login_attempts")


def tell(request: HttpRequest, action: str, user: User | None, **params: object) -> None:
    """Let the audit know."""
    account_event.send(Adapter, request=request, action=action, user=user, params=params)
