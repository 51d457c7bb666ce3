"""The position of a plan that a program saw: whoever writes has to say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.web.api.problem import Refused

if TYPE_CHECKING:
    from quotaloom.web.accounts.request import Request


def position_said(request: Request, seen: int | None) -> int:
    """By the body's ``seen`` or by If-Match.

    Refused: 428 for none, 422 for two that differ or one that cannot be read.
    """
    header = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if seen is not None:
        if header and header != str(seen):
            raise Refused(422, "request.two_positions", "/seen")
        return seen
    if not header:
        raise Refused(428, "request.position_missing")
    if not header.isascii() or not header.isdigit() or len(header) > 9:
        raise Refused(422, "request.position_unreadable", header[:200])
    return int(header)
