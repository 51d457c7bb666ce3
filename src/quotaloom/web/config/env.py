"""Typed readers of the environment; every setting is QUOTALOOM_<NAME>."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def env_text(name: str, default: str = "") -> str:
    """The text of QUOTALOOM_<name>, stripped."""
    return os.environ.get(f"QUOTALOOM_{name}", default).strip()


def env_bool(name: str, *, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off; anything else is refused by name."""
    text = env_text(name, str(default)).lower()
    if text not in YES | NO:
        raise ImproperlyConfigured(f"QUOTALOOM_{name}={text!r} is neither yes nor no")
    return text in YES


def env_int(name: str, default: int) -> int:
    """A whole number."""
    text = env_text(name, str(default))
    try:
        return int(text)
    except ValueError as cause:
        raise ImproperlyConfigured(f"QUOTALOOM_{name}={text!r} is not a whole number") from cause


def env_list(name: str, default: str = "") -> list[str]:
    """Texts separated by commas."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_secret(name: str) -> str:
    """A secret: itself, or what stands in the file that QUOTALOOM_<name>_FILE names."""
    if path := env_text(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return env_text(name)
