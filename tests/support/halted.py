"""A worker of a test's own, killed where tests.support.halting stops it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing

import pytest

from tests.support.site import environment, web
from tests.support.sources import ROOT

HALTING = {"DJANGO_SETTINGS_MODULE": "tests.support.halting.settings", "PYTHONPATH": str(ROOT)}


class House:
    """A data folder, and the worker that has its jobs in hand."""

    def __init__(self, home):
        self.home, self.worker = home, None
        self.ask("migrate", "--verbosity", "0")
        self.begin()

    def ask(self, *words):
        done = web(self.home, *words, **HALTING)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def begin(self):
        """Start a worker; it takes up what a dead one left."""
        words = [sys.executable, "-m", "quotaloom.web", "worker"]
        self.worker = subprocess.Popen(words, env=environment(self.home, **HALTING))

    def kill(self):
        self.worker.kill()
        self.worker.wait()


@pytest.fixture
def house(tmp_path):
    """A house with its worker; both end with the test."""
    one = House(tmp_path / "home")
    yield one
    one.kill()


def rows(house, asked, *params):
    """Read beside the server."""
    with closing(sqlite3.connect(house.home / "quotaloom.sqlite3", timeout=20)) as line:
        return line.execute(asked, params).fetchall()


def wait(holds, seconds=60):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def over(house, job):
    """The job's state and attempts once it is over."""
    asked = "select state, attempts from jobs_job where id = ?"
    key = uuid.UUID(job).hex
    wait(lambda: rows(house, asked, key)[0][0] not in {"queued", "running"})
    return rows(house, asked, key)[0]


def killed(house, words, point, *, state, allowed):
    """Kill the worker at a point of the job that ``words`` start; answers their output."""
    halt, halted = house.home.parent / "halt", house.home.parent / "halted"
    halt.write_text(str(point), encoding="utf-8")
    told = house.ask(*words)
    wait(halted.exists)
    assert state(house) in allowed
    halt.unlink()
    halted.unlink()
    house.kill()
    assert state(house) in allowed
    house.begin()
    assert over(house, told[-1]) == ("done", 2)
    return told


def ended_at(home, point, *words):
    """Run a verb and kill it at a point of its writing; False where it ended before."""
    halt, halted = home.parent / "halt", home.parent / "halted"
    halt.write_text(str(point), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "quotaloom.web", *words],
        env=environment(home, **HALTING),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait(lambda: halted.exists() or process.poll() is not None)
    process.kill()
    process.wait()
    halt.unlink()
    stopped = halted.exists()
    halted.unlink(missing_ok=True)
    return stopped
