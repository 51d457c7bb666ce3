"""Making, showing once, checking and revoking tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from quotaloom.web.accounts.secret import digest_of, new_secret
from quotaloom.web.api.models import Token
from quotaloom.web.audit.services import audit_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor

MARK: Final = "ql_"  # so that scanners for leaked secrets know one
SCOPES: Final = (  # what programs may be let do
    "org.read",
    "plans.read",
    "plans.write",
    "plans.release",
    "data.import",
)
HOUR: Final = timedelta(hours=1)


def token_create(
    *, actor: Actor, user: User, name: str, scopes: Iterable[str], days: int
) -> tuple[Token, str]:
    """A new token and its text, shown only now; scopes beyond the user's are left out."""
    secret = MARK + new_secret()
    wanted = set(scopes)
    held = [one for one in SCOPES if one in wanted and user.has_perm(one)]
    with transaction.atomic():
        row = Token.objects.create(
            user=user,
            name=name,
            digest=digest_of(secret),
            scopes=held,
            expires_at=timezone.now() + timedelta(days=days),
        )
        params = {"name": name, "scopes": held, "days": days}
        audit_record(actor=actor, action="token.create", subject=f"token:{row.pk}", params=params)
    return row, secret


def token_revoke(*, actor: Actor, token: Token) -> None:
    """From the next request on it opens nothing."""
    with transaction.atomic():
        rows = Token.objects.filter(pk=token.pk, revoked_at=None)
        if rows.update(revoked_at=timezone.now()):
            audit_record(actor=actor, action="token.revoke", subject=f"token:{token.pk}")


def token_known(secret: str) -> Token | None:
    """The token of the text, as long as it and its account's right to have one hold."""
    now = timezone.now()
    rows = Token.objects.select_related("user").filter(revoked_at=None, expires_at__gt=now)
    token = rows.filter(digest=digest_of(secret), user__is_active=True).first()
    if token is None or not token.user.has_perm("tokens.use"):
        return None
    stale = Q(used_at=None) | Q(used_at__lt=now - HOUR)
    Token.objects.filter(stale, pk=token.pk).update(used_at=now)
    return token


def tokens_of(user: User) -> QuerySet[Token]:
    """The user's own tokens, the newest first."""
    return Token.objects.filter(user=user)
