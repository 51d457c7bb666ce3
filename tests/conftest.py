"""How tests run: the same random examples each time, but for `make test-full`; warm processes."""

from __future__ import annotations

import os

from hypothesis import settings

from tests.support.counts import FULL

# No deadline: a test machine pauses. No database: an old failure belongs into a test of its own.
settings.register_profile(
    "house", derandomize=not FULL, deadline=None, database=None, print_blob=True
)
settings.load_profile("house")

# A machine may forbid to keep compiled modules; the processes that tests start would each compile.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
