"""Verbs of the web on one data folder, each a process that is forked from a warm one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from tests.support.site import environment
from tests.support.sources import ROOT


def wait(holds, seconds=60):
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.005)


class Forks:
    """The warm process of a data folder; what it begins ends with it."""

    def __init__(self, home, settings, **more):
        self.home = home
        self._out = home.parent / "said"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.verbs"],
            env=environment(home, DJANGO_SETTINGS_MODULE=settings, PYTHONPATH=str(ROOT), **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._count = 0

    def begin(self, *words):
        """Begin a verb; answers its process id and the file with what it says."""
        self._count += 1
        out = self._out.with_name(f"said {self._count}")
        return self._ask(words=[str(word) for word in words], out=str(out)), out

    def code(self, pid):
        """The exit code of a verb, None while it runs."""
        return self._ask(over=pid)

    def kill(self, pid):
        """End a verb at once; answers whether it was still running."""
        if self.code(pid) is not None:
            return False
        os.kill(pid, signal.SIGKILL)
        wait(lambda: self.code(pid) is not None)
        return True

    def run(self, *words):
        """Run a verb to its good end; answers what it said."""
        pid, out = self.begin(*words)
        codes = []
        wait(lambda: codes.append(self.code(pid)) or codes[-1] is not None)
        said = out.read_text(encoding="utf-8")
        out.unlink()
        assert codes[-1] == 0, (codes[-1], said)
        return said

    def _ask(self, **asked):
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self):
        self._process.kill()
        self._process.wait()
