"""The worker as a real process: killed, doubled, cancelled, and quick."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
import uuid
from contextlib import closing, contextmanager
from datetime import datetime

import pytest

from tests.support.counts import examples
from tests.support.forks import Forks
from tests.support.site import serving
from tests.support.sources import ROOT

SLOW = {"DJANGO_SETTINGS_MODULE": "tests.support.slow.settings", "PYTHONPATH": str(ROOT)}


@contextmanager
def working(home):
    """A server with the tests' jobs, and somebody who asks for them."""
    with serving(home, "--workers", 1, **SLOW) as one:
        one.forks = Forks(home, SLOW["DJANGO_SETTINGS_MODULE"])
        try:
            yield one
        finally:
            one.forks.end()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with working(tmp_path_factory.mktemp("worker") / "home") as one:
        yield one


@pytest.fixture
def marks(tmp_path):
    """Reads what the jobs left behind."""
    path = tmp_path / "marks"

    def read():
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []

    read.path = path
    return read


def ask(site, *words):
    return site.forks.run("job", *words).split()


def started(site, kind, marks, **params):
    return ask(site, "start", kind, json.dumps({"marks": str(marks.path), **params}))


def row(site, key):
    """A job's row, read beside the server."""
    with closing(sqlite3.connect(site.home / "quotaloom.sqlite3", timeout=20)) as line:
        line.row_factory = sqlite3.Row
        found = line.execute("select * from jobs_job where id=?", [uuid.UUID(key).hex]).fetchone()
    return dict(found)


def over(site, key, seconds=60):
    """The row of a job once it is over, in time."""
    until = time.monotonic() + seconds
    while (found := row(site, key))["state"] in {"queued", "running"}:
        assert time.monotonic() < until, f"{found}\n{''.join(site.said)}"
        time.sleep(0.1)
    return found


def wait(holds, seconds=60):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def worker(site):
    """The process ids of the worker, once there is one."""
    found = []
    wait(lambda: found.extend(site.children().get("worker", ())) or found)
    return found


def kill(pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def lateness(site, marks):
    """The seconds that a job waits until it begins, in the middle of five."""
    late = []
    for key in (started(site, "slow", marks, steps=0, seconds=0)[0] for _ in range(5)):
        found = over(site, key)
        begun, asked = (datetime.fromisoformat(found[at]) for at in ("started_at", "created_at"))
        late.append((begun - asked).total_seconds())
    return sorted(late)[2]


def test_a_killed_job_is_done_again_within_a_minute(site, marks):
    pids = worker(site)  # to look for it takes a while, and the job goes on
    (key,) = started(site, "slow", marks, steps=10, seconds=0.2)
    wait(lambda: "step 1" in marks())
    kill(pids)
    found = over(site, key)
    assert (found["state"], found["attempts"]) == ("done", 2)
    assert marks().count("begin") == 2
    assert marks().count("end") == 1


@pytest.mark.heavy
def test_wherever_it_is_killed_the_job_ends_once(site, marks):
    chance = random.Random(11)
    for _ in range(examples(50)):
        marks.path.unlink(missing_ok=True)
        (key,) = started(site, "slow", marks, steps=3, seconds=0.05)
        time.sleep(chance.uniform(0, 0.6))
        kill(worker(site))
        assert over(site, key)["state"] == "done"
        assert marks().count("end") in {1, 2}  # killed between the end and its note: done again


def test_a_job_that_kills_each_worker_is_given_up_with_a_finding(site, marks):
    (key,) = started(site, "deadly", marks)
    found = over(site, key)
    assert (found["state"], found["attempts"]) == ("failed", 3)
    assert [one["code"] for one in json.loads(found["findings"])] == ["worker.lost"]
    assert len(marks()) == 3
    (next_one,) = started(site, "slow", marks, steps=1, seconds=0)
    assert over(site, next_one)["state"] == "done"


def test_a_job_delivered_twice_is_done_once(site, marks):
    (key,) = started(site, "slow", marks, steps=2, seconds=0.2)
    ask(site, "again", key)
    assert over(site, key)["state"] == "done"
    ask(site, "again", key)
    time.sleep(1)
    assert marks().count("begin") == 1


def test_a_running_job_is_cancelled_at_its_next_step(site, marks):
    (key,) = started(site, "slow", marks, steps=200, seconds=0.1)
    wait(lambda: "begin" in marks())
    ask(site, "cancel", key)
    assert over(site, key, 15)["state"] == "cancelled"  # else it goes on for twenty
    assert "end" not in marks()


def test_a_waiting_job_is_cancelled_at_once_and_never_begun(site, marks):
    (first,) = started(site, "slow", marks, steps=6000, seconds=0.1)
    wait(lambda: "begin" in marks())
    (second,) = started(site, "slow", marks, steps=1, seconds=0)
    ask(site, "cancel", second)
    assert row(site, second)["state"] == "cancelled"
    ask(site, "cancel", first)
    over(site, first)
    time.sleep(0.5)
    assert marks().count("begin") == 1


def test_a_job_begins_within_a_second(site, marks):
    tries = (lateness(site, marks) for _ in range(3))  # the machine may be busy with another test
    assert any(seconds <= 1.0 for seconds in tries)


@pytest.mark.parametrize(
    ("kind", "code"), [("faulty", "worker.fault"), ("full", "serve.disk_full")]
)
def test_a_fault_is_a_finding_without_our_details(site, marks, kind, code):
    (key,) = started(site, kind, marks)
    found = over(site, key)
    assert found["state"] == "failed"
    assert [one["code"] for one in json.loads(found["findings"])] == [code]
    assert "secret detail" not in found["findings"]


def test_a_job_whose_database_went_away_is_begun_anew(site, marks):
    (key,) = started(site, "away", marks)
    found = over(site, key)
    assert (found["state"], found["attempts"], len(marks())) == ("done", 2, 2)


def test_a_stop_lets_the_job_in_hand_end(tmp_path, marks):
    with working(tmp_path / "home") as site:
        (key,) = started(site, "slow", marks, steps=4, seconds=0.5)
        wait(lambda: "begin" in marks())
        assert site.stop() == 0
        assert row(site, key)["state"] == "done"


@pytest.mark.heavy
def test_what_a_stop_cut_short_is_done_after_the_next_start(tmp_path, marks):
    home = tmp_path / "home"
    with working(home) as site:
        (key,) = started(site, "slow", marks, steps=1, seconds=120)
        wait(lambda: "begin" in marks())
        assert site.stop() == 0
        assert row(site, key)["state"] == "running"
    with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
        line.execute("update jobs_job set params = json_set(params, '$.seconds', 0)")
        line.commit()
    with serving(home, "--workers", 1, **SLOW) as site:
        assert over(site, key)["state"] == "done"
