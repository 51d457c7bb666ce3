"""Where the file of a list lies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from quotaloom.web.org.models import ListImport


def list_path(one: ListImport) -> Path:
    """The file, under its own name, so that findings can name it."""
    return Path(settings.MEDIA_ROOT) / "lists" / str(one.pk) / one.name


def plain_name(file: UploadedFile[bytes]) -> str:
    """A file's name without folders."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in name if sign.isprintable()).strip(". ")
    return seen[-60:] or "list"  # 60 signs of any script fit a folder's 255 bytes


def file_keep(one: ListImport, file: UploadedFile[bytes]) -> str:
    """Keep the bytes as they came; answers their digest."""
    path, found = list_path(one), hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
            found.update(chunk)
    return found.hexdigest()
