"""The database as it is at one moment, as a file, and back; with the head of its audit."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.findings import error
from quotaloom.web.config.archive import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Head = dict[str, Any]

SQLITE, POSTGRES = "quotaloom.sqlite3", "database.dump"
HEAD: Final = "SELECT number, hash FROM audit_audithead WHERE id = 1"
NO_HEAD: Final = (0, "")


def sqlite_snapshot(database: Path, target: Path) -> Head:
    """Copy a SQLite database that is being written to; answers the head of the copy's audit."""
    whole = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=20)
    with closing(whole) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    return sqlite_head(target)


def sqlite_head(database: Path) -> Head:
    """The audit head of a database that is sound. Raises BackupRefused where it is not."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as line:
        sound = line.execute("PRAGMA integrity_check").fetchone()[0]
        if sound != "ok":
            raise BackupRefused([error("backup.unsound", database.name, why=sound)])
        return _head(line.execute(HEAD).fetchone())


def postgres_snapshot(settings: Mapping[str, Any], target: Path) -> Head:
    """Dump a PostgreSQL database; dump and head are of one snapshot."""
    from django.db import connection, transaction  # noqa: PLC0415 - not for SQLite

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(HEAD)
        head = _head(cursor.fetchone())
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        words = ("--format=custom", f"--snapshot={snapshot}", "--no-owner", f"--file={target}")
        _client("pg_dump", words, settings)
    return head


def postgres_restore(settings: Mapping[str, Any], source: Path) -> Head:
    """Bring a dump back into an empty database, whole or not at all. Raises BackupRefused."""
    from django.db import connection  # noqa: PLC0415 - not for SQLite

    if connection.introspection.table_names():
        raise BackupRefused([error("backup.database_not_empty", settings["NAME"])])
    connection.close()
    words = ("--no-owner", "--single-transaction", "--exit-on-error", str(source))
    _client("pg_restore", (f"--dbname={settings['NAME']}", *words), settings, named=False)
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        return _head(cursor.fetchone())


def _head(row: tuple[int, str] | None) -> Head:
    number, digest = row or NO_HEAD
    return {"number": number, "hash": digest}


def _client(
    program: str, words: Sequence[str], settings: Mapping[str, Any], *, named: bool = True
) -> None:
    """Run one of PostgreSQL's own programs; passwords never stand on its command line."""
    found = shutil.which(program)
    if found is None:
        raise BackupRefused([error("backup.no_program", program)])
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    told = {name: str(settings[key]) for name, key in place.items() if settings.get(key)}
    options = {f"PG{key.upper()}": str(value) for key, value in settings["OPTIONS"].items()}
    database = {"PGDATABASE": str(settings["NAME"])} if named else {}
    done = subprocess.run(  # noqa: S603 - found by its name
        [found, *words],
        env={**os.environ, **options, **told, **database},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        why = " ".join(done.stderr.split())[-400:]
        raise BackupRefused([error("backup.program_failed", program, why=why)])
