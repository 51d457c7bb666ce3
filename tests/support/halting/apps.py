"""Counts what a process of ours writes; at the number in ``halt`` it waits for its end.

A point is each statement that writes, once it was executed, the note that a job is done, before it
is executed (everything is committed then and nobody knows of it yet), and each file or folder that
is made, opened to be written, or renamed, before it is. Reads of members count while a backup is
written: they are what happens between its parts.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

POINTS = count(1)
CHANGES = ("INSERT", "UPDATE", "DELETE")
TABLES = (
    '"org_',
    '"audit_',
    '"plans_',
    '"journals_',
    '"data_',
    '"registers_',
    '"desk_answered',
)
PLACES = ("/plans/", "/batches/")  # of files; a worker's own notes, and uploads, are no work
SCHEMA = ("CREATE", "ALTER", "DROP")
FILES = {"os.mkdir", "os.rename", "os.link"}
OURS = ("/halt", "/halted")
VERBS = {"worker", "backup", "migrate", "plan_edit", "facts_send", "deal_write"}


class Halting(AppConfig):
    """Looks at every statement and every file of the process."""

    name = "tests.support.halting"
    label = "halting"

    def ready(self):
        connection_created.connect(watch, dispatch_uid="halting")
        sys.addaudithook(heard)


def watch(connection, **_):
    if look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


def look(execute, sql, params, many, context):
    """Execute a statement, and stop before or after it where it is the one."""
    if sql.startswith('UPDATE "jobs_job"') and "done" in (params or ()):
        halt()
    answer = execute(sql, params, many, context)
    if "migrate" in sys.argv:
        is_write = sql.startswith((*CHANGES, *SCHEMA))
    else:
        is_work = any(table in sql for table in TABLES)
        is_write = sql.startswith(CHANGES) and is_work and context["connection"].in_atomic_block
    if is_write:
        halt()
    return answer


def heard(event, told):
    """Stop before a file is touched, where it is the one."""
    path = os.fspath(told[0]) if told and isinstance(told[0], (str, os.PathLike)) else ""
    if (
        path.endswith(OURS)
        or "migrate" in sys.argv
        or not path.startswith(str(settings.HOME.parent))
    ):
        return
    flags = told[2] if event == "open" and isinstance(told[2], int) else 0
    is_ours = any(place in path for place in PLACES)
    writes = bool(flags & (os.O_WRONLY | os.O_RDWR)) and is_ours
    is_part = event == "open" and "backup" in sys.argv
    is_made = event in FILES and is_ours
    if writes or is_part or is_made or ("backup" in sys.argv and event in FILES):
        halt()


def halt():
    """Wait to be killed, where this is the point that ``halt`` names."""
    if not VERBS & set(sys.argv):
        return
    asked = settings.HOME.parent / "halt"
    if not os.access(asked, os.R_OK) or next(POINTS) != int(_text(asked)):
        return
    handle = os.open(settings.HOME.parent / "halted", os.O_CREAT)
    os.close(handle)
    time.sleep(60)


def _text(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, 20)
    finally:
        os.close(handle)
