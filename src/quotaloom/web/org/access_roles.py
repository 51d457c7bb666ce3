"""Making and changing roles; the built-in ones can be restored to what they started with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from quotaloom.core.model.findings import error
from quotaloom.web.audit.services import audit_record
from quotaloom.web.org.access_offer import note_offered
from quotaloom.web.org.access_rules import clashes, refuse
from quotaloom.web.org.branches import in_force
from quotaloom.web.org.models import Grant, Role
from quotaloom.web.org.roles import ROLES
from quotaloom.web.ui.permissions import known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.audit.services import Actor


def builtin_role(code: str) -> Role:
    """The built-in role, made where it is missing; where it exists it stays as it was changed."""
    zh, en, permissions = ROLES[code]
    told = {"name_zh": zh, "name_en": en, "permissions": list(permissions), "is_builtin": True}
    role, made = Role.objects.get_or_create(code=code, defaults=told)
    if made:
        note_offered(role)
    return role


def role_create(
    *, actor: Actor, code: str, name_zh: str, name_en: str, permissions: Iterable[str]
) -> Role:
    """A role of the company's own."""
    if Role.objects.filter(code=code).exists():
        refuse([error("admit.role_code_taken", code)])
    with transaction.atomic():
        told = {"name_zh": name_zh, "name_en": name_en or name_zh}
        role = Role.objects.create(code=code, permissions=known(permissions), **told)
        params = {"permissions": role.permissions}
        audit_record(actor=actor, action="role.create", subject=f"role:{code}", params=params)
    return role


def role_change(
    *, actor: Actor, role: Role, name_zh: str, name_en: str, permissions: Iterable[str]
) -> None:
    """Rename a role and say what it allows; it holds from the next request on."""
    wanted = known(permissions)
    refuse(_faults(actor, role, wanted))
    with transaction.atomic():
        before = list(role.permissions)
        role.name_zh, role.name_en, role.permissions = name_zh, name_en or name_zh, wanted
        role.save()
        params = {"before": before, "after": wanted}
        audit_record(actor=actor, action="role.change", subject=f"role:{role.code}", params=params)


def role_restore(*, actor: Actor, role: Role) -> None:
    """A built-in role as it was at the start."""
    zh, en, permissions = ROLES[role.code]
    refuse(_faults(actor, role, permissions))
    with transaction.atomic():
        role.name_zh, role.name_en, role.permissions = zh, en, list(permissions)
        role.save()
        audit_record(actor=actor, action="role.restore", subject=f"role:{role.code}")


def _faults(actor: Actor, role: Role, permissions: Iterable[str]) -> list[Finding]:
    """Nobody changes a role that she holds; no holder may end up with two administrations."""
    held = Grant.objects.filter(in_force(timezone.localdate()), role=role)
    if any(str(grant.user_id) == actor.id for grant in held):
        return [error("admit.by_own_role", str(role))]
    return clashes(role, list(permissions))
