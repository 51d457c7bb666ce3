"""Which workers live: heard of lately, and not known to be gone from this machine."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from quotaloom.web.jobs.models import Worker

SILENT = timedelta(seconds=45)  # after which a worker of another machine counts as gone
START_TIME = 19  # of the fields of /proc/<pid>/stat that follow the name


def mark_of(pid: int) -> str:
    """What tells a living process from a later one of the same number; "" when it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return _signalled_mark(pid)
    fields = told.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[START_TIME]


def _signalled_mark(pid: int) -> str:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "lives"
    return "" if Path("/proc/self").exists() else "lives"


def introduce(worker: str) -> None:
    """Write down a worker that begins in this process."""
    now, pid = timezone.now(), os.getpid()
    Worker.objects.create(
        id=worker,
        host=socket.gethostname(),
        pid=pid,
        mark=mark_of(pid),
        begun_at=now,
        heard_at=now,
    )


def is_alive(one: Worker) -> bool:
    """Whether the worker can still be at work."""
    if one.host == socket.gethostname():
        return mark_of(one.pid) == one.mark
    return timezone.now() - one.heard_at < SILENT


def living() -> list[Worker]:
    """The workers that live."""
    return [one for one in Worker.objects.all() if is_alive(one)]
