"""Who may call an endpoint: each declares its policy, and one that declares none answers nobody.

A policy is a permission such as ``plans.read`` or one of OPEN. Which rows an allowed user sees is
the business of the selectors; here it is only decided whether the door opens at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse

from quotaloom.web.ui.permissions import PERMISSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

View = TypeVar("View", bound="Callable[..., HttpResponseBase]")
PUBLIC, SIGNED_IN = "public", "signed_in"
OWN = "own"  # signed in, and for oneself only: shut while the view of somebody else is borrowed
PROGRAM = "program"  # a program's door: the token is asked, each operation names its permission
OPEN: Final = frozenset({PUBLIC, SIGNED_IN, OWN, PROGRAM})

# Views that others wrote, by their address name; what is not named stays shut.
FOREIGN: Final[dict[str, str]] = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_inactive": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": OWN,
    "mfa_index": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "feishu_login": PUBLIC,
    "feishu_callback": PUBLIC,
    "dingtalk_login": PUBLIC,
    "dingtalk_callback": PUBLIC,
    "wecom_login": PUBLIC,
    "wecom_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
}


def policy(name: str, *, own: bool = False) -> Callable[[View], View]:
    """Mark a view with the permission that opens it, or with one of OPEN.

    With ``own`` it is about the one who is signed in, and shut while a view is borrowed.
    """
    if name not in OPEN and name not in PERMISSIONS:
        raise ImproperlyConfigured(f"no such permission: {name}")

    def marked(view: View) -> View:
        view.policy = name  # type: ignore[attr-defined]
        view.own = own or name == OWN  # type: ignore[attr-defined]
        return view

    return marked


def policy_of(view: object, address_name: str | None) -> str | None:
    """The declared policy of a view, None where nobody declared one."""
    declared = getattr(view, "policy", None)
    return declared if isinstance(declared, str) else FOREIGN.get(address_name or "")


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
        asked = policy_of(view, match.view_name if match else None)
        if asked is None:
            raise PermissionDenied("policy.undeclared")
        if asked in {PUBLIC, PROGRAM}:
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        own = asked == OWN or getattr(view, "own", False)
        if own and getattr(request, "acting_for", ""):
            raise PermissionDenied("policy.own")
        if asked in OPEN or request.user.has_perm(asked):
            return None
        raise PermissionDenied(asked)


def _to_login(request: HttpRequest) -> HttpResponse:
    """The way to sign in; a part that htmx asks for sends the whole page there."""
    answer = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request") == "true":
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(page).url})
    return answer
