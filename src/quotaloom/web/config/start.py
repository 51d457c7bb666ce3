"""What is settled before the settings are read: the data folder, the database, the parent."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    Environment = MutableMapping[str, str]

NAMED = {"--home": "QUOTALOOM_HOME", "--db": "QUOTALOOM_DB"}
ATTENDED = "QUOTALOOM_ATTENDED"  # set: this process ends with the one that started it
BETWEEN = 0.5


def settled(words: Sequence[str], environment: Environment) -> list[str]:
    """The words without ``--home`` and ``--db``, which go to the environment."""
    left: list[str] = []
    waiting = ""
    for word in words:
        name, equals, value = word.partition("=")
        if waiting:
            environment[waiting], waiting = word, ""
        elif name in NAMED and equals:
            environment[NAMED[name]] = value
        elif name in NAMED:
            waiting = NAMED[name]
        else:
            left.append(word)
    if left[:1] == ["restore"]:  # the folder is still to come: no key may be made in it
        environment.setdefault("QUOTALOOM_SECRET_KEY", secrets.token_urlsafe(64))
    return left


def end_with_parent() -> None:
    """Where the starter asked for it, end this process soon after the starter has gone."""
    if os.environ.get(ATTENDED):
        threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(BETWEEN)
    os.kill(os.getpid(), signal.SIGTERM)
