"""Where the file of a list lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from quotaloom.web.org.models import ListImport


def list_path(one: ListImport) -> Path:
    """The file, under its own name, so that findings can name it."""
    return Path(settings.MEDIA_ROOT) / "lists" / str(one.pk) / one.name
