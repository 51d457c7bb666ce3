"""The zip around a workbook, checked before anything in it is believed."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.raw_table import MAX_SHEET, MAX_UNPACKED, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from quotaloom.core.model.findings import Finding

MAX_MEMBERS = 10_000
CHUNK = 1 << 17
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)


class ZipPackage:
    """The members of one zip, by name, streamed. Use as a context."""

    def __init__(self, path: Path) -> None:
        """Open and check. Raises DataRefused with everything wrong in the directory."""
        self.file = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGE as failure:
            raise DataRefused([self._damaged("", failure)]) from None
        if found := self._findings():
            self._zip.close()
            raise DataRefused(found)
        self.names = {_plain(name): name for name in self._zip.namelist()}

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the zip."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part, in any case, as Excel looks for it."""
        return _plain(name) in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Raises DataRefused where missing, damaged or lying on its size."""
        stored = self.names.get(_plain(name))
        if stored is None:
            raise DataRefused([error("intake.part_missing", name, file=self.file)])
        left = self._zip.getinfo(stored).file_size
        try:
            with self._zip.open(stored) as stream:
                while part := stream.read(CHUNK):
                    left -= len(part)
                    yield part
            if left:
                raise zipfile.BadZipFile("size")
        except DAMAGE as failure:
            raise DataRefused([self._damaged(name, failure)]) from None

    def _damaged(self, part: str, failure: Exception) -> Finding:
        reason = f"{part} {failure}".strip()[:120]
        return error("intake.file_damaged", reason, file=self.file)

    def _findings(self) -> list[Finding]:
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            return [error("intake.members_too_many", file=self.file, count=len(members))]
        found = [finding for member in members for finding in self._member_findings(member)]
        names = Counter(_plain(member.filename) for member in members)
        found += [
            error("intake.member_twice", name[:80], file=self.file)
            for name, count in names.items()
            if count > 1
        ]
        total = sum(member.file_size for member in members)
        if total > MAX_UNPACKED:
            found.append(
                error("intake.unpacked_too_large", self.file, file=self.file, mib=total // MIB)
            )
        return found

    def _member_findings(self, member: zipfile.ZipInfo) -> Iterator[Finding]:
        name = member.filename
        if member.flag_bits & 1:
            yield error("intake.password_protected", file=self.file)
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            yield error("intake.member_path", name[:80], file=self.file)
        if member.compress_type not in METHODS:
            yield error("intake.file_damaged", name[:80], file=self.file)
        if member.file_size > MAX_SHEET:
            mib = member.file_size // MIB
            yield error("intake.unpacked_too_large", name[:80], file=self.file, mib=mib)


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
