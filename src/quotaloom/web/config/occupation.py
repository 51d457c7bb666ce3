"""One server a data folder: a lock that dies with its holder and tells where it serves."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = "serving.lock"


class Occupied(QuotaLoomError):
    """Another process serves this data folder; ``address`` is where, if it has come so far."""

    exit_code: ClassVar[int] = 3

    def __init__(self, home: Path, address: str) -> None:
        self.address = address
        super().__init__([error("serve.occupied", str(home), address=address or "…")])


@contextmanager
def occupied(home: Path) -> Iterator[Callable[[str], None]]:
    """Hold the folder; what is given writes down the address. Raises Occupied."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as cause:
            file.seek(0)
            raise Occupied(home, file.read().strip()) from cause

        def tell(address: str) -> None:
            file.seek(0)
            file.truncate()
            file.write(address)
            file.flush()

        tell("")
        yield tell
        tell("")


def is_occupied(home: Path) -> bool:
    """Whether somebody serves the folder now."""
    if not (home / NAME).exists():
        return False
    with (home / NAME).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
