"""Several margins met at once, in whole units, or a refusal that is a proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import Margin, violations
from quotaloom.core.numeric.rake import rake
from tests.core.numeric.raking import Case, dense_cases, exact, grid, sparse_cases
from tests.support.counts import examples
from tests.support.oracle import exists, is_irreducible, margin_rows


def raked(case, **more):
    return rake(case.seed, case.margins, low=case.low, high=case.high, **more)


def keeps_every_law(case, cells):
    assert cells.dtype == np.int64
    assert violations(cells, case.margins) == []
    assert (cells >= case.least).all()
    assert (cells <= case.most).all()


def real_cells(case):
    """What the cells are before they are rounded."""
    held = case.least == case.most
    spent = np.where(held, case.least, 0)
    margins = [m.less(m.sums(spent)) for m in case.margins]
    free = [m.on(m.codes[~held]) for m in margins]
    done = fit(case.seed[~held], free, low=case.least[~held], high=case.most[~held])
    real = case.least.astype(float)
    real[~held] = done.cells
    return real


@pytest.mark.heavy
def test_a_dense_table_is_always_solved_and_its_cells_stay_near() -> None:
    near, all_cells, farthest = 0, 0, 0.0

    @settings(max_examples=examples(3000))
    @given(dense_cases())
    def law(case) -> None:
        nonlocal near, all_cells, farthest
        cells = raked(case)
        keeps_every_law(case, cells)
        away = np.abs(cells - real_cells(case))
        near, all_cells = near + int((away < 1).sum()), all_cells + len(away)
        farthest = max(farthest, float(away.max()))

    law()
    assert farthest < 2
    assert near >= 0.999 * all_cells


@pytest.mark.heavy
@settings(max_examples=examples(5000))
@given(sparse_cases())
def test_a_sparse_table_is_solved_exactly_where_whole_cells_exist(case) -> None:
    rows = margin_rows(case.margins)
    try:
        keeps_every_law(case, raked(case))
    except Infeasible as refusal:
        (finding,) = refusal.findings
        assert not exists(list(rows.values()), case.least, case.most)
        named = [rows[name] for name in finding.subject.split("、")]
        whole = finding.code == "rake.no_whole_solution"
        assert is_irreducible(named, case.least, case.most, whole=whole)
        assert whole or finding.code == "rake.conflict"
        assert exists(list(rows.values()), case.least, case.most, whole=False) == whole


@pytest.mark.heavy
@settings(max_examples=examples(600))
@given(st.one_of(dense_cases(), sparse_cases()), st.randoms(use_true_random=False))
def test_no_order_of_cells_or_margins_changes_the_table(case, random) -> None:
    order = np.array(random.sample(range(len(case.seed)), len(case.seed)))
    turned = Case(
        case.seed[order],
        tuple(m.on(m.codes[order]) for m in random.sample(case.margins, len(case.margins))),
        None if case.low is None else case.low[order],
        None if case.high is None else case.high[order],
    )
    try:
        first = raked(case)
    except Infeasible:
        with pytest.raises(Infeasible):
            raked(turned)
        return
    np.testing.assert_array_equal(raked(turned), first[order])


def refused(seed, *margins, **more):
    with pytest.raises(Infeasible) as refusal:
        rake(np.array(seed, float), margins, **more)
    (finding,) = refusal.value.findings
    return finding


CORNERS = [np.array(codes, np.int32) for codes in ([0, 0, 1, 1], [0, 1, 0, 1], [1, 0, 0, 1])]


def corners(total):
    """2x2x2 where only 001, 010, 100 and 111 exist; every margin asks for the same."""
    return [
        Margin.exact(codes, np.array([total, total]), (f"{name}0", f"{name}1"))
        for name, codes in zip("甲乙丙", CORNERS, strict=True)
    ]


def test_halves_without_whole_units_are_refused() -> None:
    finding = refused([1, 1, 1, 1], *corners(1))
    assert finding.code == "rake.no_whole_solution"
    assert finding.params["proven"] == 1
    named = [margin_rows(corners(1))[name] for name in finding.subject.split("、")]
    assert is_irreducible(named, np.zeros(4), np.full(4, 99), whole=True)
    np.testing.assert_array_equal(rake(np.ones(4), corners(2)), [1, 1, 1, 1])


def test_a_full_table_of_two_by_two_by_two_has_whole_units() -> None:
    seed = np.array([1e-9, 1, 1, 1e-9, 1, 1e-9, 1e-9, 1])
    codes = grid((2, 2, 2))
    cells = rake(seed, [Margin.exact(c, np.array([1, 1])) for c in codes])
    assert cells.sum() == 2


def test_full_two_way_tables_are_met() -> None:
    rng = np.random.default_rng(8)
    sizes = (5, 6, 7)
    table = rng.poisson(4, 210)
    codes = grid(sizes)
    pairs = [(0, 1), (1, 2), (0, 2)]
    margins = [
        exact(f"{a}{b}-", codes[a] * sizes[b] + codes[b], table, sizes[a] * sizes[b])
        for a, b in pairs
    ]
    cells = rake(rng.lognormal(1, 1, 210), margins)
    assert violations(cells, margins) == []


def test_cross_nodes_and_ranges_are_met_beside_nested_margins() -> None:
    rng = np.random.default_rng(9)
    codes = grid((8, 6, 12))
    table = rng.poisson(20, 576)
    region, quarter = codes[0] // 4, codes[2] // 3
    cross = np.where((region == 1) & (quarter == 3), 0, -1)
    months = exact("m", codes[2], table, 12)
    margins = [
        exact("r", region, table, 2),
        replace(exact("c", codes[0], table, 8), low=np.zeros(8, int)),
        exact("p", codes[1], table, 6),
        replace(months, low=months.low - 5, high=months.high + 5),
        exact("q", quarter, table, 4),
        Margin.exact(cross.astype(np.int32), np.array([table[cross == 0].sum() + 30]), ("交",)),
    ]
    cells = rake(rng.lognormal(2, 1, 576), margins)
    assert violations(cells, margins) == []


def test_amounts_of_a_hundred_billion_are_met_to_the_unit() -> None:
    total = 10**13
    codes = grid((3, 4, 2))
    sums = [[total // 3, total // 3 + 1, total // 3], [total // 4] * 4, [1, total - 1]]
    margins = [Margin.exact(c, np.array(s)) for c, s in zip(codes, sums, strict=True)]
    cells = rake(np.arange(1.0, 25.0), margins)
    assert violations(cells, margins) == []
    off = Margin.exact(codes[1], np.array([total // 4] * 3 + [total // 4 + 1]), tuple("wxyz"))
    names = {"0", "1", "2", "w", "x", "y", "z"}
    assert set(refused(np.ones(24), margins[0], off).subject.split("、")) == names


def test_held_cells_may_be_negative_and_keep_their_value() -> None:
    codes = grid((2, 2))
    low = np.array([-5, 0, 0, 0])
    high = np.array([-5, 99, 99, 99])
    margins = [Margin.exact(c, np.array([5, 17])) for c in codes]
    assert rake(np.ones(4), margins, low=low, high=high).tolist() == [-5, 10, 10, 7]


def test_all_cells_held_and_no_cells_at_all() -> None:
    margin = Margin.exact(np.zeros(2, np.int32), np.array([7]), ("甲",))
    held = np.array([3, 4])
    np.testing.assert_array_equal(rake(np.ones(2), [margin], low=held, high=held), held)
    lower = np.array([3, 3])
    assert refused([1, 1], margin, low=lower, high=lower).subject == "甲"
    assert rake(np.zeros(0), []).tolist() == []


def test_bounds_that_cross_are_refused_with_their_number() -> None:
    margin = Margin.exact(np.zeros(3, np.int32), np.array([7]))
    finding = refused([1, 1, 1], margin, low=np.array([5, 0, 2]), high=np.array([4, 9, 1]))
    assert (finding.code, finding.params["cells"]) == ("rake.bounds_crossed", 2)


def test_without_margins_cells_are_rounded_within_their_bounds() -> None:
    assert rake(np.array([1.4, 2.6]), []).tolist() == [1, 3]
    bounds = {"low": np.array([2, 0]), "high": np.array([9, 1])}
    assert rake(np.array([1.4, 2.6]), [], **bounds).tolist() == [2, 1]


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        ("total", 7 + 9),
        ("nested", 1 + 7),
        ("capacity", 1),
        ("block", 4),
    ],
)
def test_conflicts_of_many_cells_are_named_as_small_as_those_of_few(spoil, named) -> None:
    """Beyond 5,000 cells sums and prices find what a whole program finds below."""
    rng = np.random.default_rng(2)
    sizes = (7, 9, 100)
    codes = grid(sizes)
    table = rng.poisson(20, len(codes[0]))
    margins = [exact(n, c, table, s) for n, c, s in zip("abc", codes, sizes, strict=True)]
    high = np.full(len(table), 2**62)
    if spoil == "total":
        margins[0] = replace(margins[0], low=margins[0].low + 1, high=margins[0].low + 1)
        margins.pop()
    if spoil == "nested":
        margins.append(Margin.exact(codes[0] * 0, np.array([table.sum() + 1]), ("全部",)))
        margins[1:3] = []
    if spoil == "capacity":
        high[codes[2] == 5] = 1
    if spoil == "block":
        inside = (codes[0] < 2) & (codes[1] < 2)
        high[(codes[0] < 2) & ~inside] = 0
    finding = refused(rng.lognormal(1, 1, len(table)), *margins, high=high)
    assert finding.code == "rake.conflict"
    assert finding.params["count"] == named
    rows = margin_rows(margins)
    chosen = [rows[name] for name in finding.subject.split("、")]
    assert is_irreducible(chosen, np.zeros(len(table)), high, whole=False)
