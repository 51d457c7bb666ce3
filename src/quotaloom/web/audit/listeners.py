"""What the audit hears from below: sign-ins, passwords, second factors, other houses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.db import transaction

from quotaloom.web.accounts.event import account_event
from quotaloom.web.audit.services import actor_of, audit_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from quotaloom.web.accounts.models import User

FACTORS = (
    (authenticator_added, "account.factor_added"),
    (authenticator_removed, "account.factor_removed"),
    (authenticator_reset, "account.factor_renewed"),
)


def listen() -> None:
    """Connect; called once, at start."""
    account_event.connect(_event, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    password_changed.connect(_password_changed, dispatch_uid="audit")
    for signal, action in FACTORS:
        signal.connect(_factor(action), weak=False, dispatch_uid=f"audit {action}")


def _event(*, request: HttpRequest, action: str, user: User | None, **told: Any) -> None:  # noqa: ANN401
    _write(request, action, user, told.get("params") or {})


def _signed_out(*, request: HttpRequest, user: User | None, **_told: object) -> None:
    if user is not None:
        _write(request, "account.sign_out", user, {})


def _password_changed(*, request: HttpRequest, user: User, **_told: object) -> None:
    _write(request, "account.password_changed", user, {})


def _factor(action: str) -> Any:  # noqa: ANN401 - a receiver of any signal
    def heard(*, request: HttpRequest, user: User, authenticator: Any, **_told: object) -> None:  # noqa: ANN401
        _write(request, action, user, {"type": str(authenticator.type)})

    return heard


def _write(
    request: HttpRequest, action: str, user: User | None, params: Mapping[str, object]
) -> None:
    subject = f"account:{user.pk}" if user else "account:unknown"
    with transaction.atomic():
        audit_record(actor=actor_of(request), action=action, subject=subject, params=params)
