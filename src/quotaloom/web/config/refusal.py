"""Settings that cannot stand: told in words, before anything starts."""

from __future__ import annotations

from typing import ClassVar

from quotaloom.core.model.errors import QuotaLoomError


class Misconfigured(QuotaLoomError):
    """A setting is unusable or unsafe."""

    exit_code: ClassVar[int] = 2
