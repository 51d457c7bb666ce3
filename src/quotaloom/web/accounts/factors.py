"""The second factors of accounts: which of their fields are secret, and which can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator

from quotaloom.web.accounts.sealed import Unreadable, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET: Final = ("secret", "seed")  # an app's, and that of the recovery codes


def changed(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The fields of a second factor with its secret ones changed."""
    return {name: change(text) if name in SECRET else text for name, text in data.items()}


def unreadable() -> int:
    """How many second factors the secret key of this server does not open."""
    rows = Authenticator.objects.values_list("data", flat=True)
    return sum(not _readable(data) for data in rows)


def _readable(data: Mapping[str, Any]) -> bool:
    try:
        changed(data, unseal)
    except Unreadable:
        return False
    return True
