"""A PostgreSQL of the test's own: made, started and thrown away; skipped where there is none."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

USERS = ("postgres", "nobody")  # who runs it where we are root: it refuses to be root's


@dataclass(frozen=True)
class Cluster:
    """Where it lies, on which port it listens, and who runs it ("" is us)."""

    folder: Path
    port: int
    user: str
    programs: Path

    def run(self, program, *words):
        """Run one of its programs."""
        told = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid} if self.user else {}
        return subprocess.run(
            [self.programs / program, *words],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a server keeps what it inherits open
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=120,
            **told,
        )

    def control(self, *words):
        """Start, stop or restart it."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", *words)

    def start(self):
        options = f"-p {self.port} -k '{self.folder}' -c listen_addresses=127.0.0.1"
        self.control("-o", options, "-l", str(self.folder / "log"), "start")

    def restart(self):
        """As after a power cut."""
        self.control("-m", "immediate", "stop")
        self.start()

    def url(self, database="postgres"):
        return f"postgres://tester@127.0.0.1:{self.port}/{database}"

    def create(self, database):
        """An empty database; answers its URL."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "tester")
        self.run("createdb", *where, database)
        return self.url(database)


def programs():
    """The newest folder with initdb and pg_ctl, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    one = shutil.which("initdb")
    return Path(one).parent if one else None


@contextmanager
def cluster():
    """A running cluster."""
    where = programs()
    if where is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    user = ""
    if os.geteuid() == 0:
        known = [one.pw_name for one in pwd.getpwall()]
        user = next(name for name in USERS if name in known)
    folder = Path(tempfile.mkdtemp(prefix="quotaloom-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    one = Cluster(folder, port, user, where)
    try:
        words = ("-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        one.run("initdb", "-D", str(folder / "data"), *words)
        one.start()
        yield one
    finally:
        if (folder / "data/postmaster.pid").exists():
            one.control("-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
