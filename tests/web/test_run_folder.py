"""What tests leave behind goes with their run, also where the run is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.support.run_folder import NAME, PREFIX, sweep
from tests.support.sources import ROOT

RUN = """
import tempfile
from tests.support import run_folder
run_folder.begin()
print(tempfile.mkdtemp(), flush=True)
input()
"""


@pytest.fixture
def run(tmp_path):
    """Begins a test run whose temporary files lie below the folder of the test."""
    kept = {name: text for name, text in os.environ.items() if name != NAME}

    def begin():
        return subprocess.Popen(
            [sys.executable, "-c", RUN],
            cwd=ROOT,
            env=kept | {"TMPDIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    return begin


def test_a_run_that_ends_takes_its_files_along(run, tmp_path):
    one = run()
    assert one.stdout.readline().startswith(f"{tmp_path}/{PREFIX}")
    one.communicate("\n")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_is_swept_by_the_next_and_one_that_lives_is_not(run, tmp_path):
    killed, alive = run(), run()
    there = [one.stdout.readline().strip() for one in (killed, alive)]
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    sweep(tmp_path)
    assert [os.path.exists(path) for path in there] == [False, True]  # noqa: PTH110 - texts
    alive.communicate("\n")
    assert list(tmp_path.iterdir()) == []
