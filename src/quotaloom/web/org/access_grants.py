"""Giving and ending roles: role × branch × measures × [from, to)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.access_rules import apart, oneself, refuse
from quotaloom.web.org.models import Grant

if TYPE_CHECKING:
    from datetime import date

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.accounts.models import User
    from quotaloom.web.audit.services import Actor
    from quotaloom.web.org.models import Member, Role


@dataclass(frozen=True, slots=True)
class Reach:
    """Where and when a role holds: a branch (None: everywhere), measures (none: all), days."""

    since: date
    until: date | None = None
    scope: Member | None = None
    measures: tuple[str, ...] = ()


def grant_give(*, actor: Actor, user: User, role: Role, reach: Reach) -> Grant:
    """Give a role; refused with every rule that it would break."""
    with transaction.atomic():
        refuse([*oneself(actor, user), *_faults(user, role, reach)])
        row = Grant.objects.create(
            user=user,
            role=role,
            scope=reach.scope,
            measures=list(reach.measures),
            valid_from=reach.since,
            valid_to=reach.until,
        )
        params = {
            "role": role.code,
            "scope": reach.scope.code if reach.scope else "",
            "measures": list(reach.measures),
            "from": reach.since,
            "to": reach.until,
        }
        subject = f"account:{user.pk}"
        audit_record(actor=actor, action="grant.give", subject=subject, params=params)
    return row


def grant_end(*, actor: Actor, grant: Grant, on: date) -> None:
    """The role holds until the day before ``on``; one that has not begun is taken back."""
    with transaction.atomic():
        refuse(oneself(actor, grant.user))
        if on <= grant.valid_from:
            Grant.objects.filter(pk=grant.pk).delete()
        else:
            Grant.objects.filter(pk=grant.pk).update(valid_to=on)
        params = {"role": grant.role.code, "to": on}
        subject = f"account:{grant.user_id}"
        audit_record(actor=actor, action="grant.end", subject=subject, params=params)


def _faults(user: User, role: Role, reach: Reach) -> list[Finding]:
    found = apart(user, role.permissions, reach.since, reach.until)
    if not user.is_active:
        found.append(error("admit.closed_account", user.username))
    if reach.until is not None and reach.until <= reach.since:
        days = {"since": str(reach.since), "until": str(reach.until)}
        found.append(error("admit.ends_before_it_begins", str(role), **days))
    return found
