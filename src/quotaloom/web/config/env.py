"""Typed readers of the environment; every setting is QUOTALOOM_<NAME>."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

from quotaloom.core.model.findings import error
from quotaloom.web.config.refusal import Misconfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def env_text(name: str, default: str = "") -> str:
    """The text of QUOTALOOM_<name>, stripped."""
    return os.environ.get(f"QUOTALOOM_{name}", default).strip()


def env_bool(name: str, *, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off; anything else is refused by name."""
    text = env_text(name, str(default)).lower()
    if text not in YES | NO:
        raise Misconfigured([error("settings.no_yes_or_no", f"QUOTALOOM_{name}", value=text)])
    return text in YES


def env_int(name: str, default: int) -> int:
    """A whole number."""
    text = env_text(name, str(default))
    try:
        return int(text)
    except ValueError as cause:
        refused = error("settings.no_whole_number", f"QUOTALOOM_{name}", value=text)
        raise Misconfigured([refused]) from cause


def env_time(name: str, default: str) -> str:
    """A time of day, such as 17:00, as it was written."""
    text = env_text(name, default)
    try:
        time.fromisoformat(text)
    except ValueError as cause:
        raise Misconfigured([error("settings.no_time", f"QUOTALOOM_{name}", value=text)]) from cause
    return text


def env_list(name: str, default: str = "") -> list[str]:
    """Texts separated by commas."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_secret(name: str) -> str:
    """A secret: itself, or what stands in the file that QUOTALOOM_<name>_FILE names."""
    path = env_text(f"{name}_FILE")
    if not path:
        return env_text(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as cause:
        reason = cause.strerror or type(cause).__name__
        refused = error("settings.no_secret_file", f"QUOTALOOM_{name}_FILE", path=path, why=reason)
        raise Misconfigured([refused]) from cause
