"""The secret key: given, or made once and kept in the data folder; a weak one is refused."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.config.refusal import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST, FEWEST_SIGNS = 40, 12


def secret_key(given: str, home: Path) -> str:
    """``given`` where it is strong enough, else the key in ``home/secret.key``, made if missing."""
    try:
        key = given or _kept(home / "secret.key")
    except OSError as cause:
        why = cause.strerror or type(cause).__name__
        raise Misconfigured([error("settings.home_unusable", str(home), why=why)]) from cause
    if is_weak(key):
        raise Misconfigured([error("settings.weak_key", "QUOTALOOM_SECRET_KEY", least=SHORTEST)])
    return key


def is_weak(key: str) -> bool:
    """Whether it is short, or of few different signs, as examples and defaults are."""
    return len(key) < SHORTEST or len(set(key)) < FEWEST_SIGNS or key.startswith("django-insecure")


def _kept(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8")
