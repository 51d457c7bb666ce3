"""A process with everything imported, which runs each verb of the web in a fork of its own.

A line of JSON asks: ``{"words": […], "out": file}`` begins a verb and answers its process id,
``{"over": pid}`` answers its exit code once it is over, null before.
"""

from __future__ import annotations

import json
import os
import pkgutil
import sys
import traceback
from importlib import import_module

import django
from django.apps import apps
from django.db.migrations.loader import MigrationLoader


def warm():
    """Import what any verb may need; no database is opened and no thread begun."""
    django.setup()
    ours = [app for app in apps.get_app_configs() if app.name.startswith("quotaloom.")]
    for app in ours:
        for module in pkgutil.walk_packages([app.path], f"{app.name}."):
            import_module(module.name)
    MigrationLoader(None)


def begun(words, out):
    """Begin a verb as ``python -m quotaloom.web`` would; answers its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.argv = ["quotaloom", *words]
        code = _ended()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended():
    try:
        import_module("quotaloom.web.__main__").main()
    except SystemExit as left:
        return left.code or 0
    except Exception:  # noqa: BLE001 - the fork ends here, whatever it was
        traceback.print_exc()
        return 1
    return 0


def over(pid):
    """The exit code of a verb; None while it runs."""
    known, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if known else None


def main():
    """Answer line by line until there are no more questions."""
    warm()
    for line in sys.stdin:
        asked = json.loads(line)
        told = over(asked["over"]) if "over" in asked else begun(asked["words"], asked["out"])
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
