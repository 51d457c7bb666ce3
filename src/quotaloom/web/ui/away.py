"""A database that cannot be reached just now, told from a fault of ours."""

from __future__ import annotations

from typing import Final

from django.db.utils import InterfaceError, OperationalError

OURS: Final = ("no such", "near ")  # SQLite's words for a fault of ours


def is_away(fault: BaseException | None) -> bool:
    """Whether the database, or something behind it, could not be reached just now."""
    while fault is not None:
        is_ours = str(fault).startswith(OURS)
        if isinstance(fault, OperationalError | InterfaceError) and not is_ours:
            return True
        fault = fault.__cause__ or fault.__context__
    return False
