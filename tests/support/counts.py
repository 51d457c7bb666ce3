"""How many random examples a heavy test runs: all of them, or a seeded tenth."""

from __future__ import annotations

import os

FULL = os.environ.get("QUOTALOOM_FULL") == "1"


def examples(whole: int) -> int:
    """The whole count under `make test-full`, a tenth of it otherwise (at least 10)."""
    return whole if FULL else max(10, whole // 10)
