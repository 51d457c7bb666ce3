"""pages: the server of the pages; `serve` starts it and looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from quotaloom.web.config.start import end_with_parent

if TYPE_CHECKING:
    from argparse import ArgumentParser

IDLE = 90_000  # ms that a line may idle: longer than people think, and than a proxy keeps it
THREADS = 4


class Command(BaseCommand):
    """Granian on our WSGI application."""

    help = "serve the pages alone"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *_: str, **chosen: Any) -> None:  # noqa: ANN401 - Django's own
        """Serve until SIGTERM."""
        end_with_parent()
        Granian(
            "quotaloom.web.config.wsgi:application",
            address=chosen["host"],
            port=chosen["port"],
            interface=Interfaces.WSGI,
            workers=chosen["workers"],
            blocking_threads=THREADS,
            websockets=False,
            http1_settings=HTTP1Settings(header_read_timeout=IDLE),
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=5,
        ).serve()
