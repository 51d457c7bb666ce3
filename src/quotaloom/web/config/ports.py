"""A port that nobody else has, kept while we serve on it."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, TRIED = 8000, 1000


@contextmanager
def held_port(host: str, first: int = FIRST) -> Iterator[int]:
    """The first free port from ``first`` up; any free one where a thousand are taken.

    The socket that holds it never listens. It is bound alone, so that two servers never share a
    port unseen, and shares the port afterwards with the server that we start.
    """
    held = _bound(host, first)
    try:
        yield int(held.getsockname()[1])
    finally:
        held.close()


def _bound(host: str, first: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in (*range(first, min(first + TRIED, 65536)), 0):
        one = socket.socket(family, socket.SOCK_STREAM)
        try:
            one.bind((host, port))
        except OSError:
            one.close()
            continue
        if hasattr(socket, "SO_REUSEPORT"):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        return one
    raise OSError(f"no port to be had on {host}")
