"""The second factor: codes count towards the same lock-out as passwords."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from quotaloom.web.accounts.lockout import trial_right
from quotaloom.web.accounts.login import locked_out, tell
from quotaloom.web.accounts.sealed import Unreadable, seal, unseal

UNREADABLE = _(
    "Your second factor cannot be read: the server's secret key has changed. Please ask your "
    "administrator for security to take it away, then set it up anew."
)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Our words for what goes wrong; the secrets of apps and recovery codes lie sealed."""

    error_messages = {  # noqa: RUF012 - allauth's own way
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or has expired."),
    }

    def encrypt(self, text: str) -> str:
        """What the database keeps."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises Unreadable."""
        return unseal(encrypted_text)


class Counted:
    """Counts each code before it is looked at, as passwords are."""

    def clean_code(self) -> str:
        """The code, where it is right."""
        form: Any = self
        name = f"code of {form.user.username}"
        locked_out(context.request, name)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except Unreadable as cause:
            raise ValidationError(UNREADABLE) from cause
        except ValidationError:
            tell(context.request, "account.code_failed", form.user)
            raise
        trial_right(name)
        return code


class Authenticate(Counted, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class Reauthenticate(Counted, ReauthenticateForm):  # type: ignore[misc]
    """The code before something delicate."""
