"""What must stand before the first page: tables and static files, made only where they changed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from quotaloom.core.model.findings import error, info
from quotaloom.web.config.refusal import Misconfigured
from quotaloom.web.config.speech import say

STAMP = ".holds"


def prepare() -> None:
    """Bring tables and static files up to date. Raises Misconfigured without a database."""
    try:
        pending = migrations_pending()
        if pending:
            say(info("serve.migrating", count=pending))
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as cause:
        raise Misconfigured([error("serve.no_database", why=str(cause).strip())]) from cause
    finally:
        connection.close()
    collect()


def migrations_pending() -> int:
    """How many migrations are still to be applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect() -> None:
    """Collect the static files, unless those of the same digest lie there already."""
    stamp, digest = Path(settings.STATIC_ROOT) / STAMP, static_digest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest, encoding="utf-8")


def static_digest() -> str:
    """The digest of our version and of name, size and time of every static file."""
    told = [version("quotaloom")]
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            told.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()
