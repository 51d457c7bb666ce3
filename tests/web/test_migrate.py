"""A migration is noted in the transaction that makes it: cut anywhere, an upgrade goes on."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from tests.support.own_database import migrated, own_database

__all__ = ["migrated", "own_database"]
BEFORE = ("plans", "0003")  # what follows puts indexes off to the end of its transaction


def test_no_migration_is_noted_after_its_commit(own_database):  # noqa: ARG001 - opens it
    noted = []

    def look(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "django_migrations"'):
            noted.append(context["connection"].in_atomic_block)
        return execute(sql, params, many, context)

    call_command("migrate", *BEFORE, verbosity=0)
    with connection.execute_wrapper(look):
        call_command("migrate", verbosity=0)
    assert noted
    assert all(noted)
