"""Backing up a data folder while it is used, and bringing it back into a new one."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.findings import error, warning
from quotaloom.report.atomic import replacing
from quotaloom.web.config import snapshot
from quotaloom.web.config.archive import BackupRefused, extract, read_manifest, write_archive
from quotaloom.web.config.occupation import NAME as LOCK
from quotaloom.web.config.occupation import is_occupied
from quotaloom.web.ui.disk import disk_full

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEFT_OUT: Final = {"static", "cache", LOCK}  # made anew at each start
HALF, DAY = ".quotaloom-", 24 * 3600  # as report.atomic calls a file that is not whole yet
DATABASE: Final = {f"{snapshot.SQLITE}{tail}" for tail in ("", "-wal", "-shm", "-journal")}


def back_up(path: Path, home: Path, database: Mapping[str, Any]) -> dict[str, Any]:
    """Write the backup of ``home`` to ``path``, whole or not at all; answers its manifest.

    The database comes first: a file that it names was written before it was named.
    """
    is_sqlite = "sqlite3" in database["ENGINE"]
    if is_sqlite and not Path(database["NAME"]).exists():
        raise BackupRefused([error("backup.nothing", str(home))])
    _sweep(path.parent)
    beside = tempfile.TemporaryDirectory(prefix=HALF, dir=path.parent)
    with replacing(path) as fresh, beside as folder:
        fresh.chmod(0o600)  # it holds the secret key and all data
        copy = Path(folder) / (snapshot.SQLITE if is_sqlite else snapshot.POSTGRES)
        head = (
            snapshot.sqlite_snapshot(Path(database["NAME"]), copy)
            if is_sqlite
            else snapshot.postgres_snapshot(database, copy)
        )
        told = {
            "version": version("quotaloom"),
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": "sqlite" if is_sqlite else "postgres",
            "audit": head,
        }
        manifest = write_archive(fresh, [(copy.name, copy), *_files(home, path)], told)
    path.chmod(0o600)
    return manifest


def _sweep(folder: Path) -> None:
    """Delete what backups left that were killed before yesterday."""
    for found in folder.glob(f"{HALF}*"):
        if found.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(found) if found.is_dir() else found.unlink(missing_ok=True)


def _files(home: Path, path: Path) -> Iterator[tuple[str, Path]]:
    """The files of a data folder under their names, in order; nothing hidden or made anew."""
    for found in sorted(home.rglob("*")):
        name = found.relative_to(home)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if is_hidden or name.parts[0] in LEFT_OUT | DATABASE or found == path:
            continue
        if found.is_file() and not found.is_symlink():
            yield name.as_posix(), found


def restore(path: Path, home: Path, database: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a backup into ``home``, which must not hold anything; answers the manifest.

    Everything is verified before ``home`` comes into being. Raises BackupRefused.
    """
    manifest = read_manifest(path)
    _refuse_used(home)
    with _beside(home) as folder:
        extract(path, manifest, folder)
        if manifest["database"] == "sqlite":
            head = snapshot.sqlite_head(folder / snapshot.SQLITE)
        else:
            head = _postgres(folder / snapshot.POSTGRES, database)
        if head != manifest["audit"]:
            raise BackupRefused([error("backup.other_audit", path.name, number=head["number"])])
        if (key := folder / "secret.key").exists():
            key.chmod(0o600)
        folder.replace(home)
    return manifest


def _refuse_used(home: Path) -> None:
    if home.exists() and (not home.is_dir() or is_occupied(home) or any(home.iterdir())):
        raise BackupRefused([error("backup.home_in_use", str(home))])


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A folder on the same disk, which is gone again where something fails."""
    home.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        yield folder
    except OSError as cause:
        why = cause.strerror or type(cause).__name__
        found = disk_full(cause) or error("backup.not_written", str(home), why=why)
        raise BackupRefused([found]) from cause
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postgres(dump: Path, database: Mapping[str, Any]) -> dict[str, Any]:
    if "postgresql" not in database["ENGINE"]:
        raise BackupRefused([error("backup.needs_postgres", dump.name)])
    head = snapshot.postgres_restore(database, dump)
    dump.unlink()
    return head


def remarks(manifest: Mapping[str, Any]) -> list[Any]:
    """What the reader should know of a backup that was brought back."""
    made, ours = manifest["version"], version("quotaloom")
    return [] if made == ours else [warning("backup.other_version", made, ours=ours)]
