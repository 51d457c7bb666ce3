"""The temporary files of a whole test run, in a folder of its own that goes with the run.

Servers, browsers and databases that tests start leave things behind where they are killed; all of
them look for the place of temporary files in the environment.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

NAME = "TESTS_RUN_FOLDER"
PREFIX = "quotaloom-run-"


def begin():
    """Put what is temporary from here on into a folder of the run; workers share their run's."""
    if NAME in os.environ:
        return
    place = Path(tempfile.gettempdir())
    sweep(place)
    folder, alive = _made(place)
    atexit.register(_end, folder, alive, os.getpid())
    os.environ[NAME] = os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    # What pytest keeps of its last runs stays where one looks for it.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))


def sweep(place):
    """Remove the folders of runs that were killed."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError), _locked(folder):  # held by a run that is alive, or not ours
            shutil.rmtree(folder, ignore_errors=True)


def _made(place):
    """A new folder, and the open file that is locked for as long as its run lives."""
    made = Path(tempfile.mkdtemp(prefix="quotaloom-new-", dir=place))
    made.chmod(0o711)  # a PostgreSQL below it runs as somebody else
    alive = _locked(made)
    return made.rename(place / made.name.replace("quotaloom-new-", PREFIX)), alive


def _locked(folder):
    alive = (folder / "alive").open("a")
    try:
        fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        alive.close()
        raise
    return alive


def _end(folder, alive, pid):
    if os.getpid() == pid:  # not in a fork of it
        shutil.rmtree(folder, ignore_errors=True)
        alive.close()
