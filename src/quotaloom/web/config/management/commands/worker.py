"""worker: does the jobs; `serve` starts it and looks after it."""

from __future__ import annotations

import logging
import time
import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.db.utils import Error
from django_tasks_db.management.commands.db_worker import Worker as Loop

from quotaloom.web.config.start import end_with_parent
from quotaloom.web.jobs import liveness
from quotaloom.web.jobs.chore import Chores, chores_do
from quotaloom.web.jobs.heart import Heart
from quotaloom.web.jobs.models import Worker
from quotaloom.web.jobs.recovery import recover

if TYPE_CHECKING:
    from argparse import ArgumentParser

log = logging.getLogger(__name__)
INTERVAL: Final = 0.25  # seconds between two looks at the queue
AWAY: Final = 1.0  # seconds to wait for a database that is away


class Command(BaseCommand):
    """The queue's own loop, with a heart and a memory for what others left behind."""

    help = "do the jobs"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For tests: end when the queue is empty."""
        parser.add_argument("--batch", action="store_true")

    def handle(self, *_: str, **chosen: Any) -> None:  # noqa: ANN401 - Django's own
        """Work until SIGTERM; a job in hand is finished first."""
        end_with_parent()
        me = uuid.uuid4().hex
        loop = Loop(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=chosen["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=me,
        )
        loop.configure_signals()
        liveness.introduce(me)
        recover(me)
        heart, chores = Heart(me), Chores()
        heart.start()
        chores_do()
        chores.start()
        try:
            _work(loop)
        finally:
            for beside in (heart, chores):
                beside.still.set()
                beside.join(AWAY)
            Worker.objects.filter(pk=me).delete()


def _work(loop: Loop) -> None:
    """Run the loop, also past a database that is away for a while."""
    while loop.running:
        try:
            loop.run()
        except Error:
            log.exception("the database is away")
            close_old_connections()
            time.sleep(AWAY)
        else:
            return
