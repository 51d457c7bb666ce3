"""A database that other threads and processes open too: a file, or the run's PostgreSQL."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections

from tests.support.site import environment, web

FILE = "quotaloom.sqlite3"
OPENING = """
import os
os.environ.update({environment!r})
import django
django.setup()
"""


def is_sqlite():
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _url():
    told = connections["default"].settings_dict
    return f"postgres://{told['USER']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def opening(home):
    """Lines of Python after which another process speaks to the same database."""
    more = {} if is_sqlite() else {"QUOTALOOM_DB": _url()}
    told = {**environment(home, **more), "DJANGO_SETTINGS_MODULE": "quotaloom.web.config.settings"}
    kept = {name: told[name] for name in told if name.startswith(("QUOTALOOM_", "DJANGO_"))}
    return OPENING.format(environment=kept)


@contextmanager
def _opened(path):
    """The database of this process, in a file."""
    described, before = connections.settings["default"], connections["default"]
    name = described["NAME"]
    described["NAME"] = path
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        described["NAME"] = name
        connections["default"] = before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A home with an empty database."""
    home = tmp_path_factory.mktemp("migrated")
    done = web(home, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def own_database(request, tmp_path):
    """The home of an empty database of the test's own."""
    home = tmp_path / "home"
    if is_sqlite():
        shutil.copytree(request.getfixturevalue("migrated"), home)
        with request.getfixturevalue("django_db_blocker").unblock(), _opened(home / FILE):
            yield home
    else:
        home.mkdir()  # the mark of the test says that its transactions are real
        yield home
