"""backup FILE: database and data folder as one verified file."""

from __future__ import annotations

import sys
from pathlib import Path
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.utils import Error

from quotaloom.core.model.findings import error, info
from quotaloom.web.config.archive import BackupRefused
from quotaloom.web.config.backup import back_up
from quotaloom.web.config.speech import refuse, say
from quotaloom.web.ui.disk import disk_full

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Back up, also while it is used."""

    help = "back up database and data folder"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *_: str, file: Path, **__: Any) -> None:  # noqa: ANN401 - Django's own
        """Back up, and say what is in it."""
        try:
            manifest = back_up(file, settings.HOME, settings.DATABASES["default"])
        except (DatabaseError, Error) as cause:
            found = disk_full(cause) or error("serve.no_database", why=str(cause))
            sys.exit(refuse(BackupRefused([found])))
        size, number = file.stat().st_size, manifest["audit"]["number"]
        count = len(manifest["members"])
        say(info("backup.made", str(file), count=count, size=size, number=number))
