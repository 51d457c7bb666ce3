"""Who may not hold or change what: the separation of duties, each rule a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.org.models import Grant
from quotaloom.web.org.roles import administrations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.models import Role


def refuse(findings: Iterable[Finding]) -> None:
    """Raise DataRefused with all findings, where there are any."""
    if found := list(findings):
        raise DataRefused(found)


def oneself(actor: Actor, user: User) -> list[Finding]:
    """Nobody changes grants of her own."""
    if actor.id == str(user.pk):
        return [error("admit.oneself", user.username)]
    return []


def apart(
    user: User,
    permissions: Iterable[str],
    since: date,
    until: date | None,
    *,
    besides: Role | None = None,
) -> list[Finding]:
    """No account holds two administrations on one day, whatever the roles are called.

    Grants of the role ``besides`` do not count: they are what is being changed.
    """
    wanted = administrations(permissions)
    if not wanted:
        return []
    for grant in overlapping(user, since, until):
        if besides and grant.role_id == besides.pk:
            continue
        held = administrations(grant.role.permissions)
        if held and len(held | wanted) > 1:
            return [_clash(user, held | wanted)]
    return [_clash(user, wanted)] if len(wanted) > 1 else []


def clashes(role: Role, permissions: Sequence[str]) -> list[Finding]:
    """Which accounts would hold two administrations if the role allowed this."""
    rows = Grant.objects.filter(role=role).exclude(valid_to__lte=timezone.localdate())
    return [
        fault
        for one in rows.select_related("user")
        for fault in apart(one.user, permissions, one.valid_from, one.valid_to, besides=role)
    ]


def overlapping(user: User, since: date, until: date | None) -> list[Grant]:
    """The grants of an account that hold on some day of [since, until)."""
    rows = Grant.objects.filter(user=user).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since))
    if until is not None:
        rows = rows.filter(valid_from__lt=until)
    return list(rows.select_related("role"))


def _clash(user: User, kinds: frozenset[str]) -> Finding:
    first, second, *_ = sorted(kinds)
    return error("admit.administrations_apart", user.username, first=first, second=second)
