"""A real server with the demo company, begun once a test run; its home is copied for each."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
PASSWORD = "demo-{}-2027"  # noqa: S105 - the demo's, known to everybody
PATIENCE = 300


@dataclass
class Site:
    """Where the server is, its data folder, what it said, and its process.

    ``untouched`` is the address of a copy of the demo plan that no test edits, where there is one.
    """

    home: Path
    process: subprocess.Popen
    url: str = ""
    said: list[str] = field(default_factory=list)
    untouched: str = ""

    def wait_for(self, text, seconds=PATIENCE):
        """The first line with the text."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = next((line for line in list(self.said) if text in line), None)
            if found is not None:
                return found
            if self.process.poll() is not None and not self._still_reading():
                break
            time.sleep(0.05)
        raise AssertionError(f"“{text}” was not said within {seconds} s:\n{''.join(self.said)}")

    def children(self):
        """The process ids of what serves below it, by their first word after the module."""
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = (stat.parent / "cmdline").read_bytes().split(b"\0")
                environment = (stat.parent / "environ").read_bytes()
            except OSError:
                continue
            home = f"QUOTALOOM_HOME={self.home}".encode()
            if b"quotaloom.web" in words and home in environment.split(b"\0"):
                verb = words[words.index(b"quotaloom.web") + 1].decode()
                found.setdefault(verb, []).append(int(stat.parent.name))
        return {verb: sorted(pids) for verb, pids in found.items()}

    def stop(self, number=signal.SIGTERM, seconds=120):
        """Ask it to stop; answers its exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def _still_reading(self):
        return self._reader.is_alive()

    def read(self):
        """Keep what it says, line by line."""
        self._reader = threading.Thread(target=self._keep, daemon=True)
        self._reader.start()

    def _keep(self):
        for line in self.process.stdout:
            self.said.append(line)


def environment(home, **more):
    """The environment of a server of its own: nothing of the test settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUOTALOOM_")}
    for name in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        kept.pop(name, None)
    own = {"QUOTALOOM_HOME": str(home), "QUOTALOOM_ATTENDED": "1", "QUOTALOOM_LANG": "en"}
    return kept | own | {"PYTHONUNBUFFERED": "1"} | more


def web(home, *words, **more):
    """Run one verb of the web to its end."""
    return subprocess.run(
        [sys.executable, "-m", "quotaloom.web", *words],
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@contextmanager
def serving(home, *words, command=("-m", "quotaloom.web", "serve"), **more):
    """A server on the folder, once it answers; stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, *command, *map(str, words)],
        env=environment(home, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
    )
    site = Site(Path(home), process)
    site.read()
    try:
        said = site.wait_for("http://")
        assert not said.startswith("✗"), said
        site.url = re.search(r"http://[^/\s]+/", said)[0]
        yield site
    finally:
        if process.poll() is None:
            site.stop()


def demo_home(shared, own):
    """A home of the demo, in ``own``; built once in ``shared`` for all workers of the run."""
    built = shared / "demo home"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built / "demo.json").exists():
            shutil.rmtree(built, ignore_errors=True)
            with serving(built, "--workers", 1, QUOTALOOM_DEMO="1") as site:
                assert site.process.poll() is None
    shutil.copytree(built, own, ignore=shutil.ignore_patterns("*.csv", "*.lock", "cache"))
    return own


def chromium():
    """Where a Chromium is, or None."""
    return next((path for path in CHROMIUM if Path(path).exists()), None)
