"""Chores: what a worker looks after at its start and from then on, beside the jobs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from django.db import close_old_connections, connection

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)
CHORES: Final[dict[str, Callable[[], object]]] = {}  # apps add theirs at start
BETWEEN: Final = 2.0


def chores_do() -> None:
    """Do each once; one that fails is told and tried again, and keeps no other from its turn.

    A chore answers quickly where there is nothing to do, and is safe to be done by several at once.
    """
    for name, chore in CHORES.items():
        try:
            chore()
        except Exception:
            log.exception("the chore %s failed", name)
            close_old_connections()


class Chores(threading.Thread):
    """Does them beside the work until the process ends or ``still`` is set."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="chores")
        self.still = threading.Event()

    def run(self) -> None:
        """Do them, again and again."""
        while not self.still.wait(BETWEEN):
            close_old_connections()
            chores_do()
        connection.close()
