"""Who may call an endpoint: each declares its policy, and one that declares none answers nobody.

A policy is a permission such as ``plans.read`` or one of OPEN. Which rows an allowed user sees is
the business of the selectors; here it is only decided whether the door opens at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from quotaloom.web.ui.permissions import PERMISSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound="Callable[..., HttpResponse]")
PUBLIC, SIGNED_IN = "public", "signed_in"
OPEN: Final = frozenset({PUBLIC, SIGNED_IN})

# Views that others wrote, by the start of their address name; what is not named stays shut.
FOREIGN: Final[dict[str, str]] = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_inactive": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "feishu_login": PUBLIC,
    "feishu_callback": PUBLIC,
    "dingtalk_login": PUBLIC,
    "dingtalk_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
}


def policy(name: str) -> Callable[[View], View]:
    """Mark a view with the permission that opens it, or with PUBLIC or SIGNED_IN."""
    if name not in OPEN and name not in PERMISSIONS:
        raise ImproperlyConfigured(f"no such permission: {name}")

    def marked(view: View) -> View:
        view.policy = name  # type: ignore[attr-defined]
        return view

    return marked


def policy_of(view: object, url_name: str | None) -> str | None:
    """The declared policy of a view, None where nobody declared one."""
    declared = getattr(view, "policy", None)
    return declared if isinstance(declared, str) else FOREIGN.get(url_name or "")


class PolicyMiddleware:
    """Opens a view to those whom its policy names; the rest log in or are told no."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; ``process_view`` decides."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view run."""
        match = request.resolver_match
        asked = policy_of(view, match.url_name if match else None)
        if asked is None:
            raise PermissionDenied("policy.undeclared")
        if asked == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if asked == SIGNED_IN or request.user.has_perm(asked):
            return None
        raise PermissionDenied(asked)
