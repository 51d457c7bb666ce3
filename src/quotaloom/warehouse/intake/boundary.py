"""Where a library's failures become refusals: nothing of theirs reaches the user as a traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from polars.exceptions import PolarsError
from python_calamine import CalamineError

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotaloom.core.model.findings import Finding

FAILURES = (PolarsError, CalamineError, OSError, ValueError, EOFError, MemoryError, OverflowError)


@contextmanager
def contained(file: str) -> Iterator[None]:
    """Turn what a compiled reader raises over a damaged file, a Rust panic too, into a refusal."""
    try:
        yield
    except FAILURES as failure:
        raise DataRefused([_damaged(file, failure)]) from None
    except BaseException as failure:
        # each Rust extension has a PanicException of its own, derived from BaseException
        if type(failure).__name__ != "PanicException":
            raise
        raise DataRefused([_damaged(file, failure)]) from None


def _damaged(file: str, failure: BaseException) -> Finding:
    reason = " ".join(str(failure).split())[:120] or type(failure).__name__
    return error("intake.file_damaged", reason, file=file)
