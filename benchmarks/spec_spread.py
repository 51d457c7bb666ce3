"""Spreading 6 million cells beside a copy of them, and beside pandas, polars and DuckDB."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import peers_spread
from benchmarks.arena import Arena, arena
from benchmarks.measure import fresh, side_by_side, timed
from benchmarks.registry import Line, Skip, Spec
from quotaloom.core.numeric import fast
from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from quotaloom.core.numeric.real import real_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.arena import Ints

COPY = "memory copy"


def full(plan: Arena) -> Ints:
    """Held cells, whole units by largest remainder, exact parents."""
    hold = Bounds.of(held=plan.held, kept=plan.kept)
    return spread_bounded(plan.totals, plan.weights, plan.starts, hold)


def bounded(plan: Arena) -> Ints:
    """The same within the bounds of each cell."""
    bounds = Bounds.of(low=plan.low, high=plan.high, held=plan.held, kept=plan.kept)
    return spread_bounded(plan.totals, plan.weights, plan.starts, bounds)


def seconds_full() -> float:
    """Median of the full spread, for a process of its own."""
    plan = arena()
    full(plan)
    return median(timed(partial(full, plan)) for _ in range(5))


def seconds_bounded() -> float:
    """The same with bounds."""
    plan = arena()
    bounded(plan)
    return median(timed(partial(bounded, plan)) for _ in range(5))


def beside_copy(plan: Arena) -> Iterator[Line]:
    """The three spreads beside one copy of as many cells."""
    source, target = np.random.default_rng(1).random((2, len(plan.weights)))
    totals, weights, out = plan.totals.astype(float), plan.weights.astype(float), target.copy()
    copy, real, whole, within = side_by_side(
        lambda: np.copyto(target, source),
        lambda: real_shares(totals, weights, plan.starts, out=out),
        lambda: full(plan),
        lambda: bounded(plan),
        repeats=9,
    )
    yield Line("proportional spread, 6M cells", real, 3, COPY, copy, 2)
    yield Line("full spread, 6M cells", whole, 30, COPY, copy, 15)
    yield Line("full spread with min/max, 6M cells", within, 35, COPY, copy, 20)


def beside_numpy() -> Iterator[Line]:
    """Each path in a process of its own; peak memory holds the arena too."""
    for name in ("seconds_full", "seconds_bounded"):
        fast, peak = fresh("benchmarks.spec_spread", name)
        slow, high = fresh("benchmarks.spec_spread", name, numpy_only=True)
        note = f"peak {high} MiB, compiled {peak} MiB"
        task = f"NumPy path, {name.removeprefix('seconds_')} spread"
        yield Line(task, slow, 4, "compiled", fast, note=note)


def beside_peers(plan: Arena) -> Iterator[Line | Skip]:
    """The full spread as an analyst would write it elsewhere; each must reach the same sums."""
    for name, reach, stretch in (("pandas", 30, 60), ("polars", 4, 8), ("duckdb", 12, 25)):
        task = f"full spread, 6M cells, {name}"
        try:
            other = peers_spread.PEERS[name](plan)
        except ImportError as missing:
            yield Skip(task, str(missing))
            continue
        if not np.array_equal(np.add.reduceat(other(), plan.starts[:-1]), plan.totals):
            raise ValueError(f"{name} does not reach the totals")
        ours, theirs = side_by_side(partial(full, plan), other)
        yield Line(task, ours, 1 / reach, name, theirs, 1 / stretch)


def measure() -> Iterable[Line | Skip]:
    """All lines of spreading."""
    fast.compiled()
    plan = arena()
    yield from beside_copy(plan)
    yield from beside_peers(plan)
    yield from beside_numpy()


SPEC = Spec("spread", measure)
