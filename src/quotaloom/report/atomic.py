"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Final

import polars as pl
from xlsxwriter.exceptions import XlsxWriterException

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding

MAYBE_DISK: Final = (OSError, pl.exceptions.ComputeError, XlsxWriterException)
TOLD: Final = re.compile(r"\(os error (\d+)\)")
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SHUT: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EROFS})
ABSENT: Final = frozenset({errno.ENOENT, errno.ENOTDIR})


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A fresh file beside ``path`` to write into; it takes the place of ``path`` at the end.

    When anything fails the fresh file is removed and ``path`` is left as it was. An error of the
    disk is raised as DataRefused.
    """
    try:
        handle, name = mkstemp(prefix=".quotaloom-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as fault:
        raise DataRefused([_finding(path, fault)]) from fault
    fresh = Path(name)
    try:
        yield fresh
        _settle(fresh, path)
    except MAYBE_DISK as fault:
        if _number(fault) is None:
            raise
        raise DataRefused([_finding(path, fault)]) from fault
    finally:
        fresh.unlink(missing_ok=True)


def _settle(fresh: Path, path: Path) -> None:
    """Put the fresh file in place, as readable as the old one or as any new file."""
    mask = os.umask(0)
    os.umask(mask)
    fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)


def _finding(path: Path, fault: Exception) -> Finding:
    where = {"file": path.name, "folder": str(path.parent)}
    found = _number(fault)
    if found in FULL:
        return error("write.disk_full", path.name, **where)
    if found in SHUT:
        return error("write.not_allowed", path.name, **where)
    if found in ABSENT:
        return error("write.no_folder", path.name, **where)
    return error("write.failed", path.name, **where, reason=str(fault))


def _number(fault: BaseException | None) -> int | None:
    """The system's own number of an error, also where a library wrapped it; None for no such."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno is not None:
            return fault.errno
        if told := TOLD.search(str(fault)):
            return int(told[1])
        inner = next((one for one in fault.args if isinstance(one, BaseException)), None)
        fault = inner or fault.__cause__ or fault.__context__
    return None
