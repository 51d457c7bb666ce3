"""One-time links to choose a password: shown once to the administrator who made them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from quotaloom.web.accounts.models import PasswordLink
from quotaloom.web.accounts.secret import digest_of, new_secret

if TYPE_CHECKING:
    from quotaloom.web.accounts.models import User

LASTS: Final = timedelta(days=3)


def link_make(*, user: User) -> str:
    """The secret of a new link; earlier ones of the account no longer work."""
    secret = new_secret()
    PasswordLink.objects.filter(user=user, used_at=None).delete()
    until = timezone.now() + LASTS
    PasswordLink.objects.create(user=user, digest=digest_of(secret), expires_at=until)
    return secret


def link_open(secret: str) -> PasswordLink | None:
    """The link that still works; None where it is unknown, used, late, or of a closed account."""
    rows = PasswordLink.objects.select_related("user").filter(digest=digest_of(secret))
    return rows.filter(
        used_at=None, expires_at__gt=timezone.now(), user__is_active=True, user__sso_only=False
    ).first()


def link_use(*, secret: str, password: str) -> User | None:
    """Set the password and use the link up; None where the link does not work any more."""
    with transaction.atomic():
        link = link_open(secret)
        used = link and PasswordLink.objects.filter(pk=link.pk, used_at=None)
        if not link or not used or not used.update(used_at=timezone.now()):
            return None
        link.user.set_password(password)
        link.user.save(update_fields=["password"])
        return link.user
