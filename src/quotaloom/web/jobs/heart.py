"""The heartbeat of a worker, which also looks for jobs that others left behind."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connection
from django.db.utils import Error
from django.utils import timezone

from quotaloom.web.jobs.liveness import introduce
from quotaloom.web.jobs.models import Worker
from quotaloom.web.jobs.recovery import recover

log = logging.getLogger(__name__)
BETWEEN = 3.0


class Heart(threading.Thread):
    """Beats beside the work until the process ends or ``still`` is set."""

    def __init__(self, worker: str) -> None:
        super().__init__(daemon=True, name="heart")
        self.worker, self.still = worker, threading.Event()

    def run(self) -> None:
        """Beat."""
        while not self.still.wait(BETWEEN):
            try:
                close_old_connections()
                self._beat()
                recover(self.worker)
            except Error:
                log.exception("the database is away")
        connection.close()

    def _beat(self) -> None:
        if not Worker.objects.filter(pk=self.worker).update(heard_at=timezone.now()):
            introduce(self.worker)  # somebody took us for dead
