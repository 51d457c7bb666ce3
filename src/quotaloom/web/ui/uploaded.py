"""Uploaded files kept as they came."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.files.uploadedfile import UploadedFile

LONGEST: Final = 60  # signs of any script that fit a folder's 255 bytes


def plain_name(file: UploadedFile[bytes], otherwise: str) -> str:
    """A file's name without folders and without signs that do not show."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in name if sign.isprintable()).strip(". ")
    return seen[-LONGEST:] or otherwise


def bytes_keep(file: UploadedFile[bytes], path: Path) -> str:
    """Write the bytes as they came into a folder of their own; answers their digest.

    Where that fails, as on a full disk, the folder is gone again.
    """
    found = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
                found.update(chunk)
    except OSError:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    return found.hexdigest()
