"""Sign-in through another house: only into accounts that an administrator made before.

What ties the two together is one claim of the provider and one field of the account, as the
provider's configuration says (``link``: claim -> field). Nobody is ever signed up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from quotaloom.web.accounts.houses import led
from quotaloom.web.accounts.login import tell
from quotaloom.web.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELDS = ("username", "email")
AWAY = _("it could not be reached, or answered nothing that we understand.")


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Links to existing accounts by the configured claim; closed for sign-up."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002
        """Nobody signs up."""
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002
        """Nobody signs up by himself either."""
        return False

    def get_requests_session(self) -> Any:  # noqa: ANN401 - of requests
        """What calls another house."""
        return led(super().get_requests_session())

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401
        """Tie the login to its account, or say that there is none."""
        if sociallogin.state.get("process", "login") != "login":
            raise PermissionDenied("account.sso_only_to_sign_in")  # nobody ties accounts by hand
        if sociallogin.is_existing:
            return
        user = _account(sociallogin)
        if user is None:
            provider = sociallogin.account.provider
            tell(request, "account.sso_unknown", None, provider=provider)
            raise ImmediateHttpResponse(
                render(request, "socialaccount/no_account.html", status=403)
            )
        sociallogin.connect(request, user)
        tell(request, "account.sso_linked", user, provider=sociallogin.account.provider)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ANN401
        **said: Any,  # noqa: ANN401
    ) -> None:
        """Keep what went wrong for the audit, and say why in words for people."""
        cause = said.get("exception")
        said["extra_context"]["reason"] = str(cause) if isinstance(cause, OAuth2Error) else AWAY
        tell(
            request,
            "account.sso_failed",
            None,
            provider=getattr(provider, "sub_id", ""),
            reason=type(cause).__name__,
        )


def _account(sociallogin: Any) -> User | None:  # noqa: ANN401
    """The one active account whose field says what the claim says; two would be nobody."""
    provider = sociallogin.account.get_provider()
    link = provider.app.settings.get("link", {})
    claim, field = link.get("claim", ""), link.get("field", "username")
    told = sociallogin.account.extra_data
    claims = {**told, **told.get("id_token", {}), **told.get("userinfo", {})}
    value = str(claims.get(claim) or "").strip()
    if not value or field not in FIELDS:
        return None
    if claim == "email" and not claims.get("email_verified", link.get("trust_email", False)):
        return None
    found = list(User.objects.filter(**{field: value}, is_active=True)[:2])
    return found[0] if len(found) == 1 else None
