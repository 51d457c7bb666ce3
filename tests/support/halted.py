"""A worker of a test's own, killed where tests.support.halting stops it."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing

import psycopg
import pytest

from tests.support.forks import Forks, wait


class House:
    """A data folder, and the worker that has its jobs in hand; its database may be PostgreSQL."""

    def __init__(self, home, url=""):
        self.home, self.worker, self.url = home, None, url
        more = {"QUOTALOOM_DB": url} if url else {}
        self.forks = Forks(home, "tests.support.halting.settings", **more)
        self.ask("migrate", "--verbosity", "0")

    def ask(self, *words):
        """Run a verb; answers the words it said."""
        return self.forks.run(*words).split()

    def begin(self):
        """Start a worker; it takes up what a dead one left."""
        self.worker, _ = self.forks.begin("worker")

    def ended_at(self, point, *words):
        """Run a verb and kill it at a point of its writing; False where it ended before."""
        halt, halted = self._signs()
        halt.write_text(str(point), encoding="utf-8")
        pid, _ = self.forks.begin(*words)
        wait(lambda: halted.exists() or self.forks.code(pid) is not None)
        stopped = halted.exists()
        if stopped:
            self.forks.kill(pid)
        halt.unlink()
        halted.unlink(missing_ok=True)
        return stopped

    def killed(self, words, point, *, state, allowed):
        """Kill the worker at a point of the job that ``words`` start; answers their output."""
        halt, halted = self._signs()
        halt.write_text(str(point), encoding="utf-8")
        told = self.ask(*words)
        wait(halted.exists)
        assert state(self) in allowed
        halt.unlink()
        halted.unlink()
        self.forks.kill(self.worker)
        assert state(self) in allowed
        self.begin()
        assert over(self, told[-1]) == ("done", 2)
        return told

    def _signs(self):
        """The file that asks for a halt, and the one that tells of it."""
        return self.home.parent / "halt", self.home.parent / "halted"


@pytest.fixture
def house(tmp_path):
    """A migrated folder; what works on it ends with the test."""
    one = House(tmp_path / "home")
    yield one
    one.forks.end()


def rows(house, asked, *params):
    """Read beside the server."""
    if house.url:
        with psycopg.connect(house.url) as line:
            return line.execute(asked.replace("?", "%s"), params).fetchall()
    with closing(sqlite3.connect(house.home / "quotaloom.sqlite3", timeout=20)) as line:
        return line.execute(asked, params).fetchall()


def over(house, job):
    """The job's state and attempts once it is over."""
    asked = "select state, attempts from jobs_job where id = ?"
    key = uuid.UUID(job).hex
    wait(lambda: rows(house, asked, key)[0][0] not in {"queued", "running"})
    return rows(house, asked, key)[0]
