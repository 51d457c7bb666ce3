"""Time both sides in one run, turn by turn, and what a fresh process needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FRESH = """
import sys
if {numpy_only}: sys.modules["numba"] = None
from benchmarks.measure import peak_mib
from {module} import {name}
print({name}(), peak_mib())
"""


def peak_mib() -> int:
    """The most memory this process ever held; ``ru_maxrss`` would count its parent's, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = perf_counter()
    call()
    return perf_counter() - started


def worked(call: Callable[[], object]) -> float:
    """Seconds that one call keeps processors busy, all threads together."""
    started = process_time()
    call()
    return process_time() - started


def side_by_side(*calls: Callable[[], object], repeats: int = 5) -> list[float]:
    """The median seconds of each call. Turn by turn, so that all meet the same noise."""
    for call in calls:
        call()  # compiles, fills caches
    rounds = [[timed(call) for call in calls] for _ in range(repeats)]
    return [median(column) for column in zip(*rounds, strict=True)]


def fresh(module: str, name: str, *, numpy_only: bool = False) -> tuple[float, int]:
    """What ``module.name()`` answers (seconds) in a process of its own, and its peak MiB.

    With ``numpy_only`` that process cannot import numba.
    """
    code = FRESH.format(numpy_only=numpy_only, module=module, name=name)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), int(peak)
