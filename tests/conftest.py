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
    """With QUOTALOOM_SAMPLE=n: a case of each test, and of its others about one in n."""
    share = int(os.environ.get("QUOTALOOM_SAMPLE", "1"))
    if share == 1:
        return
    firsts = {item.nodeid.partition("[")[0]: item.nodeid for item in reversed(items)}
    sampled = {item.nodeid for item in items if crc32(item.nodeid.encode()) % share == 0}
    kept = sampled | set(firsts.values())
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
    items[:] = [item for item in items if item.nodeid in kept]
