"""What `doctor` looks at: each look answers findings, none of them changes anything."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zoneinfo
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection
from django.db.utils import Error

from quotaloom.core.model.findings import error, info, warning
from quotaloom.web.accounts.factors import unreadable
from quotaloom.web.accounts.models import User
from quotaloom.web.config.demo import LOGINS, is_demo
from quotaloom.web.config.occupation import is_occupied
from quotaloom.web.config.preparation import STAMP, migrations_pending, static_digest
from quotaloom.web.config.secret import is_weak
from quotaloom.web.config.snapshot import SQLITE
from quotaloom.web.jobs.liveness import living
from quotaloom.web.jobs.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.core.model.findings import Finding

LEAST_PYTHON: Final = (3, 11)
LEAST_DISK, LITTLE_DISK = 200 * 2**20, 2 * 2**30  # bytes: none to work with, few to grow
LOCAL: Final = {"127.0.0.1", "localhost", "[::1]", "::1"}
FONTS: Final = ("fc-list", ":lang=zh", "family")
OTHERS: Final = 0o077


def diagnose() -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    looks: tuple[Callable[[], Finding], ...] = (
        _python,
        _disk,
        _wal,
        _database,
        _worker,
        _static,
        _secret,
        _second_factors,
        _hosts,
        _demo,
        _time_zone,
        _font,
    )
    return [look() for look in looks]


def _python() -> Finding:
    told = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        return error("doctor.python_old", told)
    return info("doctor.python", told)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    told = {"free": free // 2**20}
    if free < LEAST_DISK:
        return error("doctor.disk_full", str(settings.HOME), **told)
    if free < LITTLE_DISK:
        return warning("doctor.disk_little", str(settings.HOME), **told)
    return info("doctor.disk", str(settings.HOME), **told)


def _wal() -> Finding:
    """Whether SQLite can write ahead here: some network disks cannot."""
    if connection.vendor != "sqlite":
        return info("doctor.postgres", connection.settings_dict["HOST"] or "localhost")
    try:
        mode = _tried_mode()
    except (OSError, sqlite3.Error) as cause:
        return error("doctor.no_wal", str(settings.HOME), why=str(cause))
    if mode != "wal":
        return error("doctor.no_wal", str(settings.HOME), why=mode)
    return info("doctor.wal", str(settings.HOME))


def _tried_mode() -> str:
    with tempfile.TemporaryDirectory(prefix=".doctor-", dir=settings.HOME) as folder:
        line = sqlite3.connect(Path(folder) / "try.sqlite3")
        with closing(line):
            mode = line.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            line.execute("CREATE TABLE tried (one INTEGER)")
    return str(mode)


def _is_there() -> bool:
    """Whether there is a database to ask; SQLite would make an empty one."""
    return connection.vendor != "sqlite" or (settings.HOME / SQLITE).exists()


def _database() -> Finding:
    if not _is_there():
        return warning("doctor.no_database", str(settings.HOME))
    try:
        pending = migrations_pending()
    except Error as cause:
        return error("serve.no_database", why=" ".join(str(cause).split()))
    if pending:
        return warning("doctor.migrations_pending", count=pending)
    return info("doctor.database")


def _worker() -> Finding:
    if not _is_there():
        return info("doctor.no_worker_yet")
    try:
        alive = living()
        waiting = Job.objects.filter(state=State.QUEUED).count()
    except Error:
        return info("doctor.no_worker_yet")
    if alive:
        heard = max(one.heard_at for one in alive)
        past = int((datetime.now(UTC) - heard).total_seconds())
        return info("doctor.worker", count=len(alive), seconds=past)
    if is_occupied(settings.HOME) or waiting:
        return error("doctor.worker_gone", count=waiting)
    return info("doctor.no_worker_yet")


def _static() -> Finding:
    stamp = Path(settings.STATIC_ROOT) / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == static_digest():
        return info("doctor.static")
    return warning("doctor.static_old")


def _secret() -> Finding:
    if is_weak(settings.SECRET_KEY):
        return error("settings.weak_key", "QUOTALOOM_SECRET_KEY", least=40)
    path = settings.HOME / "secret.key"
    if path.exists() and path.stat().st_mode & OTHERS:
        return error("doctor.secret_readable", str(path))
    return info("doctor.secret")


def _second_factors() -> Finding:
    """Whether our secret key opens what is sealed in the database."""
    try:
        lost = unreadable() if _is_there() else 0
    except Error:
        lost = 0
    return error("doctor.factors_unreadable", count=lost) if lost else info("doctor.factors")


def _hosts() -> Finding:
    beyond = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if beyond and not settings.BEHIND_TLS:
        return warning("doctor.hosts_without_tls", ", ".join(beyond))
    return info("doctor.hosts", ", ".join(settings.ALLOWED_HOSTS))


def _demo() -> Finding:
    if is_demo(settings.HOME) or settings.DEMO:
        return warning("doctor.demo", str(settings.HOME))
    found = _with_demo_passwords() if _is_there() else []
    if found:
        return error("doctor.demo_accounts", ", ".join(found))
    return info("doctor.no_demo")


def _with_demo_passwords() -> list[str]:
    passwords = {one.name: one.password for one in LOGINS}
    try:
        known = list(User.objects.filter(username__in=passwords, is_active=True))
    except Error:
        return []
    return [one.username for one in known if one.check_password(passwords[one.username])]


def _time_zone() -> Finding:
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    return info("doctor.time_zone", settings.TIME_ZONE, now=f"{datetime.now(zone):%Y-%m-%d %H:%M}")


def _font() -> Finding:
    """Whether a program on this machine, such as a browser that prints, can draw Chinese."""
    found = shutil.which(FONTS[0])
    if found is None:
        return warning("doctor.no_fontconfig")
    done = subprocess.run(  # noqa: S603 - a fixed command
        [found, *FONTS[1:]], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    families = [line.split(",")[0] for line in done.stdout.splitlines() if line.strip()]
    return info("doctor.font", families[0]) if families else warning("doctor.no_font")
