"""Requests that bear a key are done once, however often they are sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError

from quotaloom.web.api.problem import Refused
from quotaloom.web.desk.models import Answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotaloom.web.accounts.request import Request

    Answer = dict[str, Any]
    Keep = Callable[[Answer], None]

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 200


def once(request: Request, act: Callable[[Keep], Answer], content: str = "") -> Answer:
    """What the act answers, or what it answered when the key came first.

    The act hands its answer to what it is given, inside its own transaction. ``content`` is the
    digest of a body that was read already. Refused (422) for a key that came with another request.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return act(lambda _answer: None)
    if len(key) > LONGEST:
        raise Refused(422, "request.key_too_long")
    digest = _digest(request, content)

    def keep(answer: Answer) -> None:
        Answered.objects.create(user=request.user, key=key, digest=digest, answer=answer)

    found = _answered(request, key, digest)
    if found is not None:
        return found
    try:
        return act(keep)
    except IntegrityError:  # the same request, at the same time
        found = _answered(request, key, digest)
        if found is None:
            raise
        return found


def _answered(request: Request, key: str, digest: str) -> Answer | None:
    row = Answered.objects.filter(user=request.user, key=key).first()
    if row is None:
        return None
    if row.digest != digest:
        raise Refused(422, "request.key_reused", key)
    answer: Answer = row.answer
    return answer


def _digest(request: Request, content: str) -> str:
    seen = request.headers.get("If-Match", "")
    head = f"{request.method} {request.path}\n{seen}\n".encode()
    return hashlib.sha256(head + (content.encode() or request.body)).hexdigest()
