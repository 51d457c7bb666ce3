"""Counts what the worker writes about lists; at the number in ``halt`` it waits for its end.

A point is each statement that writes inside a transaction, once it was executed, and the note that
a job is done, before it is executed: then everything is committed and nobody knows of it yet.
"""

from __future__ import annotations

import sys
import time
from itertools import count

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

POINTS = count(1)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Halting(AppConfig):
    """Looks at every statement of the worker."""

    name = "tests.support.halting"
    label = "halting"

    def ready(self):
        if "worker" in sys.argv:
            connection_created.connect(watch, dispatch_uid="halting")


def watch(connection, **_):
    if look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


def look(execute, sql, params, many, context):
    """Execute a statement, and stop before or after it where it is the one."""
    is_end = sql.startswith('UPDATE "jobs_job"') and "done" in (params or ())
    if is_end:
        halt()
    answer = execute(sql, params, many, context)
    tables = ('"org_', '"audit_')
    is_write = sql.startswith(WRITES) and any(table in sql for table in tables)
    if is_write and context["connection"].in_atomic_block:
        halt()
    return answer


def halt():
    """Wait to be killed, where this is the point that ``halt`` names."""
    asked = settings.HOME / "halt"
    if not asked.exists() or next(POINTS) != int(asked.read_text(encoding="utf-8")):
        return
    (settings.HOME / "halted").touch()
    time.sleep(60)
