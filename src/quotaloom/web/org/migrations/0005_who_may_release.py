from __future__ import annotations

from typing import Any

from django.db import migrations

RELEASE = "plans.release"
ROLES = ("director", "finance")


def give(apps: Any, _editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.filter(code__in=ROLES, is_builtin=True):
        if RELEASE not in role.permissions:
            role.permissions = [*role.permissions, RELEASE]
            role.save()


def take(apps: Any, _editor: Any) -> None:
    for role in apps.get_model("org", "Role").objects.filter(code__in=ROLES, is_builtin=True):
        role.permissions = [one for one in role.permissions if one != RELEASE]
        role.save()


class Migration(migrations.Migration):
    dependencies = [("org", "0004_demo_company")]

    operations = [migrations.RunPython(give, take)]
