"""The compiled kernels give the cells of the NumPy engine, or leave the group to it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.numeric import fast
from quotaloom.core.numeric.apportion import apportion
from quotaloom.core.numeric.bounds import Bounds, spread_bounded
from quotaloom.core.numeric.real import real_shares
from quotaloom.core.numeric.rollup import Axis, roll_up
from tests.support.bounded import plans
from tests.support.counts import examples
from tests.support.groups import flat, starts, tasks

njit = pytest.importorskip("numba", reason="the extra [fast] is not installed").njit
jit = import_module("quotaloom.core.numeric.fast.jit").jit
NONE = np.empty(0, np.int64)
KERNELS = fast.compiled()
HALF = fast.WARM // 2


def whole(*columns):
    return tuple(np.array(column, np.int64) for column in columns)


def numpy_cells(totals, weights, ends, **options):
    """A plan that the kernels would take, in runs of groups that are too small for them."""
    rank, bounds = options.get("rank"), options.get("bounds", Bounds.of())
    cuts = np.searchsorted(ends, np.arange(0, ends[-1] + HALF, HALF)).clip(max=len(totals))
    parts = []
    for first, past in zip(cuts, [*cuts[1:], len(totals)], strict=True):
        cells = slice(ends[first], ends[past])
        own = None if rank is None else rank[cells]
        task = totals[first:past], weights[cells], ends[first : past + 1] - ends[first]
        parts.append(spread_bounded(*task, bounds.cut(cells), rank=own))
    return np.concatenate(parts)


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(task=tasks(largest_total=2**51, largest_weight=2**58), ranked=st.booleans())
def test_the_plain_split_is_the_same(task, ranked):
    totals, rows, ranks = task
    totals, weights, ends = whole(totals, flat(rows), starts(rows))
    rank = np.array(flat(ranks), np.int64) if ranked else NONE
    out = np.empty_like(weights)
    left = KERNELS.split((totals, weights, ends, rank), 0, out)
    if left >= 0:
        assert abs(totals[left]) >= 2**50 or sum(rows[left]) >= 2**57
        return
    assert (out == apportion(totals, weights, ends, rank=rank if ranked else None)).all()


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(plan=plans(), equal=st.booleans())
def test_the_bounded_split_is_the_same_or_refused_by_both(plan, equal):
    task = whole(plan.totals, plan.weights, plan.ends, plan.rank)
    hold = np.array(plan.held, np.uint8), np.array(plan.kept, np.int64)
    out = np.empty_like(task[1])
    left = KERNELS.split_bounded(task, whole(plan.low, plan.high), hold, equal, out)
    try:
        cells = spread_bounded(
            *task[:3], plan.bounds(), rank=task[3], on_zero="equal" if equal else "refuse"
        )
    except DataRefused as refusal:
        cells = min(finding.params["group"] for finding in refusal.findings)
    assert left == cells if left >= 0 else (out == cells).all()


@pytest.mark.heavy
@settings(max_examples=examples(5000), deadline=None)
@given(plan=plans(feasible=True), equal=st.booleans())
def test_the_split_around_holds_is_the_same_or_left_over(plan, equal):
    task = whole(plan.totals, plan.weights, plan.ends, plan.rank)
    hold = np.array(plan.held, np.uint8), np.array(plan.kept, np.int64)
    out = np.empty_like(task[1])
    left = KERNELS.split_held(task, hold, equal, out)
    bounds = Bounds.of(held=plan.held, kept=plan.kept)
    try:
        cells = spread_bounded(
            *task[:3], bounds, rank=task[3], on_zero="equal" if equal else "refuse"
        )
    except DataRefused as refusal:
        cells = min(finding.params["group"] for finding in refusal.findings)
    assert left == cells if left >= 0 else (out == cells).all()


@pytest.fixture(scope="module")
def large():
    """600,000 cells in ragged groups, some empty, one of 40,000 with ties."""
    rng = np.random.default_rng(11)
    sizes = np.concatenate((rng.integers(0, 300, 3740), [40_000]))
    ends = np.concatenate(([0], np.cumsum(sizes)))
    weights = rng.integers(1, 10**9, ends[-1])
    weights[-40_000:] %= 5
    totals = np.where(sizes > 0, rng.integers(-(10**10), 10**12, len(sizes)), 0)
    return totals, weights, ends, rng.permutation(ends[-1])


def test_a_large_plan_is_split_the_same(large):
    totals, weights, ends, rank = large
    assert (apportion(totals, weights, ends) == numpy_cells(totals, weights, ends)).all()
    ranked = apportion(totals, weights, ends, rank=rank)
    assert (ranked == numpy_cells(totals, weights, ends, rank=rank)).all()


def test_a_large_plan_with_holds_and_bounds_is_split_the_same(large):
    totals, weights, ends, rank = large
    rng = np.random.default_rng(12)
    fair = np.abs(apportion(totals, weights, ends))
    middle = fair * rng.uniform(0.8, 1.25, len(fair))
    low, high = (middle * 0.85).astype(np.int64), (middle * 1.2).astype(np.int64) + 1
    kept = rng.integers(low, high + 1)
    totals = np.diff(np.concatenate(([0], np.cumsum(kept)))[ends])  # so there is a solution
    bounds = Bounds.of(low=low, high=high, held=rng.random(len(fair)) < 0.05, kept=kept)
    ours = spread_bounded(totals, weights, ends, bounds, rank=rank)
    assert (ours == numpy_cells(totals, weights, ends, rank=rank, bounds=bounds)).all()
    assert (ours == low).any()
    assert (ours == high).any()
    hold = Bounds.of(held=bounds.held, kept=kept)
    ours = spread_bounded(totals, weights, ends, hold)
    assert (ours == numpy_cells(totals, weights, ends, bounds=hold)).all()


def test_one_wrong_cell_in_a_large_plan_is_refused_by_name(large):
    totals, weights, ends, _ = large
    weights = weights.copy()
    weights[ends[1000]] = -1
    with pytest.raises(DataRefused, match=r"weight_negative #1001\.1"):
        apportion(totals, weights, ends)
    with pytest.raises(DataRefused, match=r"weight_negative #1001\.1"):
        spread_bounded(totals, weights, ends, Bounds.of())


def test_unrounded_shares_are_the_same(large):
    totals, weights, ends, _ = large
    ours = real_shares(totals, weights, ends)
    runs = [slice(first, first + 100) for first in range(0, len(totals), 100)]
    small = [
        real_shares(
            totals[run],
            weights[ends[run.start] : ends[min(run.stop, len(totals))]],
            ends[run.start : run.stop + 1] - ends[run.start],
        )
        for run in runs
    ]
    np.testing.assert_allclose(ours, np.concatenate(small), rtol=1e-12)


def test_a_large_cube_is_rolled_up_the_same():
    """Axes with tops, with a forest and with a leaf beside an inner node."""
    tall = Axis(np.array([-1, 0, 1, 1, 0, 4, 4, 4]), np.array([2, 3, 5, 6, 7]))
    forest = Axis(np.array([-1, 0, 0, -1, 3, -1]), np.array([1, 2, 4, 5]))
    wide = Axis(np.array([-1] + [0] * 400), np.arange(1, 401))
    axes = (tall, wide, forest, Axis(np.array([-1] + [0] * 50), np.arange(1, 51)))
    leaves = np.random.default_rng(5).integers(-(10**15), 10**15, [len(a.leaf_nodes) for a in axes])
    cube = roll_up(leaves, axes)
    assert cube.size > fast.WARM
    for node in range(8):
        first, past = (edge[node] for edge in tall.spans)
        slab = leaves[first:past].sum(axis=0, keepdims=True)
        one = Axis(np.array([-1]), np.array([0]))
        small = np.stack([roll_up(slab[:, [leaf]], (one, one, *axes[2:])) for leaf in range(400)])
        assert (cube[node, 1:] == small[:, 0, 0]).all()
        assert (cube[node, 0] == small.sum(axis=0)[0, 0]).all()


def test_small_work_does_not_ask_the_kernels():
    assert fast.kernels_for(fast.WARM - 1) is None
    assert fast.kernels_for(fast.WARM) is KERNELS


def test_one_plan_of_a_million_cells_does_not_load_the_compiler():
    code = """
import sys
import numpy as np
from quotaloom.core.numeric.apportion import apportion
cells = np.ones(1_000_000, np.int64)
apportion([10**9], cells, [0, len(cells)])
sys.exit("numba" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_kernels_work_where_nothing_can_be_cached():
    """As in a read-only container: numba refuses to cache what comes from no file it can serve."""
    source = "def more(number):\n    return number + 1\n"
    names = {}
    exec(compile(source, "<nowhere>", "exec"), names)  # noqa: S102 - a function without a file
    with pytest.raises(RuntimeError, match="cannot cache"):
        njit(cache=True)(names["more"])
    assert jit(names["more"])(41) == 42


def test_without_the_compiler_the_cells_are_the_same():
    code = """
import sys
sys.modules["numba"] = None
import numpy as np
from quotaloom.core.numeric.apportion import apportion
cells = 300_000
ends = np.arange(0, cells + 1, 100)
totals = np.random.default_rng(1).integers(0, 10**12, len(ends) - 1)
weights = np.random.default_rng(2).integers(1, 10**9, cells)
sys.stdout.buffer.write(apportion(totals, weights, ends).tobytes())
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    ends = np.arange(0, 300_001, 100)
    totals = np.random.default_rng(1).integers(0, 10**12, len(ends) - 1)
    weights = np.random.default_rng(2).integers(1, 10**9, 300_000)
    assert (np.frombuffer(done.stdout, np.int64) == apportion(totals, weights, ends)).all()
