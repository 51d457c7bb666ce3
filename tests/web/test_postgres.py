"""The same on PostgreSQL: tests of the data layer, backup and restore, and a power cut."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from tests.support.counts import FULL, examples
from tests.support.forks import wait
from tests.support.postgres import cluster
from tests.support.site import serving, web
from tests.support.sources import ROOT
from tests.support.taken import shelf_beside
from tests.support.visitor import Importer, Reader, Visitor

UNDONE = "select 1 from jobs_job where kind = 'facts.take' and state in ('queued', 'running')"
SAMPLE = "1" if FULL else "3"  # one test of how many
MORE = 96 if FULL else 0  # visitors beside the four who never rest


@pytest.fixture(scope="module")
def postgres():
    with cluster() as one:
        yield one


def test_the_data_layer_holds_on_postgresql(postgres):
    words = ("-q", "-m", "store", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/web")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env=kept | {"QUOTALOOM_DB": postgres.create("store"), "QUOTALOOM_SAMPLE": SAMPLE},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def query(home, url, expression):
    """What an expression answers in the product's shell."""
    asked = (
        f"import json; from quotaloom.web.audit.models import *; print(json.dumps({expression}))"
    )
    done = web(home, "shell", "--verbosity", "0", "--command", asked, QUOTALOOM_DB=url)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_backup_comes_back_into_an_empty_database_only(postgres, tmp_path):
    home, first, second = tmp_path / "home", postgres.create("first"), postgres.create("second")
    assert web(home, "migrate", "--verbosity", "0", QUOTALOOM_DB=first).returncode == 0
    head = "AuditHead.objects.get_or_create(pk=1, defaults={'number': 7, 'hash': 'h7'})[1]"
    assert query(home, first, head) is True
    made = web(home, "backup", str(tmp_path / "a"), QUOTALOOM_DB=first)
    assert (made.returncode, "row 7" in made.stdout) == (0, True), made.stderr
    over = web(tmp_path / "neu", "restore", str(tmp_path / "a"), QUOTALOOM_DB=first)
    assert (over.returncode, "never overwritten" in over.stderr) == (3, True)
    none = web(tmp_path / "neu", "restore", str(tmp_path / "a"))
    assert (none.returncode, "--db postgres://" in none.stderr) == (3, True)
    assert not (tmp_path / "neu").exists()
    back = web(tmp_path / "neu", "restore", str(tmp_path / "a"), QUOTALOOM_DB=second)
    assert back.returncode == 0, back.stderr
    head = "list(AuditHead.objects.values_list('number', 'hash').get())"
    assert query(home, second, head) == [7, "h7"]
    assert sorted(path.name for path in (tmp_path / "neu").iterdir()) == ["secret.key"]


@pytest.mark.heavy
def test_a_power_cut_of_the_database_loses_nothing_acknowledged(postgres, tmp_path):
    url = postgres.create("cut")
    more = {"QUOTALOOM_DEMO": "1", "QUOTALOOM_DB": url}
    with serving(tmp_path / "home", "--workers", 1, **more) as site:
        stopping = threading.Event()
        visitors = [kind(site.url, stopping) for kind in (Visitor, Visitor, Reader, Importer)]
        importer = visitors[-1]
        visitors += [(Visitor, Reader)[n % 2](site.url, stopping, pause=10) for n in range(MORE)]
        for one in visitors:
            one.start()
        away = []
        for _ in range(examples(50)):
            time.sleep(1)
            postgres.restart()
            before, begun = sum(one.acknowledged for one in visitors), time.monotonic()
            wait(lambda seen=before: sum(one.acknowledged for one in visitors) > seen)
            away.append(time.monotonic() - begun)
        assert sorted(away)[len(away) // 2] < 10, away  # the machine itself may pause once
        wait(lambda: all(one.acknowledged for one in visitors))
        stopping.set()
        for one in visitors:
            one.join()
        kept = query(site.home, url, "AuditRow.objects.filter(action='account.sign_in').count()")
        assert set.union(*(one.statuses for one in visitors)) <= {200, 302, 503}
        assert sum(one.acknowledged for one in visitors if type(one) is Visitor) <= kept
        wait_for_worker(site)
        kept, found = promised(importer, url), imported(site, url)
        assert len(set(found)) == len(found)
        assert kept <= set(found)  # of the others nobody was told that they are in


def rows(url, asked, *params):
    with psycopg.connect(url) as line:
        return line.execute(asked, params).fetchall()


def promised(importer, url):
    """The invoices of the acknowledged imports that the worker did; each was ended."""
    while left := rows(url, UNDONE):  # as many as it takes, each in its time
        wait(lambda before=left: len(rows(url, UNDONE)) < len(before), 300)
    asked = "select id::text, state, findings from jobs_job where kind = 'facts.take'"
    ends = {job: (state, found) for job, state, found in rows(url, asked)}
    done = {job for job in importer.jobs if ends[job][0] == "done"}
    lost = importer.jobs.keys() - done
    assert {one["code"] for job in lost for one in ends[job][1]} <= {"worker.lost"}
    assert len(lost) <= len(done) // 10  # cut off three times, and told so
    return {importer.jobs[job] for job in done}


def imported(site, url):
    """The invoices of the visitor that count."""
    shelf = shelf_beside(site.home, lambda query: rows(url, query))
    return sorted(one for one in shelf.facts("invoices")["invoice"] if one.startswith("V"))


def wait_for_worker(site):
    """The worker outlives the cuts: it is heard of again."""
    assert site.children().get("worker")
