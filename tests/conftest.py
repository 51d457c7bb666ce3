"""How random examples are drawn: the same ones each time, but for `make test-full`."""

from __future__ import annotations

from hypothesis import settings

from tests.support.counts import FULL

# No deadline: a test machine pauses. No database: an old failure belongs into a test of its own.
settings.register_profile(
    "house", derandomize=not FULL, deadline=None, database=None, print_blob=True
)
settings.load_profile("house")
