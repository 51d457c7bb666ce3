"""Raking gives the same cells whether its kernels are compiled or not: to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.numeric import fast, layout
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.grid import Real
from quotaloom.core.numeric.margins import group_sums
from quotaloom.core.numeric.rake import rake
from tests.core.numeric.raking import dense_cases, exact, grid, sparse_cases
from tests.support.counts import examples

pytest.importorskip("numba", reason="the extra [fast] is not installed")
fast.compiled()
BOTH = (0, 1 << 60)  # from how many cells kernels are asked


def answers(ask):
    """What compiled and plain code answer; tables are cut into windows of a few cells."""
    found = []
    for warm in BOTH:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fast, "WARM", warm)
            patch.setattr(layout, "WINDOW", 7)
            assert (fast.kernels_for(1) is None) == (warm > 0)
            try:
                found.append(ask())
            except Infeasible as refusal:
                found.append(str(refusal))
    return found


@pytest.mark.heavy
@settings(max_examples=examples(2000), deadline=None)
@given(st.one_of(dense_cases(), sparse_cases()))
def test_any_table_is_raked_the_same(case) -> None:
    quick, slow = answers(lambda: rake(case.seed, case.margins, low=case.low, high=case.high))
    assert type(quick) is type(slow)
    np.testing.assert_array_equal(quick, slow)


@pytest.mark.heavy
@settings(max_examples=examples(1000), deadline=None)
@given(case=dense_cases(), spoilt=st.booleans())
def test_real_cells_are_the_same_to_the_last_bit_also_where_margins_clash(case, *, spoilt) -> None:
    margins = list(case.margins)
    if spoilt:
        margins[0] = margins[0].less(-np.arange(1, margins[0].size + 1))
    quick, slow = answers(lambda: fit(case.seed, margins, low=case.low, high=case.high))
    assert quick.cells.tobytes() == slow.cells.tobytes()
    assert (quick.miss, quick.met, quick.rounds) == (slow.miss, slow.met, slow.rounds)


@pytest.mark.parametrize("kept", [1.0, 0.5, 0.02])
def test_a_large_table_is_raked_the_same(kept: float) -> None:
    rng = np.random.default_rng(17)
    sizes = (30, 25, 40, 12)
    codes = grid(sizes)
    order = rng.permutation(len(codes[0]))[: int(kept * len(codes[0]))]
    codes = [code[order] for code in codes]
    seed = rng.lognormal(5, 2, len(order))
    table = rng.poisson(seed * rng.uniform(0.5, 2, len(order)))
    margins = [exact(n, c, table, s) for n, c, s in zip("abcd", codes, sizes, strict=True)]
    held = rng.random(len(order)) < 0.05
    low = np.where(held, table, table // 2)
    high = np.where(held, table, table * 2 + 1)
    quick, slow = answers(lambda: rake(seed, margins, low=low, high=high))
    np.testing.assert_array_equal(quick, slow)


@given(st.lists(st.integers(-1, 4), min_size=1, max_size=40), st.integers(0, 2**32))
def test_sums_of_any_size_are_the_same(codes, draw: int) -> None:
    cells = np.random.default_rng(draw).integers(-(2**55), 2**55, len(codes))
    groups = np.array(codes, np.int32)
    quick, slow = answers(lambda: group_sums(groups, cells, 5))
    assert quick.tolist() == slow.tolist()
    assert quick.tolist() == [int(cells[groups == group].sum()) for group in range(5)]


@given(st.lists(st.floats(0, 2.0**52), min_size=1, max_size=40))
def test_the_grid_is_the_same(cells) -> None:
    ends = [0.0, 1 - 2.0**-22, 1 - 2.0**-21, 0.5 + 2.0**-21, 2.0**52]
    quick, slow = answers(lambda: Real.of(np.array([*cells, *ends])))
    np.testing.assert_array_equal(quick.whole, slow.whole)
    np.testing.assert_array_equal(quick.part, slow.part)
