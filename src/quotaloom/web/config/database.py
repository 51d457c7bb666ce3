"""Where the application database is: SQLite in the data folder, or PostgreSQL by URL."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from quotaloom.core.model.findings import error
from quotaloom.web.config.refusal import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
PATIENCE = 20  # seconds that a writer waits for another


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's description of the database that ``url`` names; empty is SQLite in ``home``."""
    if not url:
        return _sqlite(home / "quotaloom.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured([error("settings.no_postgres", "QUOTALOOM_DB", scheme=parts.scheme)])
    if find_spec("psycopg") is None:
        raise Misconfigured([error("settings.no_psycopg", "QUOTALOOM_DB")])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": PRAGMAS,
        },
    }
