"""restore FILE: a backup into a new data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand

from quotaloom.core.model.findings import info
from quotaloom.web.config.backup import remarks, restore
from quotaloom.web.config.speech import say

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Verify, then bring back."""

    help = "verify a backup and bring it back into a new data folder"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path)

    def handle(self, *_: str, file: Path, **__: Any) -> None:  # noqa: ANN401 - Django's own
        """Bring it back, and say what came."""
        manifest = restore(file, settings.HOME, settings.DATABASES["default"])
        told = {"count": len(manifest["members"]), "number": manifest["audit"]["number"]}
        say(*remarks(manifest), info("backup.restored", str(settings.HOME), **told))
