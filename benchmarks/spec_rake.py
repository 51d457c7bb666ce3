"""Raking a million cells in whole units beside a plain NumPy fit that rounds nothing."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import rake_jobs
from benchmarks.measure import fresh, side_by_side, timed
from benchmarks.peers_rake import NEAR, fits
from benchmarks.registry import Line, Spec
from quotaloom.core.numeric import fast
from quotaloom.core.numeric.margins import violations
from quotaloom.core.numeric.rake import rake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.rake_jobs import Ints, Job
    from quotaloom.core.numeric.margins import Margin

TASKS = {
    "dense": "raking to 4 nested margins, 1M cells",
    "mostly_zero": "raking, 97 % of 1M cells structural zeros",
    "sparse": "raking, 1M cells, 97 % of their cube missing",
    "bounded": "raking with min/max, 1M cells",
}


def raked(job: Job) -> Ints:
    """The whole job."""
    return rake(job.seed, job.margins, low=job.low, high=job.high)


def seconds(name: str) -> float:
    """Median of one job, for a process of its own."""
    fast.compiled()
    job: Job = getattr(rake_jobs, name)()
    raked(job)
    return median(timed(lambda: raked(job)) for _ in range(5))


def seconds_dense() -> float:
    """The dense table."""
    return seconds("dense")


def seconds_mostly_zero() -> float:
    """The table of structural zeros."""
    return seconds("mostly_zero")


def seconds_sparse() -> float:
    """The cube of which few cells exist."""
    return seconds("sparse")


def seconds_bounded() -> float:
    """The dense table with bounds."""
    return seconds("bounded")


def astray(cells: np.ndarray, margins: Iterable[Margin]) -> float:
    """By how much the worst of the margins is missed."""
    return max(float(np.abs(np.bincount(m.codes, cells, m.size) - m.low).max()) for m in margins)


def line(name: str) -> Line:
    """One job beside the fastest plain fit; both must arrive."""
    job: Job = getattr(rake_jobs, name)()
    cells, task = raked(job), job.task()
    if violations(cells, job.margins) or (cells < job.low).any() or (cells > job.high).any():
        raise ValueError(f"{name}: our cells break a margin or a bound")
    ways = fits(task[0], job.sizes, *task[1:])
    held = np.where(job.is_held, job.table, 0)
    for way in ways:
        if (missed := astray(way() + held, job.margins)) > 2 * NEAR:
            raise ValueError(f"{name}: the plain fit misses a margin by {missed}")
    ours, *theirs = side_by_side(lambda: raked(job), *ways, repeats=7)
    pinned = ((cells == job.low) | (cells == job.high))[~job.is_held & (job.seed > 0)].mean()
    note = f"{pinned:.0%} at a bound" if name == "bounded" else ""
    return Line(TASKS[name], ours, 5, "plain NumPy fit", min(theirs), 2, note)


def beside_numpy() -> Iterable[Line]:
    """Each path in a process of its own; peak memory holds the job too."""
    for name in TASKS:
        quick, peak = fresh("benchmarks.spec_rake", f"seconds_{name}")
        slow, high = fresh("benchmarks.spec_rake", f"seconds_{name}", numpy_only=True)
        note = f"peak {high} MiB, compiled {peak} MiB"
        yield Line(f"NumPy path, raking, {name}", slow, 4, "compiled", quick, note=note)


def measure() -> Iterable[Line]:
    """All lines of raking."""
    fast.compiled()
    for name in TASKS:
        yield line(name)
    yield from beside_numpy()


SPEC = Spec("rake", measure)
