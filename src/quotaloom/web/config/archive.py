"""A backup: one zip whose last 64 signs are the digest of all before them.

Inside are `manifest.json` and the members that it names, each with size and sha256. The digest at
the end (it stands where a zip keeps its comment) catches a change of any byte, the manifest says
which member it hit.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, ClassVar, Final

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DIGEST_SIZE, CHUNK = 64, 2**20
PACKED: Final = {".parquet", ".xlsx", ".gz", ".br", ".png", ".zip", ".dump"}  # small already


class BackupRefused(QuotaLoomError):
    """A backup cannot be made, believed or brought back. Nothing was changed."""

    exit_code: ClassVar[int] = 3


def write_archive(
    path: Path, members: Iterable[tuple[str, Path]], told: Mapping[str, Any]
) -> dict[str, Any]:
    """Write the members under their names, then the manifest, then the digest.

    A member that has vanished meanwhile is left out: it was of no lasting use. Answers the
    manifest.
    """
    found: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for name, source in members:
            try:
                found[name] = _add(archive, name, source)
            except FileNotFoundError:
                continue
        manifest = {**told, "format": FORMAT, "members": found}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        archive.comment = b"0" * DIGEST_SIZE
    with path.open("r+b") as file:
        digest = _digest(file, path.stat().st_size - DIGEST_SIZE)
        file.seek(-DIGEST_SIZE, 2)
        file.write(digest.encode())
    return manifest


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a backup all of whose bytes are as they were. Raises BackupRefused."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size - DIGEST_SIZE
            digest = _digest(file, size) if size > 0 else ""
            if file.read(DIGEST_SIZE) != digest.encode():
                raise BackupRefused([error("backup.damaged", path.name)])
        with zipfile.ZipFile(path) as archive:
            manifest = {**json.loads(archive.read(MANIFEST))}
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as cause:
        raise BackupRefused([error("backup.unreadable", path.name, why=str(cause))]) from cause
    if manifest.get("format") != FORMAT:
        raise BackupRefused([error("backup.newer", path.name, format=str(manifest.get("format")))])
    return manifest


def extract(path: Path, manifest: Mapping[str, Any], folder: Path) -> None:
    """Write the members into a folder, each verified. Raises BackupRefused for a stray one."""
    with zipfile.ZipFile(path) as archive:
        for name, told in manifest["members"].items():
            place = PurePosixPath(name)
            if place.is_absolute() or ".." in place.parts or "\\" in name:
                raise BackupRefused([error("backup.stray_member", path.name, member=name)])
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, (folder / place).open("wb") as target:
                digest, size = _copied(source, target)
            if (digest, size) != (told["sha256"], told["size"]):
                raise BackupRefused([error("backup.damaged_member", path.name, member=name)])


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, Any]:
    with source.open("rb") as file:
        entry = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
        is_packed = source.suffix in PACKED
        entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as target:
            digest, size = _copied(file, target)
    return {"size": size, "sha256": digest}


def _copied(source: IO[bytes], target: IO[bytes]) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        found.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return found.hexdigest(), size


def _digest(file: IO[bytes], size: int) -> str:
    """Of the first ``size`` bytes; the file stands behind them then."""
    file.seek(0)
    found, left = hashlib.sha256(), size
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        found.update(chunk)
        left -= len(chunk)
    return found.hexdigest()
