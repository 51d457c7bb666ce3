"""Permissions of a new version come to the built-in roles once; what was taken away stays away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.apps import apps as installed
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from quotaloom.web.accounts.models import Company
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.org.access_rules import clashes
from quotaloom.web.org.models import Role
from quotaloom.web.org.roles import ROLES
from quotaloom.web.ui.permissions import known

if TYPE_CHECKING:
    from django.apps.registry import Apps

FIRST: Final = frozenset(  # of the first version: all that a database offered that kept no note
    {
        "plans.read",
        "plans.create",
        "plans.export",
        "org.read",
        "org.edit",
        "people.read",
        "people.edit",
        "access.read",
        "access.edit",
        "audit.read",
        "audit.export",
        "system.read",
        "system.edit",
        "view_as.use",
        "tokens.use",
    }
)


def offer_after_migration(apps: Apps = installed, **_: object) -> None:
    """Receives ``post_migrate``; ``apps`` tells which tables are there by now."""
    try:
        apps.get_model("accounts", "Company")._meta.get_field("offered")  # noqa: SLF001 - Django's
        apps.get_model("org", "Role")
        apps.get_model("audit", "AuditRow")
    except (LookupError, FieldDoesNotExist):
        return
    offer_permissions()


def offer_permissions() -> None:
    """Give each built-in role what it was never offered, unless that would join administrations."""
    with transaction.atomic():
        for role in Role.objects.filter(is_builtin=True, code__in=ROLES):
            _offer(role)


def note_offered(role: Role) -> None:
    """Remember that a role was offered all that its kind starts with."""
    with transaction.atomic():
        Company.objects.get_or_create(pk=1)
        row = Company.objects.select_for_update().get(pk=1)
        row.offered = row.offered | {role.code: list(ROLES[role.code][2])}
        row.save(update_fields=["offered"])


def _offer(role: Role) -> None:
    """One role. Where it cannot be given, it stays to be offered after the next migration."""
    kept = Company.objects.filter(pk=1).values_list("offered", flat=True).first() or {}
    before = kept.get(role.code, FIRST)
    new = {one for one in ROLES[role.code][2] if one not in before}
    wanted = known({*role.permissions, *new})
    if not new or any(clashes(role, wanted)):
        return
    note_offered(role)
    if added := [one for one in wanted if one not in role.permissions]:
        role.permissions = wanted
        role.save(update_fields=["permissions"])
        told = {"added": added}
        audit_record(actor=Actor(), action="role.offer", subject=f"role:{role.code}", params=told)
