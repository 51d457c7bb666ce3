"""Real cells nearest to a seed in relative entropy under margins and bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import UNBOUNDED, Margin
from tests.core.numeric.raking import dense_cases, exact, grid
from tests.support.counts import examples
from tests.support.oracle import margin_rows, proportional

ROWS, COLUMNS = (codes.ravel().astype(np.int32) for codes in np.indices((2, 3)))
SEED = np.array([30.0, 20, 10, 10, 20, 30])
SUMS = [
    Margin.exact(ROWS, np.array([70, 30]), ("r0", "r1")),
    Margin.exact(COLUMNS, np.array([40, 35, 25]), ("c0", "c1", "c2")),
]


def entropy(cells, seed):
    return float((cells * np.log(np.maximum(cells, 1e-300) / seed) - cells + seed).sum())


def nearest(seed, margins, low, high):
    """The same problem handed to a general solver."""
    rows = [np.eye(m.size)[:, m.codes] for m in margins]
    ends = [
        {"type": "ineq", "fun": lambda x, a=a, b=b: a @ x - b}
        for matrix, margin in zip(rows, margins, strict=True)
        for a, b in (
            *zip(matrix, margin.low.astype(float), strict=True),
            *zip(-matrix, -margin.high.astype(float), strict=True),
        )
    ]
    start = np.clip(seed * margins[0].low.sum() / seed.sum(), low, high)
    done = minimize(
        entropy, start, (seed,), "SLSQP", bounds=list(zip(low, high, strict=True)),
        constraints=ends, options={"maxiter": 500, "ftol": 1e-12},
    )  # fmt: skip
    assert done.success, done.message
    return done.x


def test_the_worked_table() -> None:
    done = fit(SEED, SUMS)
    assert done.met
    expected = [34.892, 24.320, 10.788, 5.108, 10.680, 14.212]
    np.testing.assert_allclose(done.cells, expected, atol=5e-4)
    np.testing.assert_allclose(proportional(SEED, list(margin_rows(SUMS).values())), done.cells)


@pytest.mark.heavy
@settings(max_examples=examples(300))
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_any_table_is_fitted_as_the_slow_loop_does(draw: int, count: int) -> None:
    rng = np.random.default_rng(draw)
    sizes = tuple(rng.integers(1, 4, count))
    axes = grid(sizes)
    table = rng.poisson(20, len(axes[0])) + 1
    seed = rng.lognormal(0, 1, len(table)) * (rng.random(len(table)) < 0.8)
    table = np.where(seed > 0, table, 0)
    margins = [exact(n, c, table, s) for n, c, s in zip("abcd", axes, sizes, strict=False)]
    done = fit(seed, margins)
    slow = proportional(seed, list(margin_rows(margins).values()))
    assert done.met
    np.testing.assert_allclose(done.cells, slow, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ([0] * 6, [20, 99, 99, 99, 99, 99]),
        ([0, 0, 20, 0, 0, 0], [99] * 6),
        ([30, 20, 10, 0, 0, 0], [40, 25, 15, 6, 12, 99]),
        ([35, 0, 0, 0, 0, 14], [35, 99, 99, 99, 99, 14]),
    ],
)
def test_bounded_cells_are_the_nearest_ones(low, high) -> None:
    done = fit(SEED, SUMS, low=np.array(low), high=np.array(high))
    assert done.met
    assert (done.cells >= low).all()
    assert (done.cells <= high).all()
    np.testing.assert_allclose(done.cells, nearest(SEED, SUMS, low, high), atol=1e-3)


@pytest.mark.parametrize(
    ("low", "high"),
    [([70, 20], [70, 99]), ([75, 0], [99, 99]), ([0, 0], [60, 99]), ([0, 0], [9, 99])],
)
def test_ranges_bind_only_where_they_must(low, high) -> None:
    low, high = np.array(low), np.array(high)
    margins = [Margin(ROWS, low, np.where(high == 99, UNBOUNDED, high)), SUMS[1]]
    done = fit(SEED, margins)
    assert done.met
    everywhere = (np.zeros(6), np.full(6, 99.0))
    expected = nearest(SEED, [Margin(ROWS, low, high), SUMS[1]], *everywhere)
    np.testing.assert_allclose(done.cells, expected, atol=1e-3)


@pytest.mark.heavy
@settings(max_examples=examples(1000))
@given(dense_cases())
def test_bounded_cells_keep_the_rule_of_the_nearest(case) -> None:
    """A cell between its bounds is its seed times one factor of each of its groups."""
    done = fit(case.seed, case.margins, low=case.low, high=case.high)
    assert done.met
    for margin in case.margins:
        sums = np.bincount(margin.codes, done.cells, margin.size)
        np.testing.assert_allclose(sums, margin.low, rtol=1e-6, atol=1e-2)
    assert (done.cells >= case.least).all()
    assert (done.cells <= case.most).all()
    between = (done.cells > case.least + 1e-3) & (done.cells < case.most - 1e-3)
    grown = np.log(done.cells[between] / case.seed[between])
    groups = np.concatenate([np.eye(m.size)[m.codes[between]] for m in case.margins], axis=1)
    factors = np.linalg.lstsq(groups, grown, rcond=None)[0]
    np.testing.assert_allclose(groups @ factors, grown, atol=1e-5)


def test_a_cell_that_must_come_off_its_bound_does_so_though_larger_ones_move_slowly() -> None:
    """Two cells of two million trade a few units a round; a small one waits just at its bound."""
    rows, columns = np.array([0, 0, 1, 2], np.int32), np.array([0, 1, 1, 0], np.int32)
    margins = [
        Margin.exact(rows, np.array([2108430, 2170460, 33001])),
        Margin.exact(columns, np.array([2119916, 2191975])),
    ]
    low, high = (
        np.array([1164928, 21426, 1709155, 27525]),
        np.array([2454143, 21533, 3144557, 40790]),
    )
    done = fit(np.array([20.85, 0.2156, 21.70, 0.3302]), margins, low=low, high=high)
    assert done.met
    np.testing.assert_allclose(done.cells, [2086915, 21515, 2170460, 33001], atol=1e-3)
    assert done.rounds < 40


def test_no_order_of_margins_or_cells_changes_the_real_values() -> None:
    rng = np.random.default_rng(4)
    axes = grid((4, 3, 5))
    table = rng.poisson(9, 60)
    seed = rng.lognormal(0, 1, 60)
    margins = [exact(n, c, table, s) for n, c, s in zip("abc", axes, (4, 3, 5), strict=True)]
    first = fit(seed, margins).cells
    np.testing.assert_allclose(fit(seed, margins[::-1]).cells, first, rtol=1e-6)
    order = rng.permutation(60)
    again = fit(seed[order], [m.on(m.codes[order]) for m in margins])
    np.testing.assert_allclose(again.cells, first[order], rtol=1e-6)


def test_badly_scaled_tables_are_fitted_in_few_rounds() -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        sizes = tuple(rng.integers(2, 12, 3))
        axes, cells = grid(sizes), int(np.prod(sizes))
        table = rng.poisson(rng.lognormal(2, 3, cells))
        margins = [exact(n, c, table, s) for n, c, s in zip("abc", axes, sizes, strict=True)]
        done = fit(rng.lognormal(0, 3, cells), margins)
        assert done.met
        assert done.rounds < 100


def test_margins_that_clash_are_not_met_and_leave_finite_cells() -> None:
    clash = [SUMS[0], Margin.exact(COLUMNS, np.array([41, 35, 25]))]
    for bounds in ({}, {"high": np.full(6, 60)}):
        done = fit(SEED, clash, **bounds)
        assert not done.met
        assert np.isfinite(done.cells).all()


def test_a_seed_of_zero_stays_zero_and_a_lower_bound_lifts_it() -> None:
    seed = np.array([0.0, 20, 10, 10, 20, 30])
    assert fit(seed, SUMS).cells[0] == 0
    lifted = fit(seed, SUMS, low=np.array([15, 0, 0, 0, 0, 0]))
    assert lifted.met
    assert lifted.cells[0] == pytest.approx(15)


def test_without_margins_or_cells_nothing_moves() -> None:
    np.testing.assert_array_equal(fit(SEED, []).cells, SEED)
    assert fit(np.zeros(0), []).met
