"""A full disk, told from any other fault."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
SAID = ("disk is full", "no space left", "disk quota exceeded")  # by a database


def disk_full(fault: BaseException | None) -> Finding | None:
    """The finding of a full disk where that is the fault or its cause, else None."""
    while fault is not None:
        number = fault.errno if isinstance(fault, OSError) else None
        if number in FULL or any(one in str(fault).lower() for one in SAID):
            return error("serve.disk_full")
        fault = fault.__cause__ or fault.__context__
    return None
