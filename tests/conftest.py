"""How tests run: the same random examples each time, but for `make test-full`; warm processes."""

from __future__ import annotations

import os
from zlib import crc32

from hypothesis import settings

from tests.support.counts import FULL

# No deadline: a test machine pauses. No database: an old failure belongs into a test of its own.
settings.register_profile(
    "house", derandomize=not FULL, deadline=None, database=None, print_blob=True
)
settings.load_profile("house")

# A machine may forbid to keep compiled modules; the processes that tests start would each compile.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(config, items):
    """With QUOTALOOM_SAMPLE=n: about one test in n, always the same."""
    share = int(os.environ.get("QUOTALOOM_SAMPLE", "1"))
    left = [item for item in items if crc32(item.nodeid.encode()) % share]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not crc32(item.nodeid.encode()) % share]
