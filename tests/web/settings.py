"""The product's own settings, on a data folder of the test run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.support import run_folder

run_folder.begin()
# Before the settings are read; a database of another kind is named by QUOTALOOM_DB.
os.environ["QUOTALOOM_HOME"] = tempfile.mkdtemp(prefix="quotaloom-tests-")
Path(os.environ["QUOTALOOM_HOME"], "static").mkdir()
os.environ.setdefault("QUOTALOOM_HOSTS", "testserver,127.0.0.1,localhost")

from quotaloom.web.config.settings import *  # noqa: E402, F403 - all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many sign-ins a run
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
