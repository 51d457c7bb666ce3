"""Random cubes under random wishes: exact where a slow program finds cells, else refused."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from quotaloom.core.allocation.cascade import cascade
from quotaloom.core.allocation.cube import Wish
from quotaloom.core.model.errors import Infeasible
from tests.core.allocation.cases import Case, cases, cube_of, cubes, scaled, tree
from tests.support.counts import examples
from tests.support.oracle import exists, is_irreducible, share_out_slowly

PARTS = 4


def cascaded(case):
    return cascade(case.cube, case.total, case.wishes, caps=case.caps)


def keeps_every_law(case: Case, cells) -> None:
    """Exact total, exact wishes, cells >= 0 and under their caps, nodes the sums of leaves."""
    assert cells.dtype == np.int64
    assert cells.shape == case.cube.size
    assert int(cells.sum()) == case.total
    assert (cells >= 0).all()
    assert case.caps is None or (cells <= case.caps).all()
    for wish in case.wishes:
        reached = int(cells[np.ix_(wish.tuples, wish.periods)].sum())
        assert wish.low <= reached
        assert wish.high is None or reached <= wish.high
    for one, members in zip(case.cube.hierarchies, case.cube.members, strict=True):
        leaves = np.zeros((one.leaf_count, cells.shape[1]), np.int64)
        np.add.at(leaves, members, cells)
        nodes = one.roll_up(leaves)
        for node in range(len(one)):
            below = one.children(node)
            assert not len(below) or (nodes[below].sum(axis=0) == nodes[node]).all()
        assert int(nodes[one.children(-1)].sum()) == case.total


def is_a_proof(case: Case, refusal: Infeasible) -> None:
    """No cells meet all wishes, and those that are named cannot spare one another."""
    (finding,) = refusal.findings
    rows = case.rows()
    least, most = np.zeros(case.weights.size), case.most()
    assert not exists(list(rows.values()), least, most)
    named = [rows[text] for text in finding.subject.split("、") if text]
    capped = finding.code in {"allocate.conflict_with_growth", "allocate.total_beyond_growth"}
    total = finding.params.get("with_total", finding.code != "allocate.conflict")
    sets = [named, [rows[""], *named]]
    chosen = sets[int(total)]
    whole = finding.code == "rake.no_whole_solution"
    if whole:
        assert any(is_irreducible(one, least, most, whole=True) for one in sets)
        assert exists(list(rows.values()), least, most, whole=False) or len(rows) > len(named)
        return
    assert is_irreducible(chosen, least, most, whole=True)
    assert capped == exists(chosen, least, case.most(capped=False))


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_every_wish_is_exact_and_a_refusal_is_a_proof(part: int) -> None:
    tally = {"all": 0, "rich": 0, "refused": 0, "opened": 0}

    @seed(part)
    @settings(max_examples=examples(10_000) // PARTS, derandomize=False)
    @given(cases())
    def law(case: Case) -> None:
        tally["all"] += 1
        tally["rich"] += case.is_rich
        try:
            result = cascaded(case)
        except Infeasible as refusal:
            tally["refused"] += 1
            is_a_proof(case, refusal)
            return
        keeps_every_law(case, result.cells)
        empty = case.weights == 0
        forced = share_out_slowly(
            list(case.rows().values()),
            case.weights.reshape(-1),
            np.zeros(empty.size),
            case.most(),
        )
        used = int(result.cells[empty].sum())
        assert used == forced
        opened = [f for f in result.findings if f.code == "allocate.zero_basis_opened"]
        assert [f.params["units"] for f in opened] == ([used] if used else [])
        tally["opened"] += bool(used)

    law()
    assert tally["rich"] * 2 >= tally["all"]
    assert 0.02 < tally["refused"] / tally["all"] < 0.5
    assert tally["opened"] > 0


@pytest.mark.heavy
@settings(max_examples=examples(1_500))
@given(case=cases(), factor=st.sampled_from([1000, 10**9, 10**11]), spare=st.integers(0, 999))
def test_large_amounts_are_met_to_the_unit(case: Case, factor: int, spare: int) -> None:
    """What can be met in units can be met in thousandths of them, and then to the thousandth."""
    try:
        cascaded(case)
    except Infeasible:
        return
    large = scaled(case, factor)
    keeps_every_law(large, cascaded(large).cells)
    if not large.wishes or large.wishes[0].high is None:
        return
    first = large.wishes[0]
    over = replace(first, text="over", low=first.high + 1 + spare, high=None)
    with pytest.raises(Infeasible) as refusal:
        cascaded(replace(large, wishes=(*large.wishes, over)))
    (finding,) = refusal.value.findings
    assert "over" in finding.subject.split("、")


@pytest.mark.heavy
@settings(max_examples=examples(1_500))
@given(case=cases(), data=st.data())
def test_no_order_matters(case: Case, data) -> None:
    cube = case.cube
    rows = np.array(data.draw(st.permutations(range(cube.size[0]))))
    axes = data.draw(st.permutations(range(len(cube.hierarchies))))
    wishes = [replace(w, tuples=w.tuples[rows]) for w in data.draw(st.permutations(case.wishes))]
    turned = Case(
        replace(
            cube,
            hierarchies=tuple(cube.hierarchies[axis] for axis in axes),
            members=tuple(cube.members[axis][rows] for axis in axes),
            basis=cube.basis[rows],
            shape=cube.shape[rows],
        ),
        case.total,
        tuple(wishes),
        None if case.caps is None else case.caps[rows],
    )
    try:
        first = cascaded(case)
    except Infeasible as refusal:
        with pytest.raises(Infeasible, match=re.escape(str(refusal))):
            cascaded(turned)
        return
    again = cascaded(turned)
    np.testing.assert_array_equal(first.cells[rows], again.cells)
    assert (first.findings, first.astray) == (again.findings, again.astray)


@pytest.mark.heavy
@settings(max_examples=examples(1_500))
@given(cube=cubes(dense=True), total=st.sampled_from([0, 1, 3, 50, 10**6, 10**13]))
def test_on_a_dense_cube_every_node_and_period_is_within_one_unit_of_its_share(cube, total) -> None:
    case = Case(cube, total, ())
    weights, whole = case.weights, case.weights.sum()
    result = cascaded(case)
    keeps_every_law(case, result.cells)
    assert result.astray == 0
    slack = whole + whole * total // 10**14  # what doubles cannot tell at 10**13
    for one, members in zip(cube.hierarchies, cube.members, strict=True):
        for first, past in one.spans.tolist():
            inside = (members >= first) & (members < past)
            real = weights[inside].sum() * total
            assert abs(int(result.cells[inside].sum()) * whole - real) < slack
    for period in range(cube.size[1]):
        real = weights[:, period].sum() * total
        assert abs(int(result.cells[:, period].sum()) * whole - real) < slack


def test_three_hierarchies_do_not_cost_a_held_period_its_units() -> None:
    """The order in which hierarchies are rounded together once took a unit from the hold."""
    trees = [tree("维0", (2, 2)), tree("维1", (1, 2)), tree("维2", (3,))]
    first = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3]
    second = [1, 2, 2, 0, 0, 1, 2, 0, 1, 2, 2, 2]
    third = [1, 1, 2, 0, 1, 0, 0, 0, 1, 0, 2, 0]
    basis = [7, 40, 10**13, 0, 10**13, 1, 7, 1, 10**6, 10**6, 10**6, 40]
    tuples = list(zip(first, second, third, strict=True))
    cube = cube_of(trees, tuples, basis, [[1, 1]], kind="half")
    some = np.isin(np.arange(12), [0, 1, 4, 8])
    wishes = (
        Wish("fix", "fix", some, np.array([True, True]), 31, 31),
        Wish("hold", "hold", np.ones(12, bool), np.array([True, False]), 60, 60),
    )
    early = [8, 4, 4, 9, 7, 12, 4, 4, 10, 12, 11, 11]
    late = [3, 9, 9, 4, 10, 9, 10, 10, 4, 7, 7, 5]
    case = Case(cube, 111, wishes, np.stack([early, late], axis=1))
    keeps_every_law(case, cascaded(case).cells)


def test_few_units_on_members_of_one_season_do_not_bend_the_calendar() -> None:
    """Units that fall on sellers of one season still go to the periods of all sellers."""
    seasons = [[10, 0, 25, 5], [16, 24, 0, 0]]
    basis, shape = [5, 6, 5, 11, 10], [1, 1, 1, 0, 0]
    tuples = [(number,) for number in range(5)]
    cube = cube_of([tree("维0", (5,))], tuples, basis, seasons, shape=shape)
    case = Case(cube, 2, ())
    weights = case.weights.sum(axis=0)
    shares = np.array(weights * 2 / weights.sum(), float)
    assert (np.abs(cascaded(case).cells.sum(axis=0) - shares) < 1).all()
